"""Turns without crowded polling, breakers with one probe."""

from vitality_lib.store.migrate import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_sql("0006_manners.sql")
