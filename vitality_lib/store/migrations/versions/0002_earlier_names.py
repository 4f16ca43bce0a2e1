"""Views for readers of the earlier system's tables."""

from vitality_lib.store.migrate import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_sql("0002_earlier_names.sql")
