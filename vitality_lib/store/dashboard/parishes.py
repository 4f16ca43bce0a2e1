"""Finding parishes among all that are published."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.store.dashboard.outcomes import NOT_VISITED, OF_PARISH, Ended
from vitality_lib.store.dashboard.searching import ROWS, Found, order, patterns, sql_folded
from vitality_lib.store.database import Connection

_COLUMNS = {
    "name": "p.name",
    "city": "p.city; p.name",
    "state": "p.state; p.city; p.name",
    "diocese": "d.name; p.name",
    "changed": "p.changed_at",
}


@dataclass(frozen=True)
class Wanted:
    """Which parishes. Words of `q` are looked for in name, city, state, ZIP and diocese, in any order; all must stand.

    `diocese` is an id (0: any), `state` a two-letter code, `reason` that of the newest outcome, `services` whether any
    is published (None: either).
    """

    q: str = ""
    diocese: int = 0
    state: str = ""
    reason: str = ""
    services: bool | None = None


@dataclass(frozen=True)
class ParishRow:
    """One published parish; `services` is the number of them that are published, `outcome` that of its last visit."""

    id: int
    name: str
    city: str | None
    state: str | None
    zip: str | None
    diocese_id: int
    diocese: str
    website: str | None
    services: int
    outcome: Ended


async def found(
    connection: Connection, wanted: Wanted, sort: str = "", offset: int = 0, most: int = ROWS
) -> Found[ParishRow]:
    """Those that are wanted, from the one at `offset` on. Columns to sort by: see _COLUMNS."""
    values = {
        "patterns": patterns(wanted.q),
        "diocese": wanted.diocese,
        "state": wanted.state,
        "reason": wanted.reason,
        "services": wanted.services,
        "offset": offset,
        "most": most,
    }
    rows = await (await connection.execute(_asking(wanted, sort).encode(), values)).fetchall()
    if not rows and offset:
        return Found((), (await found(connection, wanted, sort, 0, 1)).total)
    its = (ParishRow(*[*row[:9], Ended(*row[9:16])]) for row in rows)
    return Found(tuple(its), rows[0][-1] if rows else 0)


def _those(wanted: Wanted) -> str:
    """FROM and WHERE; the costly joins only when they are asked for."""
    wheres = ["p.gone_at IS NULL"]
    if wanted.q:
        wheres.append("p.search || ' ' || d.folded LIKE ALL (%(patterns)s::text[])")
    if wanted.diocese:
        wheres.append("p.diocese_id = %(diocese)s")
    if wanted.state:
        wheres.append("p.state = %(state)s")
    if wanted.services is not None:
        known = "EXISTS (SELECT FROM services WHERE parish_id = p.id AND valid_to IS NULL)"
        wheres.append(known if wanted.services else f"NOT {known}")
    newest = ""
    if wanted.reason:
        newest = f"LEFT JOIN LATERAL ({OF_PARISH}) AS o ON true"
        wheres.append(f"coalesce(o.reason, '{NOT_VISITED}') = %(reason)s")
    return f"""FROM parishes p
        JOIN (SELECT id, name, {sql_folded("name")} AS folded FROM dioceses OFFSET 0) AS d ON d.id = p.diocese_id
        {newest} WHERE {" AND ".join(wheres)}"""  # noqa: S608 - constants


def _asking(wanted: Wanted, sort: str) -> str:
    sorting = order(sort, _COLUMNS, "name")
    return f"""
    WITH page AS MATERIALIZED (
        SELECT p.id, d.name AS diocese, row_number() OVER (ORDER BY {sorting}, p.id) AS place,
            count(*) OVER () AS total {_those(wanted)}
        ORDER BY {sorting}, p.id LIMIT %(most)s OFFSET %(offset)s
    )
    SELECT p.id, p.name, p.city, p.state, p.zip, p.diocese_id, page.diocese, p.website,
        (SELECT count(*) FROM services WHERE parish_id = p.id AND valid_to IS NULL),
        coalesce(o.stage, ''), coalesce(o.reason, '{NOT_VISITED}'), coalesce(o.detail, ''), o.finished_at,
        coalesce(o.facts, 0), coalesce(o.requests, 0), coalesce(o.run, ''), page.total
    FROM page JOIN parishes p ON p.id = page.id LEFT JOIN LATERAL ({OF_PARISH}) AS o ON true
    ORDER BY page.place
    """  # noqa: S608 - constants


async def states(connection: Connection) -> tuple[str, ...]:
    """The two-letter codes of the states in which published parishes stand."""
    rows = await connection.execute(
        "SELECT DISTINCT state FROM parishes WHERE gone_at IS NULL AND state IS NOT NULL ORDER BY state"
    )
    return tuple([state async for (state,) in rows])


async def dioceses(connection: Connection) -> tuple[tuple[int, str], ...]:
    """Id and name of each diocese, by name."""
    rows = await connection.execute("SELECT id, name FROM dioceses ORDER BY name, id")
    return tuple([(id_, name) async for id_, name in rows])
