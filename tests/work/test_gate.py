"""The gate: a task that ends without its ledger row has not happened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vitality_lib.models import Outcome, Reason, Stage, UnitKind
from vitality_lib.store import ledger
from vitality_lib.store.database import Database
from vitality_lib.store.ledger import Finished
from vitality_lib.work import run_ledger

STAGE = Stage.EXTRACTION


def clock() -> datetime:
    return datetime(2026, 3, 2, tzinfo=UTC)


async def finish(database: Database, diocese: int, reason: Reason) -> None:
    async with database.transaction() as connection:
        done = Finished(STAGE, UnitKind.DIOCESE, diocese, diocese, Outcome(reason))
        await ledger.record(connection, "r1", "ann", done, clock())


async def test_the_gate_opens_when_each_planned_diocese_has_its_outcome(
    database: Database, two: tuple[int, int]
) -> None:
    await run_ledger.begin(database, "r1", STAGE, two, clock)
    await finish(database, two[0], Reason.OK)
    await finish(database, two[1], Reason.ROBOTS_DISALLOWED)
    result = await run_ledger.end(database, "r1", STAGE, clock)
    assert result.ok
    assert result.line == "extraction: all 2 planned dioceses finished"


async def test_a_diocese_without_an_outcome_is_named(database: Database, two: tuple[int, int]) -> None:
    await run_ledger.begin(database, "r1", STAGE, two, clock)
    await finish(database, two[0], Reason.OK)
    result = await run_ledger.end(database, "r1", STAGE, clock)
    assert not result.ok
    assert result.line == "extraction: of 2 planned dioceses 1 without an outcome (Bluebell); run the stage again"
    async with database.transaction() as connection:
        (stage,) = await ledger.stages(connection)
    assert (stage.status, stage.detail) == ("failed", result.line)


@pytest.mark.parametrize("reason", [Reason.INTERRUPTED, Reason.INTERNAL_ERROR])
async def test_work_that_broke_off_does_not_pass_the_gate(
    database: Database, two: tuple[int, int], reason: Reason
) -> None:
    await run_ledger.begin(database, "r1", STAGE, two[:1], clock)
    await finish(database, two[0], reason)
    result = await run_ledger.gate(database, "r1", STAGE)
    assert not result.ok
    assert f"1 broken off (Aster: {reason})" in result.line


async def test_an_empty_plan_is_done(database: Database, two: tuple[int, int]) -> None:
    await run_ledger.begin(database, "r1", STAGE, [], clock)
    assert (await run_ledger.end(database, "r1", STAGE, clock)).ok
