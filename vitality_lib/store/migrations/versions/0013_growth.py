"""What is kept, and for how long."""

from vitality_lib.store.migrate import run_sql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_sql("0013_growth.sql")
