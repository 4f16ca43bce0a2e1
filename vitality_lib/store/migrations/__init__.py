"""The steps of the schema, in order. Each runs one SQL file of `store/schema`; its number is its revision."""
