"""The ledger of questions to the model."""

from vitality_lib.store.migrate import run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_sql("0004_ai.sql")
