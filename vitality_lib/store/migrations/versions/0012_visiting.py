"""What a short visit must know."""

from vitality_lib.store.migrate import run_sql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_sql("0012_visiting.sql")
