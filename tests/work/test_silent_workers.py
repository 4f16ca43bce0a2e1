"""A silent worker's dioceses go to another within two heartbeats of its lease's end, by the database's own clock."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta

from vitality_lib.store.database import Database

HEARTBEAT, LEASE = 1.0, 4.0  # seconds

# Holds a diocese, waiting for it when its holder is silent, until it is ended.
WORK = f"""
import asyncio, sys
from vitality_lib.models import Stage
from vitality_lib.settings import load
from vitality_lib.store.database import connect
from vitality_lib.work.claims import claim
from vitality_lib.work.worker import at_work

async def main():
    settings = load(
        database_url=sys.argv[1], worker_id=sys.argv[3], heartbeat_seconds={HEARTBEAT}, lease_seconds={LEASE}
    )
    async with connect(settings) as database, at_work(database, settings) as worker:
        print("ready", flush=True)
        sys.stdin.readline()
        waits = asyncio.Event()
        stage, lease = Stage.SCHEDULE, settings.lease_seconds
        async with claim(database, int(sys.argv[2]), stage, worker, lease, wait_until=waits) as held:
            print("held" if held else "free", flush=True)
            await asyncio.sleep(600)

asyncio.run(main())
"""


@asynccontextmanager
async def worker(url: str, diocese: int, name: str) -> AsyncIterator[Process]:
    """A process that is at work, and takes the diocese when it is told to."""
    argv = [sys.executable, "-c", WORK, url, str(diocese), name]
    process = await asyncio.create_subprocess_exec(*argv, stdin=PIPE, stdout=PIPE)
    try:
        await says(process, "ready")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def says(process: Process, word: str) -> None:
    """Wait until it says this, whatever it logs before."""
    assert process.stdout
    async with asyncio.timeout(60):
        async for line in process.stdout:
            if line.decode().strip() == word:
                return
    raise EOFError(word)


def go(process: Process) -> None:
    assert process.stdin
    process.stdin.write(b"\n")


async def held_by(database: Database, diocese: int) -> tuple[str, datetime, datetime]:
    """Who holds it, since when, and until when its lease runs."""
    async with database.transaction() as connection:
        row = await (
            await connection.execute(
                "SELECT worker_id, assigned_at, lease_until FROM diocese_work_assignments WHERE diocese_id = %s",
                [diocese],
            )
        ).fetchone()
    assert row
    return row


async def status_of(database: Database, name: str) -> str:
    async with database.transaction() as connection:
        row = await (
            await connection.execute("SELECT status FROM pipeline_workers WHERE worker_id = %s", [name])
        ).fetchone()
    assert row
    return str(row[0])


async def test_killed_or_stopped_their_dioceses_are_anothers_within_two_heartbeats_of_the_leases_end(
    database: Database, database_url: str, two: tuple[int, int]
) -> None:
    """One of two silent workers was killed, the other stands still: both at once, each with an heir that waits."""
    ways = {two[0]: ("killed", signal.SIGKILL), two[1]: ("stopped", signal.SIGSTOP)}
    async with AsyncExitStack() as stack:
        silent = {one: await stack.enter_async_context(worker(database_url, one, ways[one][0])) for one in two}
        heirs = {one: await stack.enter_async_context(worker(database_url, one, f"heir of {one}")) for one in two}
        for one, process in silent.items():
            go(process)
            await says(process, "held")
            process.send_signal(ways[one][1])
        await silent[two[0]].wait()
        await asyncio.sleep(0.2)  # what was on its way to the database is there
        ends = {one: (await held_by(database, one))[2] for one in two}
        for heir in heirs.values():
            go(heir)
        await asyncio.gather(*(says(heir, "held") for heir in heirs.values()))
        for one in two:
            name, taken, _ = await held_by(database, one)
            assert name == f"heir of {one}"
            assert timedelta() <= taken - ends[one] <= timedelta(seconds=2 * HEARTBEAT)
        await asyncio.sleep(HEARTBEAT)  # the living notice the dead with each heartbeat
        assert [await status_of(database, name) for name, _ in ways.values()] == ["failed", "failed"]
