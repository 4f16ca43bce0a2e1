"""The pages that the last good visit to a parish read: which of them its schedule was taken from, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from vitality_lib.store.changes import clean, jsonb
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class SchedulePage:
    """A page of a visit: its final address, the hash of its body, why it was asked for, how many services it states,
    and of how many published ones it holds the best evidence.
    """

    url: str
    page_hash: str
    why: str
    services: int
    kept: int


async def replace(connection: Connection, parish_id: int, pages: Sequence[SchedulePage], now: datetime) -> None:
    """Make these the pages of a parish, in the order in which they were read. Writes nothing when they are the same."""
    given = [SchedulePage(page.url, page.page_hash, clean(page.why), page.services, page.kept) for page in pages]
    if list(await of_parish(connection, parish_id)) == given:
        return
    await connection.execute("DELETE FROM schedule_pages WHERE parish_id = %s", [parish_id])
    rows = [{"place": place, **asdict(page)} for place, page in enumerate(given, 1)]
    await connection.execute(_INSERT, {"parish": parish_id, "rows": jsonb(rows), "now": now})


_INSERT = """
INSERT INTO schedule_pages (parish_id, place, url, page_hash, why, services, kept, read_at)
SELECT %(parish)s, place, url, page_hash, why, services, kept, %(now)s FROM jsonb_to_recordset(%(rows)s)
    AS page (place integer, url text, page_hash text, why text, services integer, kept integer)
"""


async def of_parish(connection: Connection, parish_id: int) -> tuple[SchedulePage, ...]:
    """The pages of a parish in order; none before its first good visit."""
    rows = await connection.execute(
        "SELECT url, page_hash, why, services, kept FROM schedule_pages WHERE parish_id = %s ORDER BY place",
        [parish_id],
    )
    return tuple([SchedulePage(*row) async for row in rows])
