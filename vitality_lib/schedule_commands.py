"""What the `vitality` commands about schedules do: show one, what changed, correct."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from vitality_lib.decisions import corrections
from vitality_lib.decisions.corrections import Wanted
from vitality_lib.harmless import json_text
from vitality_lib.plain_endings import plainly
from vitality_lib.settings import Settings
from vitality_lib.showing import changes as feed
from vitality_lib.showing import schedule as one_schedule
from vitality_lib.showing.changes import Asked
from vitality_lib.store import parish_search
from vitality_lib.store.database import connect
from vitality_lib.terminal import console

__all__ = ["Asked", "Wanted", "changes", "correct", "schedule"]


async def schedule(settings: Settings, parish: str, on: date | None, *, as_json: bool) -> int:
    """The schedule of one parish, named by its id or its name."""
    now = _utc_now()
    async with plainly(), connect(settings) as database, database.transaction() as connection:
        found = await parish_search.the_one(connection, parish)
        shown = await one_schedule.schedule_on(connection, found, on, now)
    if as_json:
        print(json_text(one_schedule.record(shown, now)))  # noqa: T201
        return 0
    for line in one_schedule.lines(shown, now):
        console().print(line)
    return 0


async def changes(settings: Settings, asked: Asked, *, as_json: bool, atom: Path | None) -> int:
    """What changed in schedules: a table, JSON, or an Atom feed."""
    async with plainly():
        async with connect(settings) as database, database.transaction() as connection:
            told = await feed.changes_of(connection, asked, _utc_now())
        if atom is not None:
            feed.write_atom(told, atom)
        elif as_json:
            feed.show_json(told)
        else:
            feed.show(told)
    return 0


async def correct(
    settings: Settings, action: str, *, wanted: Sequence[Wanted] = (), number: int = 0, file: Path | None = None,
    parish: str = "", by: str = "", as_json: bool = False,
) -> int:  # fmt: skip
    """Corrections of schedules: make, import, withdraw or list them."""
    async with plainly(), connect(settings) as database, database.transaction() as connection:
        match action:
            case "list":
                await corrections.list_corrections(connection, parish, _utc_now(), as_json=as_json)
            case "withdraw":
                await corrections.withdraw(connection, number, _utc_now())
            case "import" if file is not None:
                await corrections.correct(connection, corrections.read_corrections(file, by), _utc_now())
            case _:
                await corrections.correct(connection, wanted, _utc_now())
    return 0


def _utc_now() -> datetime:
    return datetime.now(UTC)
