"""Whole processes: one that is asked to end gives its diocese back at once, one that is killed after its lease."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from vitality_lib.models import Stage
from vitality_lib.store import workers
from vitality_lib.store.database import Database
from vitality_lib.work.claims import claim
from vitality_lib.work.worker import Worker

WORK = """
import asyncio, sys
from vitality_lib.models import Stage
from vitality_lib.settings import load
from vitality_lib.store.database import connect
from vitality_lib.work.claims import claim
from vitality_lib.work.shutdown import heed_signals
from vitality_lib.work.worker import at_work

async def main():
    settings = load(database_url=sys.argv[1], worker_id="other", heartbeat_seconds=0.1, lease_seconds=1.0)
    async with heed_signals() as stop, connect(settings) as database, at_work(database, settings) as worker:
        async with claim(database, int(sys.argv[2]), Stage.SCHEDULE, worker, settings.lease_seconds) as held:
            print("held" if held else "free", flush=True)
            await stop.wait()

asyncio.run(main())
"""
ME = Worker("me", heartbeat_seconds=0.1)


@asynccontextmanager
async def holding(url: str, diocese: int) -> AsyncIterator[Process]:
    """Another process that holds a diocese until it is asked to end."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", WORK, url, str(diocese), stdout=PIPE)
    assert process.stdout
    try:
        assert await process.stdout.readline() == b"held\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def status_of_the_other(database: Database) -> str:
    async with database.transaction() as connection:
        return {state.worker_id: state.status for state in await workers.states(connection)}["other"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_asked_to_end_it_gives_back_and_says_goodbye(
    database: Database, database_url: str, two: tuple[int, int], number: signal.Signals
) -> None:
    async with holding(database_url, two[0]) as other:
        other.send_signal(number)
        assert await asyncio.wait_for(other.wait(), 25) == 0
    assert await status_of_the_other(database) == "inactive"
    async with claim(database, two[0], Stage.SCHEDULE, ME, lease_seconds=60) as held:
        assert held


async def test_killed_it_loses_its_diocese_when_the_lease_ends(
    database: Database, database_url: str, two: tuple[int, int]
) -> None:
    async with holding(database_url, two[0]) as other:
        other.kill()
        await other.wait()
    began = time.monotonic()
    async with claim(database, two[0], Stage.SCHEDULE, ME, lease_seconds=60, wait_until=asyncio.Event()) as held:
        assert held
    assert time.monotonic() - began < 5


async def test_stopped_for_longer_than_its_lease_it_ends_with_the_loss_when_it_wakes(
    database: Database, database_url: str, two: tuple[int, int]
) -> None:
    async with holding(database_url, two[0]) as other:
        other.send_signal(signal.SIGSTOP)
        async with claim(database, two[0], Stage.SCHEDULE, ME, lease_seconds=60, wait_until=asyncio.Event()) as held:
            assert held
            other.send_signal(signal.SIGCONT)
            assert await asyncio.wait_for(other.wait(), 25) == 1
    assert await status_of_the_other(database) == "failed"
