"""When each unit was last visited, and when it is due again.

The rule: a visit that changed a fact halves the interval, one that changed nothing makes it half as long again, between
1 and 14 days. A visit that failed leaves the interval as it is and is tried again after a day.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from vitality_lib.models import Stage, UnitKind
from vitality_lib.store import corrections
from vitality_lib.store.database import Connection

SHORTEST_HOURS = 24.0
LONGEST_HOURS = 14 * 24.0
RETRY_HOURS = 24.0


def interval_after(before: float | None, *, changed: bool) -> float:
    """Hours to the next visit after a good one; `before` is the interval so far, None before the first good visit."""
    if before is None:
        return SHORTEST_HOURS
    return min(max(before * (0.5 if changed else 1.5), SHORTEST_HOURS), LONGEST_HOURS)


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
    row = await (
        await connection.execute(
            """SELECT interval_hours, good_at IS NOT NULL FROM visits
            WHERE stage = %s AND unit_kind = %s AND unit_id = %s FOR UPDATE""",
            [stage.value, kind.value, unit_id],
        )
    ).fetchone()
    before, was_good = row or (SHORTEST_HOURS, False)
    hours = interval_after(before if was_good else None, changed=changed) if good else before
    due_at = now + timedelta(hours=hours if good else RETRY_HOURS)
    if (stage, kind) == (Stage.SCHEDULE, UnitKind.PARISH):
        due_at = min(due_at, await corrections.next_expiry(connection, unit_id, now) or due_at)
    await connection.execute(
        """INSERT INTO visits (stage, unit_kind, unit_id, visited_at, good_at, changed_at, interval_hours, due_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (stage, unit_kind, unit_id) DO UPDATE SET visited_at = EXCLUDED.visited_at,
            good_at = coalesce(EXCLUDED.good_at, visits.good_at),
            changed_at = coalesce(EXCLUDED.changed_at, visits.changed_at),
            interval_hours = EXCLUDED.interval_hours, due_at = EXCLUDED.due_at""",
        [
            stage.value,
            kind.value,
            unit_id,
            now,
            now if good else None,
            now if good and changed else None,
            hours,
            due_at,
        ],
    )
    return due_at


async def is_due(connection: Connection, stage: Stage, kind: UnitKind, unit_id: int, now: datetime) -> bool:
    """Whether a unit was never visited, or its time has come."""
    row = await (
        await connection.execute(
            "SELECT due_at FROM visits WHERE stage = %s AND unit_kind = %s AND unit_id = %s",
            [stage.value, kind.value, unit_id],
        )
    ).fetchone()
    return row is None or row[0] <= now
