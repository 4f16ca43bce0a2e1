"""What the `vitality` commands do by which people decide: readings that were held back, directories that they name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from vitality_lib.decisions import overrides, reviews
from vitality_lib.decisions.overrides import Named
from vitality_lib.plain_endings import plainly
from vitality_lib.settings import Settings
from vitality_lib.store.database import connect

__all__ = ["Named", "override", "review"]


async def review(settings: Settings, action: str, *, number: int = 0, by: str = "", as_json: bool = False) -> int:
    """Readings that were held back: list, show, accept or reject them."""
    async with plainly(), connect(settings) as database, database.transaction() as connection:
        match action:
            case "show":
                await reviews.show_review(connection, number)
            case "accept":
                await reviews.accept_review(connection, number, by, _utc_now())
            case "reject":
                await reviews.reject_review(connection, number, by, _utc_now())
            case _:
                await reviews.list_reviews(connection, as_json=as_json)
    return 0


async def override(
    settings: Settings, action: str, *, named: Sequence[Named] = (), file: Path | None = None,
    diocese: str = "", by: str = "", as_json: bool = False,
) -> int:  # fmt: skip
    """Directories that people name: list, set, remove or import them."""
    async with plainly(), connect(settings) as database, database.transaction() as connection:
        match action:
            case "set":
                await overrides.name_directories(connection, named, _utc_now())
            case "import" if file is not None:
                await overrides.name_directories(connection, overrides.read_overrides(file, by), _utc_now())
            case "remove":
                await overrides.forget_directory(connection, diocese, _utc_now())
            case _:
                await overrides.list_overrides(connection, _utc_now(), as_json=as_json)
    return 0


def _utc_now() -> datetime:
    return datetime.now(UTC)
