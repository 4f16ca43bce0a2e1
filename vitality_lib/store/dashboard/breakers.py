"""The circuit breakers that are not closed, whom that touches, and closing one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vitality_lib.store.database import Connection

_MOST = 100
_NAMED = 3


@dataclass(frozen=True)
class Breaker:
    """A host that is not asked. `open_until` in the past: half-open, the next request is a probe. `since` is when the
    last answer, or failure, came; `touches` names some of the dioceses and parishes with their website there.
    """

    host: str
    reason: str | None
    open_until: datetime
    since: datetime | None
    failures: int
    touched: int = 0
    touches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Breakers:
    """Those that are open for longest, at most 100, and how many there are."""

    total: int
    shown: tuple[Breaker, ...]


async def breakers(connection: Connection) -> Breakers:
    """All that are open or half-open."""
    rows = await (await connection.execute(_OPEN, [_MOST])).fetchall()
    touched = await _touched(connection, [row[0] for row in rows])
    shown = []
    for host, reason, until, since, failures, _ in rows:
        names = touched.get(host, ())
        shown.append(Breaker(host, reason, until, since, failures, len(names), tuple(names[:_NAMED])))
    return Breakers(rows[0][-1] if rows else 0, tuple(shown))


async def close(connection: Connection, host: str) -> bool:
    """Close a host's breaker: the next request may go out when the host has had its rest. False: it was not open."""
    closed = await connection.execute(
        """UPDATE hosts SET open_until = '-infinity', failures = 0, open_reason = NULL
        WHERE host = %s AND open_until > '-infinity'""",
        [host],
    )
    return closed.rowcount == 1


async def _touched(connection: Connection, hosts: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if hosts:
        async for host, name in await connection.execute(_TOUCHED, [list(hosts)]):
            found.setdefault(host, []).append(name)
    return found


_OPEN = """
SELECT host, open_reason, open_until, CASE WHEN isfinite(ended_at) THEN ended_at END, failures, count(*) OVER ()
FROM hosts WHERE open_until > '-infinity' ORDER BY open_until DESC, host LIMIT %s
"""
_TOUCHED = """
SELECT host, name FROM (
    SELECT 1 AS rank, id, name, lower(split_part(website, '/', 3)) AS host FROM dioceses WHERE listed
    UNION SELECT 1, diocese_id, name, lower(split_part(url, '/', 3))
        FROM directories JOIN dioceses d ON d.id = diocese_id
    UNION ALL SELECT 2, id, name, lower(split_part(website, '/', 3)) FROM parishes WHERE gone_at IS NULL
) AS known
WHERE host = ANY(%s) ORDER BY host, rank, name, id
"""
