"""The parts of a visit to a parish's website: what to ask for next, and when enough is known."""
