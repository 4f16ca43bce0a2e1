"""When each unit was last visited, and when it is due again.

The rule: a visit that changed a fact halves the interval, one that changed nothing makes it half as long again, between
1 and 14 days. A visit that failed leaves the interval as it is and is tried again after a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vitality_lib.models import Stage, UnitKind
from vitality_lib.store.database import Connection

SHORTEST_HOURS = 24.0
LONGEST_HOURS = 14 * 24.0
RETRY_HOURS = 24.0


def interval_after(before: float | None, *, changed: bool) -> float:
    """Hours to the next visit after a good one; `before` is the interval so far, None before the first good visit."""
    if before is None:
        return SHORTEST_HOURS
    return min(max(before * (0.5 if changed else 1.5), SHORTEST_HOURS), LONGEST_HOURS)


@dataclass(frozen=True)
class Visited:
    """A visit that came to an end. `good`: it ended in the outcome `ok`; `changed`: it changed a published fact."""

    unit_id: int
    good: bool
    changed: bool = False


async def record(
    connection: Connection,
    stage: Stage,
    kind: UnitKind,
    unit_id: int,
    *,
    good: bool,
    changed: bool,
    now: datetime,
) -> datetime:
    """Note a visit that came to an end; return when the unit is due again.

    `good`: it ended in the outcome `ok`; `changed`: it changed a published fact. A parish is due at the latest when a
    correction of its services expires.
    """
    due = await record_all(connection, stage, kind, [Visited(unit_id, good, changed)], now)
    return due[unit_id]


async def record_all(
    connection: Connection, stage: Stage, kind: UnitKind, ended: Sequence[Visited], now: datetime
) -> dict[int, datetime]:
    """The same of several units, none of them twice, in two statements; when each is due again, by id."""
    unit = {"stage": stage.value, "kind": kind.value, "now": now}
    of_parishes = (stage, kind) == (Stage.SCHEDULE, UnitKind.PARISH)
    rows = await connection.execute(
        _BEFORE, {**unit, "ids": [one.unit_id for one in ended], "correctable": of_parishes}
    )
    before = {id_: (hours, was_good, expiry) async for id_, hours, was_good, expiry in rows}
    hours_of, due = {}, {}
    for one in ended:
        hours, was_good, expiry = before[one.unit_id]
        if one.good:
            hours = interval_after(hours if was_good else None, changed=one.changed)
        at = now + timedelta(hours=hours if one.good else RETRY_HOURS)
        hours_of[one.unit_id], due[one.unit_id] = hours, min(at, expiry or at)
    given = {
        "ids": list(due),
        "good": [now if one.good else None for one in ended],
        "changed": [now if one.good and one.changed else None for one in ended],
        "hours": list(hours_of.values()),
        "due": list(due.values()),
    }
    await connection.execute(_RECORD, {**unit, **given})
    return due


_BEFORE = f"""
SELECT given.id, coalesce(interval_hours, {SHORTEST_HOURS}), coalesce(good_at IS NOT NULL, false), CASE
    WHEN %(correctable)s THEN (
        SELECT min(expires_at) FROM service_corrections
        WHERE parish_id = given.id AND withdrawn_at IS NULL AND expires_at > %(now)s
    ) END
FROM unnest(%(ids)s::bigint[]) AS given (id)
LEFT JOIN visits ON stage = %(stage)s AND unit_kind = %(kind)s AND unit_id = given.id
"""  # noqa: S608 - a constant; who holds the diocese's lease is alone with its units
_RECORD = """
INSERT INTO visits (stage, unit_kind, unit_id, visited_at, good_at, changed_at, interval_hours, due_at)
SELECT %(stage)s, %(kind)s, given.id, %(now)s, good, changed, hours, due
FROM unnest(%(ids)s::bigint[], %(good)s::timestamptz[], %(changed)s::timestamptz[], %(hours)s::float8[],
    %(due)s::timestamptz[]) AS given (id, good, changed, hours, due)
ON CONFLICT (stage, unit_kind, unit_id) DO UPDATE SET visited_at = EXCLUDED.visited_at,
    good_at = coalesce(EXCLUDED.good_at, visits.good_at),
    changed_at = coalesce(EXCLUDED.changed_at, visits.changed_at),
    interval_hours = EXCLUDED.interval_hours, due_at = EXCLUDED.due_at
"""


async def is_due(connection: Connection, stage: Stage, kind: UnitKind, unit_id: int, now: datetime) -> bool:
    """Whether a unit was never visited, or its time has come."""
    row = await (
        await connection.execute(
            "SELECT due_at FROM visits WHERE stage = %s AND unit_kind = %s AND unit_id = %s",
            [stage.value, kind.value, unit_id],
        )
    ).fetchone()
    return row is None or row[0] <= now
