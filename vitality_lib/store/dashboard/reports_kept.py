"""The reports that were made: their key figures, and the pages of those that are kept."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import TupleRow

from vitality_lib.store.database import Connection

_DAYS = 400


@dataclass(frozen=True)
class KeptReport:
    """A report: of which web it speaks, its totals by key, and whether its page can still be shown."""

    id: int
    made_at: datetime
    run: str
    web: str
    totals: dict[str, int]
    has_page: bool


async def count(connection: Connection) -> int:
    """How many reports were ever made."""
    row = await (await connection.execute("SELECT count(*) FROM reports")).fetchone()
    assert row is not None
    return int(row[0])


async def newest(connection: Connection, at_most: int, offset: int = 0) -> tuple[KeptReport, ...]:
    """The newest reports first."""
    rows = await connection.execute(_NEWEST, [at_most, offset])
    return tuple([_report(row) async for row in rows])


async def each_day(connection: Connection) -> tuple[KeptReport, ...]:
    """The last report of each of the newest 400 days (UTC) that have one, the oldest first."""
    rows = await connection.execute(_EACH_DAY, [_DAYS])
    return tuple([_report(row) async for row in rows])


async def page(connection: Connection, report: int) -> str | None:
    """The HTML of a report; None when there is no such report, or its page is not kept any more."""
    row = await (await connection.execute("SELECT page FROM reports WHERE id = %s", [report])).fetchone()
    return zlib.decompress(row[0]).decode() if row and row[0] is not None else None


def _report(row: TupleRow) -> KeptReport:
    counts = row[4] if isinstance(row[4], dict) else {}
    whole = {str(key): count for key, count in counts.items() if isinstance(count, int)}
    return KeptReport(row[0], row[1], row[2], row[3] or "", whole, row[5])


_NEWEST = """
SELECT id, made_at, run, figures ->> 'web', figures -> 'totals', page IS NOT NULL FROM reports
ORDER BY made_at DESC, id DESC LIMIT %s OFFSET %s
"""
_EACH_DAY = """
SELECT id, made_at, run, figures ->> 'web', figures -> 'totals', page IS NOT NULL FROM reports WHERE id IN (
    SELECT DISTINCT ON (date_trunc('day', made_at, 'UTC')) id FROM reports
    ORDER BY date_trunc('day', made_at, 'UTC') DESC, made_at DESC, id DESC LIMIT %s
) ORDER BY made_at
"""
