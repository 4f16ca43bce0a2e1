"""What was published on an earlier day."""

from vitality_lib.store.migrate import run_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_sql("0009_history.sql")
