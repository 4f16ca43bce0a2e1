"""What can be wrong with the data: one entry a check, each a question in SQL, asked of one moment of the database."""
