"""A year of weekly passes over an invented country, as rows: what it takes, and whether the forecast had said so.

`make year`, in an embedded PostgreSQL of its own. 3 % of the pages change in a week; with
a third of these a service changes. Fails when the forecast of week 26 is more than 15 % from what stands a year later.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import AsyncConnection
from pydantic import SecretStr

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from national_database import NOW, Plan, fill

from vitality_lib.reports.storage import Windows, storage
from vitality_lib.settings import load
from vitality_lib.store import embedded, migrate, retention, storage_sizes
from vitality_lib.store.database import Database, connect
from vitality_lib.store.storage_sizes import Sizes, Storage

PLAN = Plan(dioceses=40, parishes=3000, services=21_700)
FIRST, LATER, LAST = 8, 26, 78  # weeks: two forecasts, and the end
MOST_OFF = 0.15

_WEEK = (
    """CREATE TEMP TABLE changed AS SELECT request_key, body_hash AS old,
        encode(sha256(convert_to(request_key || %(week)s::text, 'UTF8')), 'hex') AS new, random() < 0.34 AS service
        FROM pages WHERE random() < 0.03""",
    """INSERT INTO page_bodies (hash, size, body, stored_at)
        SELECT new, 9000, (SELECT string_agg(sha256(convert_to(new || n, 'UTF8')), '') FROM generate_series(1, 60) n),
            %(at)s FROM changed""",
    """UPDATE pages SET body_hash = new, fetched_at = %(at)s FROM changed
        WHERE pages.request_key = changed.request_key""",
    "UPDATE page_bodies SET left_at = %(at)s FROM changed WHERE hash = old",
    "UPDATE pages SET checked_at = %(at)s, visits = visits + 1",
    """CREATE TEMP TABLE moved AS SELECT DISTINCT ON (parish_id) s.id, s.parish_id, new FROM changed
        JOIN schedule_pages p ON p.url = request_key JOIN services s USING (parish_id)
        WHERE service AND valid_to IS NULL""",
    "UPDATE services SET valid_to = %(at)s FROM moved WHERE services.id = moved.id",
    """WITH begun AS (INSERT INTO services (parish_id, type, days, language, words, valid_from)
            SELECT parish_id, 'mass', '{SU}', 'en', 'Sunday at 10:00 a.m.', %(at)s FROM moved RETURNING id, parish_id)
        INSERT INTO evidence (service_id, page_hash, url, quote, span_start, span_end, method, confidence)
        SELECT begun.id, new, 'https://parish.example/mass-times', 'Sunday 10:00 am', 1, 16, 'line', 0.9
        FROM begun JOIN moved USING (parish_id)""",
    """INSERT INTO runs (run, stage, started_at, finished_at, status)
        VALUES ('week-' || %(week)s, 'schedule', %(at)s, %(at)s, 'ok')""",
    """INSERT INTO outcomes (run, stage, unit_kind, unit_id, diocese_id, reason, routes, facts, requests, finished_at)
        SELECT 'week-' || %(week)s, 'schedule', 'parish', id, diocese_id, 'ok', '["static"]', 7, 3, %(at)s
        FROM parishes""",
    "DROP TABLE changed, moved",
)


async def live(connection: AsyncConnection[Any], database: Database) -> tuple[Sizes, dict[int, int]]:
    """All weeks; the sizes at the end, and what each forecast said of that time."""
    past: list[Sizes] = []
    said: dict[int, int] = {}
    now = NOW
    for week in range(1, LAST + 1):
        now = NOW + timedelta(weeks=week)
        async with connection.transaction():
            for statement in _WEEK:
                await connection.execute(statement.encode(), {"at": now, "week": str(week)})
        for rule in retention.RULES:
            await retention.prune(database, rule, retention.limits(load(), now))
        await connection.execute("VACUUM")
        seen = await _seen(connection, past, now)
        past.append(seen.now)
        if week in (FIRST, LATER):
            told = storage(seen, Windows())
            said[week] = told.in_a_year
            print(f"week {week}: {told.now / 2**20:.1f} MiB, in a year {told.in_a_year / 2**20:.1f} MiB", flush=True)
        if week - 52 in said:
            print(f"week {week}: {sum(seen.now.bytes.values()) / 2**20:.1f} MiB", flush=True)
            _judge(week - 52, said[week - 52], sum(seen.now.bytes.values()))
        if week % 13 == 0:
            kinds = ", ".join(f"{kind} {size / 2**20:.1f}" for kind, size in seen.now.bytes.items())
            print(f"week {week}: {kinds}", flush=True)
    return past[-1], said


async def _seen(connection: AsyncConnection[Any], past: list[Sizes], now: datetime) -> Storage:
    return replace(await storage_sizes.measured(connection, now), past=tuple(past), since=NOW)


def _judge(week: int, said: int, came: int) -> None:
    off = said / came - 1
    print(f"the forecast of week {week} was {off:+.1%} off", flush=True)
    if abs(off) > MOST_OFF:
        sys.exit(f"more than {MOST_OFF:.0%}")


async def _main(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await fill(connection, PLAN)
        async with connect(load(database_url=SecretStr(url))) as database:
            await live(connection, database)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="vitality-") as folder, embedded.running(Path(folder)) as server:
        url = server.url("postgres")
        migrate.upgrade(url)
        asyncio.run(_main(url))


if __name__ == "__main__":
    main()
