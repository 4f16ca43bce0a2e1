"""The list of dioceses: what each has, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from vitality_lib.store.dashboard.outcomes import NOT_VISITED, OF_DIOCESE, Ended
from vitality_lib.store.dashboard.searching import ROWS, Found, order, patterns, sql_folded
from vitality_lib.store.database import Connection

_POINTS = 12  # readings of a trend

_COLUMNS = {
    "name": "name",
    "state": "state; name",
    "platform": "platform; route; name",
    "parishes": "parishes",
    "websites": "websites::float / nullif(parishes, 0)",
    "services": "with_services::float / nullif(parishes, 0)",
    "good": "good_at",
    "outcome": "reason; name",
}


@dataclass(frozen=True)
class Wanted:
    """Which dioceses: by words of the name, a two-letter state, an outcome's reason; `held`: a reading waits."""

    q: str = ""
    state: str = ""
    reason: str = ""
    held: bool = False


@dataclass(frozen=True)
class Point:
    """A good reading of a directory: when, and how many parishes it had."""

    at: datetime
    parishes: int


@dataclass(frozen=True)
class DioceseRow:
    """One diocese. Counts are of published parishes; `good_at` is its last good reading, `outcome` what stands now.

    `directory`, `platform` and `route` are None until they are known; `trend` is oldest first.
    """

    id: int
    name: str
    state: str | None
    listed: bool
    directory: str | None
    platform: str | None
    route: str | None
    parishes: int
    websites: int
    with_services: int
    good_at: datetime | None
    held_since: datetime | None
    outcome: Ended
    trend: tuple[Point, ...] = ()


async def found(
    connection: Connection, wanted: Wanted, sort: str = "", offset: int = 0, most: int = ROWS
) -> Found[DioceseRow]:
    """Those that are wanted, from the one at `offset` on. Columns to sort by: see _COLUMNS."""
    values = {
        "patterns": patterns(wanted.q),
        "state": wanted.state,
        "reason": wanted.reason,
        "held": wanted.held,
        "offset": offset,
        "most": most,
    }
    page = f"ORDER BY {order(sort, _COLUMNS, 'name')}, id LIMIT %(most)s OFFSET %(offset)s"
    rows = await (await connection.execute(f"{_FOUND} {page}".encode(), values)).fetchall()
    if not rows and offset:
        return Found((), (await found(connection, wanted, sort, 0, 1)).total)
    its = [_row(row) for row in rows]
    trends = await _trends(connection, [one.id for one in its])
    return Found(tuple(replace(one, trend=trends.get(one.id, ())) for one in its), rows[0][-1] if rows else 0)


_FOUND = f"""
WITH counted AS (
    SELECT diocese_id, count(*) AS parishes, count(website) AS websites, count(served.parish_id) AS with_services
    FROM parishes LEFT JOIN (SELECT DISTINCT parish_id FROM services WHERE valid_to IS NULL) AS served
        ON served.parish_id = parishes.id
    WHERE gone_at IS NULL GROUP BY diocese_id
), every AS (
    SELECT d.id, d.name, d.state, d.listed, f.url AS directory, f.platform, f.route,
        coalesce(c.parishes, 0) AS parishes, coalesce(c.websites, 0) AS websites,
        coalesce(c.with_services, 0) AS with_services, v.good_at, r.created_at AS held_since,
        coalesce(o.stage, '') AS stage, coalesce(o.reason, '{NOT_VISITED}') AS reason, coalesce(o.detail, '') AS detail,
        o.finished_at, coalesce(o.facts, 0) AS facts, coalesce(o.requests, 0) AS requests, coalesce(o.run, '') AS run
    FROM dioceses d
    LEFT JOIN directories f ON f.diocese_id = d.id
    LEFT JOIN counted c ON c.diocese_id = d.id
    LEFT JOIN visits v ON v.stage = 'extraction' AND v.unit_kind = 'diocese' AND v.unit_id = d.id
    LEFT JOIN reviews r ON r.diocese_id = d.id AND r.decided_at IS NULL
    LEFT JOIN LATERAL ({OF_DIOCESE}) AS o ON true
)
SELECT *, count(*) OVER () FROM every
WHERE {sql_folded("name")} LIKE ALL (%(patterns)s::text[]) AND (%(state)s = '' OR state = %(state)s)
    AND (%(reason)s = '' OR reason = %(reason)s) AND (NOT %(held)s OR held_since IS NOT NULL)
"""  # noqa: S608 - constants


def _row(row: Sequence[Any]) -> DioceseRow:
    return DioceseRow(*[*row[:12], Ended(*row[12:19])])


async def _trends(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Point, ...]]:
    rows = await connection.execute(
        """SELECT given.id, last.finished_at, last.facts FROM unnest(%s::bigint[]) AS given (id), LATERAL (
            SELECT finished_at, facts FROM outcomes
            WHERE stage = 'extraction' AND unit_kind = 'diocese' AND unit_id = given.id AND reason = 'ok'
            ORDER BY finished_at DESC LIMIT %s
        ) AS last ORDER BY last.finished_at""",
        [list(ids), _POINTS],
    )
    trends: dict[int, tuple[Point, ...]] = {}
    async for id_, at, parishes in rows:
        trends[id_] = (*trends.get(id_, ()), Point(at, parishes))
    return trends


async def states(connection: Connection) -> tuple[str, ...]:
    """The two-letter codes of the states in which dioceses have their seat."""
    rows = await connection.execute("SELECT DISTINCT state FROM dioceses WHERE state IS NOT NULL ORDER BY state")
    return tuple([state async for (state,) in rows])
