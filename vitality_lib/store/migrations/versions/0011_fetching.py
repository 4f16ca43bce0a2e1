"""The way of a page, in fewer statements."""

from vitality_lib.store.migrate import run_sql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_sql("0011_fetching.sql")
