"""What directories say beyond an address, and the directories that people name."""

from vitality_lib.store.migrate import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_sql("0003_directories.sql")
