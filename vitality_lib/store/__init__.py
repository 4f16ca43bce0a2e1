"""PostgreSQL: the schema, its migrations and every query. All SQL of the project lives here."""
