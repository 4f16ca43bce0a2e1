"""Rules that weekdays cannot say, the pages that schedules were read from, corrections by people."""

from vitality_lib.store.migrate import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_sql("0005_schedules.sql")
