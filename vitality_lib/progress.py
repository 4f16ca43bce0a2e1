"""What a person in front of a terminal sees of a run: lines that move while it goes on, and a table at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.table import Table

from vitality_lib.models import UnitKind
from vitality_lib.store import ledger, overview
from vitality_lib.store.database import Database
from vitality_lib.store.overview import StageProgress, Totals
from vitality_lib.terminal import console as plain_console

_SEVERAL = {UnitKind.STAGE: "stages", UnitKind.DIOCESE: "dioceses", UnitKind.PARISH: "parishes"}


async def watch(database: Database, run: str, finished: Callable[[], bool], console: Console | None = None) -> None:
    """Show how far each stage of `run` has come, until `finished` says so.

    On a terminal one table is redrawn each second; elsewhere a line is printed whenever a number moved.
    """
    screen = console or plain_console(stderr=True, soft_wrap=False)
    if screen.is_terminal:
        with Live(console=screen, refresh_per_second=2) as live:
            while not finished():
                live.update(_moving(await _now(database, run)))
                await asyncio.sleep(1)
            live.update(_moving(await _now(database, run)))
        return
    said: dict[str, str] = {}
    while True:
        done = finished()
        for stage in await _now(database, run):
            line = _line(stage)
            if said.get(stage.stage) != line:
                said[stage.stage] = line
                screen.print(line)
        if done:
            return
        await asyncio.sleep(1)


@contextmanager
def counting(what: str, *, shown: bool = True) -> Iterator[Callable[[int], None]]:
    """How many are done, on standard error while the block lasts, where that is a terminal."""
    screen = plain_console(stderr=True)
    if not (shown and screen.is_terminal):
        yield lambda _: None
        return
    with screen.status(f"0 {what}") as status:
        yield lambda count: status.update(f"{count:,} {what}")


async def final_table(database: Database, run: str) -> Table:
    """What the database holds after `run`, and what became of each unit of it."""
    async with database.transaction() as connection:
        totals = await overview.totals(connection)
        reasons = await ledger.counts(connection, run)
    table = Table(title=f"Run {run}", title_justify="left", show_header=False)
    for name, value in _rows(totals):
        table.add_row(name, str(value))
    table.add_section()
    for count in reasons:
        table.add_row(f"{count.stage}: {_SEVERAL[count.kind]} {count.reason}", str(count.units))
    return table


async def _now(database: Database, run: str) -> tuple[StageProgress, ...]:
    async with database.transaction() as connection:
        return await overview.progress(connection, run)


def _line(stage: StageProgress) -> str:
    parts = [f"{stage.stage:<10} {stage.status:<7}"]
    if stage.planned:
        parts.append(f"dioceses {stage.dioceses}/{stage.planned}")
    if stage.parishes:
        parts.append(f"parishes {stage.parishes}")
    parts += [f"facts {stage.facts}", f"requests {stage.requests}"]
    return "  ".join(parts)


def _moving(stages: tuple[StageProgress, ...]) -> Table:
    table = Table(title="stage by stage", title_justify="left")
    for heading in ("stage", "state", "dioceses", "parishes", "facts", "requests"):
        table.add_column(heading, justify="left" if heading in {"stage", "state"} else "right")
    for stage in stages:
        of = f"{stage.dioceses}/{stage.planned}" if stage.planned else str(stage.dioceses or "")
        table.add_row(stage.stage, stage.status, of, str(stage.parishes or ""), str(stage.facts), str(stage.requests))
    return table


def _rows(totals: Totals) -> list[tuple[str, int]]:
    return [
        ("dioceses", totals.dioceses),
        ("directories", totals.directories),
        ("parishes", totals.parishes),
        ("parishes with a website", totals.websites),
        ("parishes with services", totals.with_services),
        ("services", totals.services),
    ]
