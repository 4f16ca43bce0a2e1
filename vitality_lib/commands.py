"""What the `vitality` commands do that look at the database and keep it, once arguments and settings are known."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from rich.table import Table

from vitality_lib import metrics, progress
from vitality_lib.exit_codes import USAGE, Stop
from vitality_lib.harmless import json_text
from vitality_lib.models import Stage
from vitality_lib.plain_endings import ending_when_asked, plainly
from vitality_lib.reports.exports.formats import Format
from vitality_lib.settings import Settings
from vitality_lib.store import dioceses, directory_costs, ledger, overview, retention, upgrade, workers
from vitality_lib.store.address import available
from vitality_lib.store.database import connect
from vitality_lib.terminal import console
from vitality_lib.work import watchdog
from vitality_lib.work.shutdown import Interrupted

_BY_DIOCESE = (Stage.DISCOVERY, Stage.EXTRACTION, Stage.SCHEDULE)


# --- looking ---------------------------------------------------------------------------------------------------------


async def export(
    settings: Settings, form: str, output: Path | None, first: date | None = None, days: int | None = None,
    *, as_of: datetime | None = None,
) -> int:  # fmt: skip
    """The published data as a file; whoever reads standard output may stop when they have enough."""
    from vitality_lib.reports.exports.export import NotYet  # noqa: PLC0415 - all writers: only this command's
    from vitality_lib.reports.exports.export import export as write_export  # noqa: PLC0415

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
    async with ending_when_asked(settings) as stop, connect(settings) as database:
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
    async with plainly():
        with available(settings) as url:
            revision = await asyncio.to_thread(upgrade.to_newest, url)
    print(f"database at revision {revision}", file=sys.stderr)  # noqa: T201
    return 0


def _utc_now() -> datetime:
    return datetime.now(UTC)
