"""The run ledger: planned, done, and one outcome for each unit."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from vitality_lib.models import Diocese, Outcome, Reason, Stage, UnitKind
from vitality_lib.store import dioceses, ledger
from vitality_lib.store.database import Connection
from vitality_lib.store.ledger import Finished, LedgerRow, PlannedUnit, ReasonCount, StageRun

OK = Outcome(Reason.OK, "7 parishes", ("http https://larkspur.example/: 7 parishes",))
DOWN = Outcome(Reason.DNS_FAILURE, "no such host")
SCHEDULE = Stage.SCHEDULE


def parish(unit_id: int, outcome: Outcome, facts: int = 0) -> Finished:
    return Finished(SCHEDULE, UnitKind.PARISH, unit_id, 1, outcome, facts, requests=2)


@pytest.fixture
async def three(connection: Connection, now: datetime) -> list[int]:
    await dioceses.publish(connection, [Diocese(name) for name in ("Aster", "Bluebell", "Clover")], now)
    return [one.id for one in await dioceses.listed(connection)]


async def test_an_outcome_is_kept_with_its_routes_and_its_cost(connection: Connection, now: datetime) -> None:
    done = parish(1, OK, facts=7)
    await ledger.record(connection, "r1", "ann", done, now)
    assert await ledger.latest(connection, SCHEDULE, UnitKind.PARISH) == (LedgerRow("r1", "ann", done, now),)


async def test_a_unit_done_twice_in_a_run_has_one_outcome_the_later(connection: Connection, now: datetime) -> None:
    for outcome in (DOWN, OK, OK):
        await ledger.record(connection, "r1", "ann", parish(1, outcome), now)
    assert await ledger.counts(connection, "r1") == (
        ReasonCount(SCHEDULE, UnitKind.PARISH, Reason.OK, units=1, facts=0, requests=2),
    )


async def test_outcomes_are_counted_by_reason_the_most_frequent_first(connection: Connection, now: datetime) -> None:
    for unit, outcome in ((1, OK), (2, DOWN), (3, DOWN)):
        await ledger.record(connection, "r1", "ann", parish(unit, outcome, facts=unit), now)
    await ledger.record(connection, "r2", "ann", parish(9, OK), now)
    counts = await ledger.counts(connection, "r1")
    assert [(one.reason, one.units, one.facts, one.requests) for one in counts] == [
        (Reason.DNS_FAILURE, 2, 5, 4),
        (Reason.OK, 1, 1, 2),
    ]


async def test_the_newest_outcome_of_a_unit_counts_over_all_runs(connection: Connection, now: datetime) -> None:
    await ledger.record(connection, "r2", "ann", parish(1, OK), now)
    await ledger.record(connection, "r1", "ann", parish(1, DOWN), now - timedelta(days=1))
    assert [row.run for row in await ledger.latest(connection, SCHEDULE, UnitKind.PARISH)] == ["r2"]


async def test_a_plan_shows_what_became_of_each_diocese(
    connection: Connection, three: list[int], now: datetime
) -> None:
    await ledger.plan(connection, "r1", SCHEDULE, three[:2])
    await ledger.plan(connection, "r1", SCHEDULE, three)
    done = Finished(SCHEDULE, UnitKind.DIOCESE, three[1], three[1], OK)
    await ledger.record(connection, "r1", "ann", done, now)
    assert await ledger.planned(connection, "r1", SCHEDULE) == (
        PlannedUnit(three[0], "Aster", None),
        PlannedUnit(three[1], "Bluebell", Reason.OK),
        PlannedUnit(three[2], "Clover", None),
    )


async def test_a_plan_made_anew_keeps_what_has_an_outcome_and_drops_what_is_not_to_be_done_any_more(
    connection: Connection, three: list[int], now: datetime
) -> None:
    for run in ("r1", "r2"):
        await ledger.plan(connection, run, SCHEDULE, three)
    done = Finished(SCHEDULE, UnitKind.DIOCESE, three[0], three[0], Outcome(Reason.INTERNAL_ERROR))
    await ledger.record(connection, "r1", "ann", done, now)
    await ledger.plan_anew(connection, "r1", SCHEDULE, three[1:2])
    left = {run: await ledger.planned(connection, run, SCHEDULE) for run in ("r1", "r2")}
    assert {unit.diocese_id for unit in left["r1"]} == set(three[:2])
    assert {unit.diocese_id for unit in left["r2"]} == set(three)


async def test_outcomes_of_parishes_other_runs_and_other_stages_do_not_finish_a_diocese(
    connection: Connection, three: list[int], now: datetime
) -> None:
    await ledger.plan(connection, "r1", SCHEDULE, three[:1])
    for run, stage, kind in (
        ("r1", SCHEDULE, UnitKind.PARISH),
        ("r2", SCHEDULE, UnitKind.DIOCESE),
        ("r1", Stage.EXTRACTION, UnitKind.DIOCESE),
    ):
        await ledger.record(connection, run, "ann", Finished(stage, kind, three[0], three[0], OK), now)
    assert [one.reason for one in await ledger.planned(connection, "r1", SCHEDULE)] == [None]


async def test_a_stage_begins_once_ends_and_goes_on_when_it_is_tried_again(
    connection: Connection, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    await ledger.start(connection, "r1", SCHEDULE, now)
    await ledger.start(connection, "r1", SCHEDULE, later)
    await ledger.finish(connection, "r1", SCHEDULE, later, ok=False, detail="2 without\x00 an outcome")
    assert await ledger.stages(connection) == (StageRun("r1", SCHEDULE, now, later, "failed", "2 without an outcome"),)
    await ledger.start(connection, "r1", SCHEDULE, later)
    assert await ledger.stages(connection) == (StageRun("r1", SCHEDULE, now, None, "running", ""),)


async def test_words_from_the_web_that_postgresql_cannot_hold_do_not_break_the_ledger(
    connection: Connection, now: datetime
) -> None:
    odd = Outcome(Reason.UNREADABLE, "bytes \x00 and \ud800", ("http \x00",))
    await ledger.record(connection, "r1", "ann", parish(1, odd), now)
    (row,) = await ledger.latest(connection, SCHEDULE, UnitKind.PARISH)
    assert row.done.outcome == Outcome(Reason.UNREADABLE, "bytes  and ", ("http ",))
