"""As many are called as there is room for."""

from vitality_lib.store.migrate import run_sql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_sql("0015_calling.sql")
