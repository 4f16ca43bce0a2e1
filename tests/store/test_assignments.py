"""Leases on dioceses: one holder at a time; who falls silent loses it, and can write no more."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from vitality_lib.models import Diocese, Stage
from vitality_lib.store import assignments, dioceses
from vitality_lib.store.assignments import Claim, Ending, Holder
from vitality_lib.store.database import Database
from vitality_lib.store.errors import DatabaseUnavailable, LeaseLost

LONG, GONE = 60.0, 0.0  # seconds of a lease


async def take(
    database: Database, ids: list[int], worker: str, lease: float = LONG, stage: Stage = Stage.EXTRACTION
) -> Claim | None:
    async with database.transaction() as connection:
        return await assignments.take(connection, ids, stage, worker, lease)


async def taken(database: Database, ids: list[int], worker: str, lease: float = LONG) -> Claim:
    held = await take(database, ids, worker, lease)
    assert held is not None
    return held


async def must_hold(database: Database, held: Claim) -> None:
    async with database.transaction() as connection:
        await assignments.must_hold(connection, held)


async def end(database: Database, held: Claim, ending: Ending) -> None:
    async with database.transaction() as connection:
        await assignments.end(connection, held, ending)


@pytest.fixture
async def ten(database: Database, now) -> list[int]:  # type: ignore[no-untyped-def]
    async with database.transaction() as connection:
        await dioceses.publish(connection, [Diocese(f"Diocese {number}") for number in range(10)], now)
        return [one.id for one in await dioceses.listed(connection)]


async def test_a_free_diocese_is_taken_in_the_order_asked_for(database: Database, ten: list[int]) -> None:
    held = await taken(database, [ten[3], ten[1]], "ann")
    assert (held.diocese_id, held.diocese, held.worker_id) == (ten[3], "Diocese 3", "ann")


async def test_a_held_diocese_is_passed_over(database: Database, ten: list[int]) -> None:
    await taken(database, ten[:1], "ann")
    assert await take(database, ten[:1], "bob") is None
    assert (await taken(database, ten[:2], "bob")).diocese_id == ten[1]


async def test_stages_hold_a_diocese_apart(database: Database, ten: list[int]) -> None:
    await taken(database, ten[:1], "ann")
    assert await take(database, ten[:1], "bob", stage=Stage.SCHEDULE) is not None


async def test_fifty_takers_at_once_get_each_diocese_once(database: Database, ten: list[int]) -> None:
    claims = await asyncio.gather(*(take(database, ten, f"worker {number}") for number in range(50)))
    got = Counter(held.diocese_id for held in claims if held)
    assert got == dict.fromkeys(ten, 1)
    tokens = [held.token for held in claims if held]
    assert len(set(tokens)) == 10


async def test_a_row_that_another_is_just_taking_is_not_waited_for(database: Database, ten: list[int]) -> None:
    await end(database, await taken(database, ten[:2], "nobody"), "released")
    async with database.transaction() as undecided:
        first = await assignments.take(undecided, ten[:2], Stage.EXTRACTION, "ann", LONG)
        second = await asyncio.wait_for(take(database, ten[:2], "bob"), 5)
    assert first is not None
    assert second is not None
    assert {first.diocese_id, second.diocese_id} == set(ten[:2])


@pytest.mark.parametrize("ending", ["completed", "failed", "released"])
async def test_a_diocese_that_was_given_back_can_be_taken(database: Database, ten: list[int], ending: Ending) -> None:
    held = await taken(database, ten[:1], "ann")
    await end(database, held, ending)
    assert (await taken(database, ten[:1], "bob")).token > held.token


async def test_a_silent_holder_loses_its_diocese_and_can_write_no_more(database: Database, ten: list[int]) -> None:
    silent = await taken(database, ten[:1], "ann", GONE)
    heir = await taken(database, ten[:1], "bob")
    with pytest.raises(LeaseLost, match="worker ann lost Diocese 0"):
        await must_hold(database, silent)
    with pytest.raises(LeaseLost):
        async with database.transaction() as connection:
            await assignments.extend(connection, silent, LONG)
    await end(database, silent, "failed")
    await must_hold(database, heir)


async def test_a_late_heartbeat_keeps_a_diocese_that_nobody_else_took(database: Database, ten: list[int]) -> None:
    late = await taken(database, ten[:1], "ann", GONE)
    async with database.transaction() as connection:
        await assignments.extend(connection, late, LONG)
    assert await take(database, ten[:1], "bob") is None


async def test_a_worker_whose_name_is_used_again_is_another_holder(database: Database, ten: list[int]) -> None:
    before = await taken(database, ten[:1], "ann", GONE)
    await taken(database, ten[:1], "ann")
    with pytest.raises(LeaseLost):
        await must_hold(database, before)


async def test_nobody_can_take_over_while_the_holder_is_publishing(database: Database, ten: list[int]) -> None:
    held = await taken(database, ten[:1], "ann", GONE)
    async with database.transaction() as publishing:
        await assignments.must_hold(publishing, held)
        assert await take(database, ten[:1], "bob") is None
    assert await take(database, ten[:1], "bob") is not None


async def test_who_stands_still_while_it_publishes_loses_its_transaction_and_with_it_the_diocese(
    database: Database, ten: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frozen machine keeps its locks: else nobody could ever take over."""
    monkeypatch.setattr(assignments, "MOST_STILL_SECONDS", 1)
    held = await taken(database, ten[:1], "ann", GONE)
    with pytest.raises(DatabaseUnavailable):
        async with database.transaction() as connection:
            await assignments.must_hold(connection, held)
            await connection.execute("UPDATE dioceses SET city = 'Elsewhere'")
            assert await take(database, ten[:1], "bob") is None
            await asyncio.sleep(2)
            await taken(database, ten[:1], "bob")
            await connection.execute("SELECT 1")
    async with database.transaction() as connection:
        row = await (await connection.execute("SELECT count(*) FROM dioceses WHERE city = 'Elsewhere'")).fetchone()
    assert row == (0,)


