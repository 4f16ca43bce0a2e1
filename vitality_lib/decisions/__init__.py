"""What people decide: readings that were held back, where a directory is, and what a parish really does when."""
