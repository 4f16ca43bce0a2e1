"""When a unit is due again: sooner where things change, later where they do not, a day after a failure."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from vitality_lib.models import Stage, UnitKind
from vitality_lib.store import visits
from vitality_lib.store.database import Connection


@pytest.mark.parametrize(
    ("before", "changed", "after"),
    [
        (None, True, 24),
        (None, False, 24),
        (24, False, 36),
        (24, True, 24),
        (36, True, 24),
        (100, True, 50),
        (300, False, 336),
        (336, False, 336),
    ],
)
def test_the_interval_after_a_good_visit(before: float | None, changed: bool, after: float) -> None:
    assert visits.interval_after(before, changed=changed) == after


async def visit(connection: Connection, at: datetime, *, good: bool = True, changed: bool = False) -> float:
    """Hours until the parish is due again."""
    due_at = await visits.record(connection, Stage.SCHEDULE, UnitKind.PARISH, 7, good=good, changed=changed, now=at)
    return (due_at - at).total_seconds() / 3600


async def test_a_site_that_stays_as_it_is_is_asked_less_and_less_up_to_14_days(
    connection: Connection, now: datetime
) -> None:
    hours = [await visit(connection, now + timedelta(days=14 * number)) for number in range(9)]
    assert hours == [24, 36, 54, 81, 121.5, 182.25, 273.375, 336, 336]


async def test_a_change_halves_the_interval(connection: Connection, now: datetime) -> None:
    for _ in range(4):
        await visit(connection, now)
    assert await visit(connection, now, changed=True) == 40.5


async def test_a_failure_is_tried_again_after_a_day_and_leaves_the_interval(
    connection: Connection, now: datetime
) -> None:
    for _ in range(3):
        await visit(connection, now)
    assert await visit(connection, now, good=False) == 24
    assert await visit(connection, now) == 81


async def test_a_unit_that_first_failed_starts_with_a_day(connection: Connection, now: datetime) -> None:
    assert await visit(connection, now, good=False) == 24
    assert await visit(connection, now) == 24


async def test_the_last_good_visit_and_the_last_change_are_remembered(connection: Connection, now: datetime) -> None:
    await visit(connection, now, changed=True)
    await visit(connection, now + timedelta(days=1))
    await visit(connection, now + timedelta(days=2), good=False, changed=True)
    row = await (await connection.execute("SELECT visited_at, good_at, changed_at FROM visits")).fetchone()
    assert row == (now + timedelta(days=2), now + timedelta(days=1), now)


async def test_a_unit_is_due_when_never_visited_and_when_its_time_has_come(
    connection: Connection, now: datetime
) -> None:
    async def due(at: datetime) -> bool:
        return await visits.is_due(connection, Stage.SCHEDULE, UnitKind.PARISH, 7, at)

    assert await due(now)
    await visit(connection, now)
    assert not await due(now + timedelta(hours=23))
    assert await due(now + timedelta(hours=24))
