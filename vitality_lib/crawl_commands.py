"""What the `vitality` commands do that crawl, or read again what was crawled: run, worker, reparse, report."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from vitality_lib import logs, stages
from vitality_lib.ai.assistant import assistant
from vitality_lib.commands import upgrade_database
from vitality_lib.models import Stage
from vitality_lib.monitoring.monitor import open_monitor
from vitality_lib.plain_endings import ending_when_asked
from vitality_lib.settings import Settings
from vitality_lib.store.database import Database, connect
from vitality_lib.terminal import console
from vitality_lib.units.reporting import report as make_report
from vitality_lib.units.work import Work
from vitality_lib.web import weight
from vitality_lib.web.door import open_door
from vitality_lib.web.stored import StoredDoor
from vitality_lib.work.endings import HeldElsewhere
from vitality_lib.work.telling import Gauges
from vitality_lib.work.worker import at_work


async def worker(settings: Settings, step: str | None = None) -> int:
    """The due work of one stage, as a pod does it."""
    async with (
        ending_when_asked(settings, settings.run) as stop,
        connect(settings) as database,
        _at_work(settings, database, stop) as work,
    ):
        await _do_stage(work, step)
    return 0


async def run(settings: Settings, web: str) -> int:
    """All five stages here and now, with progress and a table at the end."""
    async with ending_when_asked(settings, settings.run) as stop, _web(settings, web) as chosen:
        await upgrade_database(chosen)
        with logs.in_file(chosen) as log:
            async with connect(chosen) as database, _at_work(chosen, database, stop) as work:
                await _watched(work, log)
    return 0


async def _watched(work: Work, log: Path) -> None:
    """All stages, with progress meanwhile and the table after them, however they end."""
    from vitality_lib import progress  # noqa: PLC0415 - no worker in a pod shows it

    doing = asyncio.create_task(stages.everything(work))
    try:
        await progress.watch(work.database, work.run, doing.done)
    finally:
        if not doing.done():
            doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
    latest = work.settings.home / "reports" / "latest" / "index.html"
    out = console()
    out.print(await progress.final_table(work.database, work.run))
    if latest.exists():
        out.print(f"Report: {latest}")
    out.print(f"Log:    {log}")
    doing.result()


async def reparse(settings: Settings, *, publish: bool, schedules_only: bool, as_json: bool) -> int:
    """Stored pages read again, with no request to anybody: what differs, and with `publish` published."""
    from vitality_lib.showing import reparsed  # noqa: PLC0415 - all readers
    from vitality_lib.units.reparse import reparse as read_again  # noqa: PLC0415

    async with (
        ending_when_asked(settings) as stop,
        connect(settings) as database,
        at_work(database, settings) as state,
    ):
        unasked = settings.model_copy(update={"gemini_budget": 0})  # the model's kept answers count, and no others
        remembered = assistant(unasked, database)
        work = Work(settings, database, StoredDoor(database), state, _run_id("reparse"), _utc_now, stop, remembered)
        found = await read_again(work, publish=publish, schedules_only=schedules_only)
        if as_json:
            print(reparsed.as_json(found, published=publish))  # noqa: T201 - the product of the command
        else:
            for line in reparsed.lines(found, published=publish):
                console().print(line)
        if found.busy:
            raise HeldElsewhere
    return 0


async def report(settings: Settings) -> int:
    """Make the report now and say where it is."""
    async with (
        ending_when_asked(settings) as stop,
        connect(settings) as database,
        at_work(database, settings) as state,
    ):
        work = Work(settings, database, StoredDoor(database), state, _run_id("report"), _utc_now, stop)
        made = await make_report(work)
    print(made.html)  # noqa: T201 - the product of the command
    return 0


@asynccontextmanager
async def _web(settings: Settings, web: str) -> AsyncIterator[Settings]:
    """The settings for the web asked for; the sample web is served on loopback meanwhile, and always visited whole."""
    if web == "live":
        yield settings.for_real_web()
    elif settings.resolve:
        yield settings
    else:
        from vitality_lib.sample import PACE, USCCB_URL, serve  # noqa: PLC0415 - a whole country

        async with serve(pace=PACE) as port:
            web_here = {"resolve": f"*=127.0.0.1:{port}", "usccb_url": USCCB_URL, "pace": PACE}
            yield settings.model_copy(update={**web_here, "force": True})


@asynccontextmanager
async def _at_work(settings: Settings, database: Database, stop: asyncio.Event) -> AsyncIterator[Work]:
    run_id = settings.run or _run_id(settings.worker_type.value)
    async with (
        open_monitor(settings, run_id) as tell,
        at_work(database, settings, tell) as state,
        open_door(settings, database, tell_breaker=lambda change: tell("breaker", change.facts)) as door,
    ):
        state.gauges = Gauges(lambda: door.pages, lambda: door.requests, weight.held)
        yield Work(settings, database, door, state, run_id, _utc_now, stop, assistant(settings, database))


async def _do_stage(work: Work, step: str | None) -> None:
    stage, given = work.settings.worker_type, work.settings.run and work.settings.dioceses
    if given and stage is Stage.EXTRACTION:
        from vitality_lib.units.parish_list import read_parishes  # noqa: PLC0415 - as in `stages`

        await stages.each_given_diocese(work, stage, read_parishes)
    elif given and stage is Stage.SCHEDULE:
        from vitality_lib.units.parish_visits import visit_parishes  # noqa: PLC0415

        await stages.each_given_diocese(work, stage, visit_parishes)
    elif stage is Stage.DISCOVERY:
        await stages.discovery(work, step)
    else:
        await stages.STAGES[stage](work)


def _run_id(kind: str) -> str:
    return f"{kind}-{_utc_now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def _utc_now() -> datetime:
    return datetime.now(UTC)
