"""What each `vitality` command does, once its arguments and settings are known."""

from __future__ import annotations

import asyncio
import os
import platform
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from rich.table import Table

from vitality_lib import logs, metrics, progress, stages, units
from vitality_lib.ai.assistant import assistant
from vitality_lib.decisions.refused import Refused
from vitality_lib.harmless import json_text
from vitality_lib.inspection import inspect
from vitality_lib.models import Stage
from vitality_lib.monitoring.monitor import open_monitor
from vitality_lib.reports.exports.export import Format, NotYet, end_of_day
from vitality_lib.reports.exports.export import export as write_export
from vitality_lib.sample import PACE, USCCB_URL, serve
from vitality_lib.settings import Settings
from vitality_lib.showing import reparsed
from vitality_lib.stages import HeldElsewhere
from vitality_lib.store import dioceses, directory_costs, ledger, overview, retention, workers
from vitality_lib.store.address import available
from vitality_lib.store.database import Database, connect
from vitality_lib.store.errors import AmbiguousParish, DatabaseUnavailable, LeaseLost, StoreError
from vitality_lib.terminal import console
from vitality_lib.units import StageFailed, Work
from vitality_lib.web import weight
from vitality_lib.web.door import open_door
from vitality_lib.web.stored import StoredDoor
from vitality_lib.work import watchdog
from vitality_lib.work.last_moment import LastMoment
from vitality_lib.work.shutdown import Interrupted, heed_signals
from vitality_lib.work.telling import Gauges
from vitality_lib.work.watchdog import StalledError
from vitality_lib.work.worker import at_work, give_up

__all__ = [
    "EXPORT_FORMATS",
    "Stop",
    "alive",
    "directories",
    "end_of_day",
    "export",
    "inspect",
    "prune",
    "reparse",
    "report",
    "run",
    "show_metrics",
    "status",
    "upgrade_database",
    "worker",
]

DONE, FAILED, USAGE, TRY_LATER = 0, 1, 2, 75
_BY_DIOCESE = (Stage.DISCOVERY, Stage.EXTRACTION, Stage.SCHEDULE)
EXPORT_FORMATS = tuple(form.value for form in Format)


class Stop(Exception):  # noqa: N818 - it ends the command
    """The command ends here: one line for a person, and the exit code."""

    def __init__(self, text: str, code: int = FAILED) -> None:
        super().__init__(text)
        self.code = code


@asynccontextmanager
async def plainly(run: str = "") -> AsyncIterator[None]:
    """Turn what can go wrong into one line and the right exit code.

    To end when asked to is to end well: 0. But who works on somebody's `run` ends with 75 while work remains, or
    Airflow would take the task of a pod that was moved to another node for done, and never try it again.
    """
    try:
        yield
    except Interrupted as error:
        raise Stop(str(error), TRY_LATER if run else DONE) from None
    except (HeldElsewhere, LeaseLost, DatabaseUnavailable) as error:
        raise Stop(str(error), TRY_LATER) from None
    except AmbiguousParish as error:
        raise Stop(str(error), USAGE) from None
    except (StageFailed, StalledError, StoreError, Refused) as error:
        raise Stop(str(error)) from None
    except OSError as error:
        if error.filename is None:
            raise
        raise Stop(f"{error.filename}: {error.strerror}; name a place that can be written to") from None


@asynccontextmanager
async def _ending_when_asked(settings: Settings, run: str = "") -> AsyncIterator[asyncio.Event]:
    """The stop token of a command that ends plainly, and in time whatever it is at."""
    last_moment = LastMoment(lambda: give_up(settings), TRY_LATER if run else DONE)
    async with plainly(run), heed_signals(last_moment=last_moment) as stop:
        yield stop


# --- crawling --------------------------------------------------------------------------------------------------------


async def worker(settings: Settings, step: str | None = None) -> int:
    """The due work of one stage, as a pod does it."""
    async with (
        _ending_when_asked(settings, settings.run) as stop,
        connect(settings) as database,
        _at_work(settings, database, stop) as work,
    ):
        await _do_stage(work, step)
    return 0


async def run(settings: Settings, web: str) -> int:
    """All five stages here and now, with progress and a table at the end."""
    async with _ending_when_asked(settings, settings.run) as stop, _web(settings, web) as chosen:
        await upgrade_database(chosen)
        with logs.in_file(chosen) as log:
            async with connect(chosen) as database, _at_work(chosen, database, stop) as work:
                await _watched(work, log)
    return 0


