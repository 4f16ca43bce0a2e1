"""A page that still stands need not be looked at again."""

from vitality_lib.store.migrate import run_sql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_sql("0014_still.sql")
