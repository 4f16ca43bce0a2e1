"""Holding a diocese while working on it, and losing it."""

from __future__ import annotations

import asyncio
import time

import pytest

from vitality_lib.models import Stage
from vitality_lib.store import assignments
from vitality_lib.store.assignments import Claim
from vitality_lib.store.database import Database
from vitality_lib.store.errors import LeaseLost
from vitality_lib.work.claims import claim
from vitality_lib.work.worker import Worker

ANN, BOB = Worker("ann", heartbeat_seconds=0.05), Worker("bob", heartbeat_seconds=0.05)
STAGE = Stage.EXTRACTION


async def status(database: Database) -> tuple[str, str]:
    async with database.transaction() as connection:
        row = await (
            await connection.execute("SELECT status, worker_id FROM diocese_work_assignments ORDER BY token DESC")
        ).fetchone()
    assert row
    return row


async def rob(database: Database, held: Claim) -> None:
    """What another worker does when the lease has ended: here at once."""
    async with database.transaction() as connection:
        await connection.execute("UPDATE diocese_work_assignments SET lease_until = '-infinity'")
        assert await assignments.take(connection, [held.diocese_id], STAGE, "bob", 60)


async def test_a_diocese_is_held_for_the_length_of_the_block(database: Database, two: tuple[int, int]) -> None:
    async with claim(database, two[0], STAGE, ANN, lease_seconds=60) as held:
        assert held
        assert ANN.current_diocese == "Aster"
        assert await status(database) == ("processing", "ann")
    assert ANN.current_diocese is None
    assert await status(database) == ("completed", "ann")


async def test_what_another_worker_holds_is_not_waited_for(database: Database, two: tuple[int, int]) -> None:
    async with (
        claim(database, two[0], STAGE, ANN, lease_seconds=60) as anns,
        claim(database, two[0], STAGE, BOB, lease_seconds=60) as bobs,
        claim(database, two[1], STAGE, BOB, lease_seconds=60) as other,
    ):
        assert (anns is not None, bobs, other is not None) == (True, None, True)


async def test_heartbeats_keep_a_diocese_for_longer_than_its_lease(database: Database, two: tuple[int, int]) -> None:
    async with claim(database, two[0], STAGE, ANN, lease_seconds=0.3):
        await asyncio.sleep(0.8)
        async with claim(database, two[0], STAGE, BOB, lease_seconds=60) as bobs:
            assert bobs is None


async def test_who_waits_has_a_dead_workers_diocese_when_its_lease_ends(
    database: Database, two: tuple[int, int]
) -> None:
    async with database.transaction() as connection:
        await assignments.take(connection, [two[0]], STAGE, "dead", 0.4)
    began = time.monotonic()
    async with claim(database, two[0], STAGE, ANN, lease_seconds=60, wait_until=asyncio.Event()) as held:
        assert held
    assert 0.2 < time.monotonic() - began < 3


async def test_a_living_worker_is_not_waited_for_its_next_heartbeat_tells(
    database: Database, two: tuple[int, int]
) -> None:
    began = time.monotonic()
    async with (
        claim(database, two[0], STAGE, BOB, lease_seconds=60),
        claim(database, two[0], STAGE, ANN, lease_seconds=60, wait_until=asyncio.Event()) as held,
    ):
        assert held is None
    assert time.monotonic() - began < 3


async def test_who_waits_for_a_dead_worker_ends_at_once_when_asked_to(database: Database, two: tuple[int, int]) -> None:
    async with database.transaction() as connection:
        await assignments.take(connection, [two[0]], STAGE, "dead", 60)
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.3, stop.set)
    began = time.monotonic()
    async with claim(database, two[0], STAGE, ANN, lease_seconds=60, wait_until=stop) as held:
        assert held is None
    assert time.monotonic() - began < 3


async def test_work_on_a_diocese_that_was_lost_is_cancelled_and_the_loss_comes_out(
    database: Database, two: tuple[int, int]
) -> None:
    with pytest.raises(LeaseLost, match="ann lost Aster"):
        async with claim(database, two[0], STAGE, ANN, lease_seconds=60) as held:
            assert held
            await rob(database, held)
            await asyncio.sleep(10)
    assert await status(database) == ("processing", "bob")
    task = asyncio.current_task()
    assert task
    assert not task.cancelling()


async def test_an_exception_gives_the_diocese_back_as_failed(database: Database, two: tuple[int, int]) -> None:
    with pytest.raises(ZeroDivisionError):
        async with claim(database, two[0], STAGE, ANN, lease_seconds=60):
            raise ZeroDivisionError
    assert await status(database) == ("failed", "ann")


async def test_a_cancelled_worker_gives_the_diocese_back_at_once(database: Database, two: tuple[int, int]) -> None:
    async def work() -> None:
        async with claim(database, two[0], STAGE, ANN, lease_seconds=60):
            await asyncio.sleep(10)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await status(database) == ("released", "ann")


async def test_a_heartbeat_that_cannot_reach_the_database_does_not_end_the_work(
    database: Database, two: tuple[int, int]
) -> None:
    async with claim(database, two[0], STAGE, ANN, lease_seconds=60) as held:
        assert held
        for _ in range(3):
            async with database.transaction() as connection:
                await connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            await asyncio.sleep(0.1)
    assert await status(database) == ("completed", "ann")
