"""What the watchdog and the retaking of silent workers' dioceses need."""

from vitality_lib.store.migrate import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_sql("0007_work.sql")
