"""Step 4: what happens in a parish each week, read from its pages."""
