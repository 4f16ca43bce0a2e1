"""What is the matter with the data: stalls, readings held back, a budget near its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vitality_lib.models import Diocese, Outcome, Reason, Stage, UnitKind
from vitality_lib.settings import Settings, load
from vitality_lib.store import dioceses, ledger, reviews
from vitality_lib.store.alerts import Alert, AlertKind
from vitality_lib.store.database import Database
from vitality_lib.work import conditions

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAMES = ("Diocese of Aster", "Diocese of Bluebell", "Diocese of Clover")


async def found(database: Database, settings: Settings | None = None) -> tuple[Alert, ...]:
    async with database.transaction() as connection:
        return await conditions.now(connection, settings or load(), NOW)


async def ids(database: Database) -> list[int]:
    async with database.transaction() as connection:
        await dioceses.publish(connection, [Diocese(name) for name in NAMES], NOW)
        return [one.id for one in await dioceses.listed(connection)]


async def asked(database: Database, times: int) -> None:
    async with database.transaction() as connection:
        await connection.execute(
            """INSERT INTO ai_calls (hash, purpose, model, asked_at, state)
            SELECT 'h', 'p', 'm', %s, 'answered' FROM generate_series(1, %s)""",
            [NOW, times],
        )


async def test_where_all_is_well_nothing_is_the_matter(database: Database) -> None:
    await ids(database)
    assert await found(database) == ()


async def test_a_stage_that_stands_still(database: Database) -> None:
    units = await ids(database)
    for number in range(3):
        run, moment = f"run-{number}", NOW + timedelta(hours=number)
        async with database.transaction() as connection:
            await ledger.start(connection, run, Stage.EXTRACTION, moment)
            await ledger.plan(connection, run, Stage.EXTRACTION, units)
            for unit in units:
                done = ledger.Finished(Stage.EXTRACTION, UnitKind.DIOCESE, unit, unit, Outcome(Reason.TIMEOUT))
                await ledger.record(connection, run, "ann", done, moment)
            await ledger.finish(connection, run, Stage.EXTRACTION, moment, ok=True)
        assert bool(await found(database)) == (number == 2)
    (alert,) = await found(database)
    assert (alert.kind, alert.subject, alert.mend) == (AlertKind.STALLED, "extraction", "vitality status")
    assert alert.what.startswith("extraction stands still: in 3 cycles")
    assert alert.detail == {"stage": "extraction", "cycles": 3, "units": 3, "reasons": {"timeout": 3}}


async def test_a_diocese_that_is_held_back(database: Database) -> None:
    first, *_ = await ids(database)
    async with database.transaction() as connection:
        await reviews.hold(connection, first, run="r", published=40, proposed=(), why="40 would go", now=NOW)
    (alert,) = await found(database)
    assert (alert.kind, alert.subject) == (AlertKind.HELD_FOR_REVIEW, "Diocese of Aster")
    assert alert.what == "Diocese of Aster is held back: 40 parishes are published, 0 were read (40 would go)"
    assert alert.mend == f"vitality review show {alert.detail['review']}"
    async with database.transaction() as connection:
        await reviews.withdraw(connection, first, NOW)
    assert await found(database) == ()


@pytest.mark.parametrize(
    ("budget", "times", "told"),
    [(10, 7, False), (10, 8, True), (10, 10, True), (0, 0, False), (0, 1, True), (10, 0, False)],
)
async def test_a_budget_of_which_four_fifths_are_spent(database: Database, budget: int, times: int, told: bool) -> None:
    await asked(database, times)
    alerts = await found(database, load(gemini_budget=budget))
    assert [(alert.kind, alert.subject) for alert in alerts] == ([(AlertKind.AI_BUDGET, "2026-03-02")] if told else [])
