"""What workers say of themselves."""

from vitality_lib.store.migrate import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_sql("0008_monitoring.sql")