async def test_two_publications_of_one_holder_do_not_wait_for_each_other(database: Database, ten: list[int]) -> None:
    held = await taken(database, ten[:1], "ann")
    async with database.transaction() as publishing:
        await assignments.must_hold(publishing, held)
        await asyncio.wait_for(must_hold(database, held), 5)


async def test_what_a_lost_holder_wrote_in_the_same_transaction_is_rolled_back(
    database: Database, ten: list[int]
) -> None:
    lost = await taken(database, ten[:1], "ann", GONE)
    await taken(database, ten[:1], "bob")
    with pytest.raises(LeaseLost):
        async with database.transaction() as connection:
            await connection.execute("UPDATE dioceses SET website = 'https://stale.example/'")
            await assignments.must_hold(connection, lost)
    async with database.transaction() as connection:
        assert {one.diocese.website for one in await dioceses.listed(connection)} == {None}


async def test_who_holds_a_diocese_can_be_asked_for_how_long_and_when_it_last_gave_a_sign_of_life(
    database: Database, ten: list[int]
) -> None:
    async def holder() -> Holder | None:
        async with database.transaction() as connection:
            return await assignments.holder(connection, ten[0], Stage.EXTRACTION)

    assert await holder() is None
    held = await taken(database, ten[:1], "ann")
    await asyncio.sleep(1.0)
    before = await holder()
    assert before
    assert before.worker_id == "ann"
    assert LONG - 5 < before.lease_seconds <= LONG - 1.0
    async with database.transaction() as connection:
        await assignments.extend(connection, held, LONG)
    after = await holder()
    assert after
    assert after.silent_seconds < 1.0 <= before.silent_seconds
    await end(database, held, "completed")
    assert await holder() is None
    await taken(database, ten[:1], "ann", GONE)
    assert await holder() is None
