"""A worker as the others see it: there, at something, silent, gone."""

from __future__ import annotations

import asyncio

import pytest

from vitality_lib.models import Stage
from vitality_lib.settings import Settings
from vitality_lib.store import workers
from vitality_lib.store.database import Database
from vitality_lib.store.workers import WorkerState
from vitality_lib.work.worker import at_work


async def ann(database: Database) -> WorkerState:
    async with database.transaction() as connection:
        (state,) = await workers.states(connection)
    return state


async def test_a_worker_registers_beats_and_says_goodbye(database: Database, quick: Settings) -> None:
    async with at_work(database, quick) as worker:
        registered = await ann(database)
        assert (registered.worker_id, registered.worker_type, registered.status) == ("ann", Stage.ALL, "active")
        worker.parishes_done = 3
        with worker.at("Aster"), worker.at("Bluebell"):
            await asyncio.sleep(1.0)
            at_it = await ann(database)
        assert (at_it.current_diocese, at_it.parishes_done) == ("Aster", 3)
        assert at_it.silent_seconds < 1.0
    gone = await ann(database)
    assert (gone.status, gone.current_diocese, gone.parishes_done) == ("inactive", None, 3)


async def test_a_worker_that_breaks_is_marked_as_failed(database: Database, quick: Settings) -> None:
    with pytest.raises(ZeroDivisionError):
        async with at_work(database, quick):
            raise ZeroDivisionError
    assert (await ann(database)).status == "failed"


async def test_being_asked_to_end_is_no_failure(database: Database, quick: Settings) -> None:
    async def work() -> None:
        async with at_work(database, quick):
            await asyncio.sleep(10)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await ann(database)).status == "inactive"


async def test_a_name_that_is_used_again_starts_afresh(database: Database, quick: Settings) -> None:
    async with at_work(database, quick) as worker:
        worker.parishes_done = 3
        await asyncio.sleep(0.2)
    async with at_work(database, quick):
        assert ((await ann(database)).status, (await ann(database)).parishes_done) == ("active", 0)


async def test_a_silent_worker_is_declared_dead_by_one_that_lives(database: Database, quick: Settings) -> None:
    async with database.transaction() as connection:
        for name in ("silent", "late"):
            await workers.register(connection, name, Stage.SCHEDULE, "pod")
        await connection.execute(
            "UPDATE pipeline_workers SET last_heartbeat = now() - interval '1 hour' WHERE worker_id = 'silent'"
        )
    async with at_work(database, quick), database.transaction() as connection:
        states = {state.worker_id: state.status for state in await workers.states(connection)}
        assert states == {"ann": "active", "late": "active", "silent": "failed"}
    async with at_work(database, quick):
        await asyncio.sleep(0.6)  # longer than a lease
    async with database.transaction() as connection:
        assert {state.worker_id: state.status for state in await workers.states(connection)} == {
            "ann": "inactive",
            "late": "failed",
            "silent": "failed",
        }


async def test_a_heart_goes_on_beating_after_the_database_was_away(database: Database, quick: Settings) -> None:
    async with at_work(database, quick) as worker:
        async with database.transaction() as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        worker.parishes_done = 8
        await asyncio.sleep(0.5)
        assert (await ann(database)).parishes_done == 8
