"""One diocese: its facts, why its directory was chosen, and what became of it and of its parishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from vitality_lib.models import Diocese
from vitality_lib.store.dashboard.outcomes import NOT_VISITED, OF_DIOCESE, OF_PARISH, Ended
from vitality_lib.store.database import Connection

_STAGES = ("discovery", "extraction", "schedule")
_FACTS = ", ".join(f"d.{field.name}" for field in fields(Diocese))


@dataclass(frozen=True)
class Directory:
    """Where the parishes are listed, and the evidence: the link's label, score and reasons, the parishes seen there."""

    url: str
    label: str
    score: float
    reasons: tuple[str, ...]
    platform: str | None
    route: str | None
    proved: int
    found_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class DiocesePage:
    """What is known of a diocese; `outcome` is what stands about it now."""

    id: int
    diocese: Diocese
    listed: bool
    first_seen: datetime
    changed_at: datetime
    directory: Directory | None
    outcome: Ended


@dataclass(frozen=True)
class Visited:
    """When a stage was here last, last with success, and when it is due again."""

    stage: str
    visited_at: datetime
    good_at: datetime | None
    changed_at: datetime | None
    due_at: datetime


@dataclass(frozen=True)
class ReasonCount:
    """How many parishes ended for a reason, and how many of them have services published (from an earlier visit)."""

    reason: str
    parishes: int
    with_services: int


async def of(connection: Connection, diocese_id: int) -> DiocesePage | None:
    """The diocese with this id."""
    found = await connection.execute(_OF.encode(), {"id": diocese_id})
    row = await found.fetchone()
    if row is None:
        return None
    facts, known, outcome = Diocese(*row[:6]), row[6:9], Ended(*row[18:])
    directory = _directory(*row[9:18]) if row[9] is not None else None
    return DiocesePage(*[diocese_id, facts, *known, directory, outcome])


_OF = f"""
SELECT {_FACTS}, d.listed, d.first_seen, d.changed_at, f.url, f.label, f.score, f.reasons, f.platform, f.route,
    f.proved, f.found_at, f.changed_at,
    coalesce(o.stage, ''), coalesce(o.reason, '{NOT_VISITED}'), coalesce(o.detail, ''),
    o.finished_at, coalesce(o.facts, 0), coalesce(o.requests, 0), coalesce(o.run, '')
FROM dioceses d LEFT JOIN directories f ON f.diocese_id = d.id LEFT JOIN LATERAL ({OF_DIOCESE}) AS o ON true
WHERE d.id = %(id)s
"""  # noqa: S608 - constants


def _directory(url: str, label: str, score: float, reasons: Sequence[str], *rest: Any) -> Directory:
    return Directory(url, label, score, tuple(reasons), *rest)


async def ended(connection: Connection, diocese_id: int, most: int = 20) -> tuple[Ended, ...]:
    """The outcomes of each stage that works on the diocese as a whole, `most` of each, the newest first."""
    rows = await connection.execute(
        """SELECT last.* FROM unnest(%(stages)s::text[]) AS given (stage), LATERAL (
            SELECT stage, reason, detail, finished_at, facts, requests, run FROM outcomes
            WHERE stage = given.stage AND unit_kind = 'diocese' AND unit_id = %(id)s
            ORDER BY finished_at DESC LIMIT %(most)s
        ) AS last ORDER BY last.finished_at DESC""",
        {"stages": list(_STAGES), "id": diocese_id, "most": most},
    )
    return tuple([Ended(*row) async for row in rows])


async def visited(connection: Connection, diocese_id: int) -> tuple[Visited, ...]:
    """The visits of the stages to the diocese, in the order of the stages."""
    rows = await connection.execute(
        """SELECT stage, visited_at, good_at, changed_at, due_at FROM visits
        WHERE unit_kind = 'diocese' AND unit_id = %s ORDER BY array_position(%s::text[], stage)""",
        [diocese_id, list(_STAGES)],
    )
    return tuple([Visited(*row) async for row in rows])


async def parishes_by_reason(connection: Connection, diocese_id: int) -> tuple[ReasonCount, ...]:
    """The published parishes by the newest outcome of reading their services, the most first."""
    rows = await connection.execute(
        f"""SELECT coalesce(o.reason, '{NOT_VISITED}'), count(*), count(*) FILTER (WHERE EXISTS (
            SELECT FROM services WHERE parish_id = p.id AND valid_to IS NULL))
        FROM parishes p LEFT JOIN LATERAL ({OF_PARISH}) AS o ON true
        WHERE p.diocese_id = %s AND p.gone_at IS NULL GROUP BY 1 ORDER BY 2 DESC, 1""".encode(),  # noqa: S608
        [diocese_id],
    )
    return tuple([ReasonCount(*row) async for row in rows])