async def _watched(work: Work, log: Path) -> None:
    """All stages, with progress meanwhile and the table after them, however they end."""
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
    async with (
        _ending_when_asked(settings) as stop,
        connect(settings) as database,
        at_work(database, settings) as state,
    ):
        unasked = settings.model_copy(update={"gemini_budget": 0})  # the model's kept answers count, and no others
        remembered = assistant(unasked, database)
        work = Work(settings, database, StoredDoor(database), state, _run_id("reparse"), _utc_now, stop, remembered)
        found = await units.reparse(work, publish=publish, schedules_only=schedules_only)
        if as_json:
            print(reparsed.as_json(found, published=publish))  # noqa: T201 - the product of the command
        else:
            for line in reparsed.lines(found, published=publish):
                console().print(line)
        if found.busy:
            raise HeldElsewhere
    return 0


@asynccontextmanager
async def _web(settings: Settings, web: str) -> AsyncIterator[Settings]:
    """The settings for the web asked for; the sample web is served on loopback meanwhile, and always visited whole."""
    if web == "live":
        yield settings.for_real_web()
    elif settings.resolve:
        yield settings
    else:
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
        await stages.each_given_diocese(work, stage, units.read_parishes)
    elif given and stage is Stage.SCHEDULE:
        await stages.each_given_diocese(work, stage, units.visit_parishes)
    elif stage is Stage.DISCOVERY:
        await stages.discovery(work, step)
    else:
        await stages.STAGES[stage](work)


def _run_id(kind: str) -> str:
    return f"{kind}-{_utc_now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def _utc_now() -> datetime:
    return datetime.now(UTC)


# --- looking ---------------------------------------------------------------------------------------------------------


async def report(settings: Settings) -> int:
    """Make the report now and say where it is."""
    async with (
        _ending_when_asked(settings) as stop,
        connect(settings) as database,
        at_work(database, settings) as state,
    ):
        work = Work(settings, database, StoredDoor(database), state, _run_id("report"), _utc_now, stop)
        made = await units.report(work)
    print(made.html)  # noqa: T201 - the product of the command
    return 0


async def export(
    settings: Settings, form: str, output: Path | None, first: date | None = None, days: int | None = None,
    *, as_of: datetime | None = None,
) -> int:  # fmt: skip
    """The published data as a file; whoever reads standard output may stop when they have enough."""
    shown = output is not None or Format(form).in_folder or not sys.stdout.isatty()
    try:
        async with plainly(), connect(settings) as database, database.transaction() as connection:
            with progress.counting("parishes", shown=shown) as seen:
                await write_export(connection, form, output, first, days, as_of=as_of, warn=_warn, seen=seen)
            sys.stdout.flush()
    except NotYet as error:
        raise Stop(str(error), USAGE) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere when Python ends
    return 0


def _warn(text: str) -> None:
    print(f"vitality: {text}", file=sys.stderr)  # noqa: T201


async def status(settings: Settings, *, as_json: bool) -> int:
    """Who is at work, what is due, how the last stages ended."""
    async with plainly(), connect(settings) as database, database.transaction() as connection:
        totals = await overview.totals(connection)
        alive = [state for state in await workers.states(connection) if state.status == "active"]
        last = await ledger.stages(connection, 8)
        due = {stage.value: len(await dioceses.due(connection, stage, _utc_now())) for stage in _BY_DIOCESE}
        looks = [await watchdog.look(connection, stage, settings.stalled_cycles) for stage in _BY_DIOCESE]
        stalls = [stall for stall in looks if stall]
    if as_json:
        facts = {
            "totals": vars(totals),
            "due": due,
            "stalled": [vars(stall) | {"line": stall.line} for stall in stalls],
            "workers": [vars(one) for one in alive],
            "runs": [vars(one) for one in last],
        }
        print(json_text(facts))  # noqa: T201
        return 0
    out = console(soft_wrap=False)
    out.print(_table("published", ("what", "rows"), list(vars(totals).items())))
    out.print(_table("due now", ("stage", "dioceses"), list(due.items())))
    if stalls:
        out.print(_table("standing still", ("what, for how long, why",), [(stall.line,) for stall in stalls]))
    out.print(
        _table(
            "at work",
            ("worker", "stage", "diocese", "parishes", "pages", "a minute", "errors", "MiB", "silent (s)"),
            [_at_work_row(one) for one in alive],
        )
    )
    out.print(
        _table(
            "last stages",
            ("run", "stage", "state", "began", "detail"),
            [(one.run, one.stage, one.status, f"{one.started_at:%Y-%m-%d %H:%M}", one.detail) for one in last],
        )
    )
    return 0


