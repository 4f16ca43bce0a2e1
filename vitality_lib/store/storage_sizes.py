"""How large the database is, by kind of what it holds, now and when earlier reports were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vitality_lib.store.database import Connection

KINDS = {
    "bodies": ("page_bodies",),
    "pages": ("pages",),
    "facts": (
        *("dioceses", "directories", "parishes", "churches", "services", "evidence"),
        *("schedule_pages", "schedule_contradictions"),
    ),
    "history": ("parish_versions", "diocese_versions", "service_wordings"),
    "ledger": ("outcomes", "runs", "planned_units"),
    "rest": (),
}


@dataclass(frozen=True)
class Sizes:
    """Bytes by kind (tables with indexes and what is stored beside them) at a moment."""

    at: datetime
    bytes: Mapping[str, int]


@dataclass(frozen=True)
class Storage:
    """`past` is oldest first, one a day. `since`: the first diocese was seen; None: nothing is known yet.

    `quoted_for_good` is the share of bodies no longer current that history quotes: they stay. None: there are none.
    """

    now: Sizes
    past: tuple[Sizes, ...]
    since: datetime | None
    quoted_for_good: float | None


async def measured(connection: Connection, now: datetime) -> Storage:
    """The sizes of this moment, and those kept with the last report of each day."""
    row = await (
        await connection.execute(
            """SELECT min(first_seen), (
                SELECT avg(EXISTS (SELECT FROM evidence WHERE page_hash = hash)::int)::float FROM page_bodies
                WHERE left_at IS NOT NULL AND NOT EXISTS (SELECT FROM pages WHERE body_hash = hash))
            FROM dioceses"""
        )
    ).fetchone()
    since, quoted = row or (None, None)
    return Storage(Sizes(now, await _now(connection)), await _past(connection), since, quoted)


async def keep(connection: Connection, sizes: Sizes) -> None:
    """Remember the sizes with the newest report."""
    await connection.execute(
        """INSERT INTO report_sizes (report_id, kind, bytes)
        SELECT (SELECT max(id) FROM reports), * FROM unnest(%s::text[], %s::bigint[])""",
        [list(sizes.bytes), list(sizes.bytes.values())],
    )


async def _now(connection: Connection) -> Mapping[str, int]:
    kind_of = {table: kind for kind, tables in KINDS.items() for table in tables}
    found = dict.fromkeys(KINDS, 0)
    rows = await connection.execute(
        """SELECT relname, pg_total_relation_size(oid) FROM pg_class
        WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"""
    )
    async for table, size in rows:
        found[kind_of.get(table, "rest")] += size
    return found


async def _past(connection: Connection) -> tuple[Sizes, ...]:
    rows = await connection.execute(
        """SELECT made_at, (SELECT jsonb_object_agg(kind, bytes) FROM report_sizes WHERE report_id = last.id) FROM (
            SELECT DISTINCT ON (date_trunc('day', made_at, 'UTC')) id, made_at FROM reports
            WHERE EXISTS (SELECT FROM report_sizes WHERE report_id = id)
            ORDER BY date_trunc('day', made_at, 'UTC'), made_at DESC, id DESC
        ) AS last ORDER BY made_at"""
    )
    return tuple([Sizes(made_at, sizes) async for made_at, sizes in rows])
