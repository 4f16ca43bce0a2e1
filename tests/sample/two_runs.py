"""The whole country crawled twice, with the real door, browser and database."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from against_truth import Comparison, compare
from pydantic import SecretStr

from vitality_lib import stages
from vitality_lib.sample import PACE, USCCB_URL, serve, truth
from vitality_lib.settings import Settings, load
from vitality_lib.store import overview, snapshot
from vitality_lib.store.database import Database, connect
from vitality_lib.store.directory_costs import DirectoryCost, costs
from vitality_lib.store.overview import Totals
from vitality_lib.units.work import Work
from vitality_lib.web.door import open_door
from vitality_lib.work.worker import at_work


@dataclass(frozen=True)
class Run:
    """What one run left behind: the facts against the truth, a hash of all facts, and what it cost, in all and for
    each directory.
    """

    comparison: Comparison
    totals: Totals
    fingerprint: str
    requests: int
    pages: int
    directories: tuple[DirectoryCost, ...]


async def run_twice(database_url: str, home: Path) -> tuple[Run, Run]:
    """All five stages, and all five again, over a sample web of their own."""
    async with serve(PACE) as port:
        settings = load(
            database_url=SecretStr(database_url),
            home=home,
            resolve=f"*=127.0.0.1:{port}",
            usccb_url=USCCB_URL,
            pace=PACE,
            force=True,
        )
        async with connect(settings) as database:
            return await _run("first", settings, database), await _run("second", settings, database)


async def _run(name: str, settings: Settings, database: Database) -> Run:
    async with at_work(database, settings) as worker, open_door(settings, database) as door:
        work = Work(settings, database, door, worker, name, lambda: datetime.now(UTC), asyncio.Event())
        await stages.everything(work)
        async with database.transaction() as connection:
            pages = await (await connection.execute("SELECT count(*) FROM pages")).fetchone()
            return Run(
                compare(await snapshot.observed(connection), truth.load()),
                await overview.totals(connection),
                await snapshot.fingerprint(connection),
                door.requests,
                pages[0] if pages else 0,
                await costs(connection),
            )