async def show_metrics(settings: Settings) -> int:
    """The numbers that a monitoring system watches, as Prometheus reads them."""
    async with plainly(), connect(settings) as database, database.transaction() as connection:
        print(await metrics.text(connection, settings, _utc_now()), end="")  # noqa: T201
    return 0


def _at_work_row(one: workers.WorkerState) -> tuple[object, ...]:
    memory = "" if one.memory_bytes is None else f"{one.memory_bytes / 2**20:.0f}"
    counts = (one.parishes_done, one.pages_done, f"{one.pages_a_minute:.1f}", one.errors, memory)
    return (one.worker_id, one.worker_type, one.current_diocese or "", *counts, round(one.silent_seconds))


async def alive(settings: Settings) -> int:
    """Whether the worker on this host (in a container: this one) was heard from within a lease. For a health check."""
    async with plainly(), connect(settings) as database, database.transaction() as connection:
        here = await workers.last_heard_on(connection, platform.node())
    if here is None:
        raise Stop(f"no worker has begun on {platform.node()}")
    if here.status != "active" or here.silent_seconds > settings.lease_seconds:
        raise Stop(f"worker {here.worker_id} is {here.status}, last heard from {here.silent_seconds:.0f} s ago")
    print(f"worker {here.worker_id} lives: heard from {here.silent_seconds:.0f} s ago")  # noqa: T201
    return 0


async def directories(settings: Settings, *, as_json: bool) -> int:
    """How each directory was last read, what it cost, and why where a browser was needed."""
    async with plainly(), connect(settings) as database, database.transaction() as connection:
        read = await directory_costs.costs(connection)
    if as_json:
        print(json_text([vars(one) for one in read]))  # noqa: T201
        return 0
    headings = ("diocese", "directory", "platform", "route", "parishes", "requests", "outcome", "browser, because")
    out = console(soft_wrap=False)
    out.print(
        _table(
            "directories as last read",
            headings,
            [
                (
                    one.diocese,
                    (one.url or "not found") + (" (named by a person)" if one.named else ""),
                    one.platform or "",
                    one.route or "",
                    one.parishes,
                    one.requests or "",
                    one.reason or "not read yet",
                    one.browser,
                )
                for one in read
            ],
        )
    )
    asked = [one for one in read if one.reason]
    with_browser = sum(bool(one.browser) for one in asked)
    share = f" ({with_browser / len(asked):.0%})" if asked else ""
    out.print(
        f"{len(asked)} of {len(read)} read, {sum(one.requests for one in asked)} requests, "
        f"{with_browser} with a browser{share}"
    )
    return 0


def _table(title: str, headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> Table:
    table = Table(*headings, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    return table


# --- the database ----------------------------------------------------------------------------------------------------


async def prune(settings: Settings, *, dry_run: bool) -> int:
    """Let go of what is old and needed by nothing; a table of what goes and why. `dry_run`: only the table."""
    values = retention.limits(settings, _utc_now())
    table = Table("table", "goes" if dry_run else "gone", "why", title_justify="left")
    async with _ending_when_asked(settings) as stop, connect(settings) as database:
        for rule in retention.RULES:
            if stop.is_set():
                raise Interrupted
            async with database.transaction() as connection:
                count = await retention.due(connection, rule, values)
            if count and not dry_run:
                with progress.counting(f"rows of {rule.table}") as seen:
                    count = await retention.prune(database, rule, values, seen=seen)
            table.add_row(rule.table, f"{count:,}", rule.why)
    console().print(table)
    return 0


async def upgrade_database(settings: Settings) -> int:
    """Bring the schema to the newest version."""
    from vitality_lib.store import migrate  # noqa: PLC0415 - Alembic: no other command waits for it

    async with plainly():
        with available(settings) as url:
            revision = await asyncio.to_thread(migrate.upgrade, url)
    print(f"database at revision {revision}", file=sys.stderr)  # noqa: T201
    return 0
