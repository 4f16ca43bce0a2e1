"""What the dashboard asks the database, one module a page."""
