"""Step 5 of the pipeline: what is known, how good it is, and what changed, as one page and files."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vitality_lib.reports import tables as source
from vitality_lib.reports.changes import changes
from vitality_lib.reports.contradicting_pages import contradicting_pages
from vitality_lib.reports.corrections_in_use import corrected_services
from vitality_lib.reports.coverage import by_diocese, funnel, totals
from vitality_lib.reports.figures import Figures
from vitality_lib.reports.files import point_latest, publish
from vitality_lib.reports.freshness import freshness
from vitality_lib.reports.growth import growth
from vitality_lib.reports.model_calls import cost
from vitality_lib.reports.outcomes import by_reason
from vitality_lib.reports.overrides_in_use import named_directories
from vitality_lib.reports.quality import quality
from vitality_lib.reports.rhythm import languages, weeks
from vitality_lib.reports.storage import Windows, storage
from vitality_lib.reports.tables import Tables
from vitality_lib.reports.vitality import vitality
from vitality_lib.store import report_queries, storage_sizes
from vitality_lib.store.database import Connection

_WINDOWS = Windows()


@dataclass(frozen=True)
class Report:
    """A finished report: its page, the tables beside it, and what they say."""

    html: Path
    csv: tuple[Path, ...]
    figures: Figures


async def make_report(
    connection: Connection,
    *,
    run: str,
    folder: Path,
    now: datetime,
    web: str = "",
    budget: int | None = None,
    windows: Windows = _WINDOWS,
) -> Report:
    """Make the report of this moment in a folder of its own below `folder`, and remember its figures.

    `now` must know its time zone; `web` (`sample` or `live`) is said in it. `folder/latest` leads to the newest.
    `budget` is how many questions a day may be put to the model; `windows`: how long things are kept.
    With an unused connection everything is read at one
    moment. An empty database gives a report that says so.
    """
    async with report_queries.one_moment(connection):
        tables = await source.read(connection, now.astimezone(UTC))
        figures = await asyncio.to_thread(work_out, tables, run, web, budget, windows)
        made = await asyncio.to_thread(publish, folder, figures)
        page = await asyncio.to_thread((made / "index.html").read_bytes)
        await report_queries.keep_report(
            connection, run=run, made_at=figures.made_at, figures=figures.summary(), path=str(made), page=page
        )
        await storage_sizes.keep(connection, tables.storage.now)
    await asyncio.to_thread(point_latest, made)
    return Report(made / "index.html", tuple(sorted(made.glob("*.csv"))), figures)


def work_out(tables: Tables, run: str, web: str, budget: int | None, windows: Windows = _WINDOWS) -> Figures:
    """All figures of a report from the rows of one moment."""
    counted = totals(tables)
    return Figures(
        run=run,
        web=web,
        made_at=tables.now,
        totals=counted,
        funnel=funnel(tables),
        dioceses=by_diocese(tables),
        overrides=named_directories(tables),
        corrections=corrected_services(tables),
        contradictions=contradicting_pages(tables),
        outcomes=by_reason(tables),
        quality=quality(tables),
        freshness=freshness(tables),
        vitality=vitality(tables),
        weeks=weeks(tables),
        languages=languages(tables),
        changes=changes(tables),
        growth=growth(tables, counted),
        cost=cost(tables, budget),
        storage=storage(tables.storage, windows),
    )
