"""What a person sees of a run: lines that come when a number moved, and a table at the end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console

from vitality_lib import progress
from vitality_lib.models import Diocese, Outcome, Reason, Stage, UnitKind
from vitality_lib.store import dioceses, ledger
from vitality_lib.store.database import Database
from vitality_lib.store.ledger import Finished
from vitality_lib.work import run_ledger

RUN = "all-1"


def clock() -> datetime:
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def screen(*, terminal: bool = False) -> Console:
    return Console(file=StringIO(), force_terminal=terminal, width=120, color_system=None)


def shown(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.fixture
async def two(database: Database) -> tuple[int, int]:
    """The ids of two dioceses, which a run has planned to extract."""
    async with database.transaction() as connection:
        await dioceses.publish(connection, [Diocese("Diocese of Larkspur"), Diocese("Diocese of Tamarack")], clock())
        first, second = await dioceses.listed(connection)
    await run_ledger.begin(database, RUN, Stage.EXTRACTION, [first.id, second.id], clock)
    return first.id, second.id


async def finish(database: Database, diocese: int, reason: Reason = Reason.OK, *, facts: int = 3) -> None:
    async with database.transaction() as connection:
        done = Finished(Stage.EXTRACTION, UnitKind.DIOCESE, diocese, diocese, Outcome(reason), facts, requests=2)
        await ledger.record(connection, RUN, "ann", done, clock())


def over() -> bool:
    """Of a run that has ended already."""
    return True


async def test_without_a_terminal_a_line_comes_only_when_a_number_moved(
    database: Database, two: tuple[int, int]
) -> None:
    console, end = screen(), asyncio.Event()
    watching = asyncio.create_task(progress.watch(database, RUN, end.is_set, console))
    await asyncio.sleep(1.5)  # two looks at the same numbers
    await finish(database, two[0])
    end.set()
    await watching
    assert shown(console).splitlines() == [
        "extraction running  dioceses 0/2  facts 0  requests 0",
        "extraction running  dioceses 1/2  facts 3  requests 2",
    ]


async def test_the_last_numbers_are_shown_before_it_ends(database: Database, two: tuple[int, int]) -> None:
    console = screen()
    for diocese in two:
        await finish(database, diocese)
    await run_ledger.end(database, RUN, Stage.EXTRACTION, clock)
    await progress.watch(database, RUN, over, console)
    assert shown(console) == "extraction ok       dioceses 2/2  facts 6  requests 4\n"


async def test_on_a_terminal_one_table_is_redrawn(database: Database, two: tuple[int, int]) -> None:
    console = screen(terminal=True)
    await finish(database, two[0])
    await progress.watch(database, RUN, over, console)
    row = next(line for line in shown(console).splitlines() if "extraction" in line)
    assert row.replace("│", " ").split() == ["extraction", "running", "1/2", "3", "2"]


async def test_the_final_table_has_what_is_published_and_what_became_of_each_unit(
    database: Database, two: tuple[int, int]
) -> None:
    await finish(database, two[0])
    await finish(database, two[1], Reason.HELD_FOR_REVIEW, facts=0)
    console = screen()
    console.print(await progress.final_table(database, RUN))
    rows = {tuple(cell.strip() for cell in line.split("│")[1:3]) for line in shown(console).splitlines() if "│" in line}
    assert rows >= {
        ("dioceses", "2"),
        ("directories", "0"),
        ("parishes", "0"),
        ("services", "0"),
        ("extraction: dioceses ok", "1"),
        ("extraction: dioceses held_for_review", "1"),
    }
    assert shown(console).startswith(f"Run {RUN}")


async def test_a_run_that_has_not_begun_shows_nothing(database: Database) -> None:
    console = screen()
    await progress.watch(database, "other", over, console)
    assert shown(console) == ""
