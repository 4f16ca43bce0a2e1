"""What Alembic runs: the steps that are missing, all in the one transaction that `store.migrate` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
