"""Workers that cannot end by themselves, whatever is said to them: they are ended, and what they held is free."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psutil
import pytest
from command_line import ROOT, Vitality
from tiny_country import LARKSPUR, Country

from vitality_lib.work import last_moment, shutdown

pytestmark = pytest.mark.timeout(120)
IN_TIME = 25.0  # seconds; Kubernetes kills after 30

# A `vitality worker` whose reader does something that nobody can take back; with it, a child in a session of its own.
HANGING = """
import asyncio, subprocess, sys, threading, time
from vitality_lib import cli
from vitality_lib.units import parish_list
from vitality_lib.work import last_moment

last_moment.LastMoment.__init__.__defaults__ = (float(sys.argv[1]),)

async def computes(*_):
    while True:
        pass

async def lets_a_thread_run(*_):
    await asyncio.to_thread(time.sleep, 600)

async def holds_the_ledger(*_):
    import gc
    from vitality_lib.store.database import Database
    (database,) = [one for one in gc.get_objects() if isinstance(one, Database)]
    async with database.transaction() as connection:
        await connection.execute("SELECT 1 FROM diocese_work_assignments FOR UPDATE")
        await computes()

async def hangs(*_):
    subprocess.Popen(["sleep", "600"], start_new_session=True)
    print("hangs", flush=True)
    await globals()[sys.argv[2]]()

parish_list.collect = hangs
sys.exit(cli.main(["worker", "--type", "extraction"]))
"""


@asynccontextmanager
async def hanging(country: Country, vitality: Vitality, how: str, last: float, **more: str) -> AsyncIterator[Process]:
    given = country.environment(VITALITY_FORCE="true", VITALITY_DIOCESES=LARKSPUR, WORKER_ID=how, **more)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HANGING, str(last), how), cwd=ROOT, env=vitality.variables(given), stdout=PIPE
    )
    assert process.stdout
    try:
        assert await asyncio.wait_for(process.stdout.readline(), 60) == b"hangs\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def seconds_to_end(process: Process) -> float:
    """Ask it to end; how long it takes until it and its child have gone."""
    (child,) = psutil.Process(process.pid).children()
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.wait(), 60)
    took = time.monotonic() - began
    await asyncio.to_thread(psutil.wait_procs, [child], 5)
    assert not child.is_running()
    return took


async def held(country: Country) -> list[tuple[object, ...]]:
    return await country.rows(
        """SELECT worker_id FROM pipeline_workers WHERE status = 'active'
        UNION ALL SELECT worker_id FROM diocese_work_assignments WHERE status = 'processing'"""
    )


@pytest.mark.parametrize(("how", "run", "code"), [("computes", "", 0), ("lets_a_thread_run", "airflow's", 75)])
async def test_it_ends_by_force_with_its_children_and_gives_back_what_it_holds(
    known: Country, vitality: Vitality, how: str, run: str, code: int
) -> None:
    """With the exit code of who ends when asked to: 0, but 75 for the task of a run that is to be tried again."""
    async with hanging(known, vitality, how, last=1.0, VITALITY_RUN=run) as process:
        assert len(await held(known)) == 2
        assert await seconds_to_end(process) < 1 + last_moment.FAREWELL_SECONDS + 4
        assert process.returncode == code
    assert await held(known) == []


async def test_a_farewell_that_hangs_itself_is_not_waited_for(known: Country, vitality: Vitality) -> None:
    """The worker's own transaction holds the row that the farewell would write; then the lease ends by itself."""
    async with hanging(known, vitality, "holds_the_ledger", last=0.5) as process:
        assert await seconds_to_end(process) < 0.5 + last_moment.FAREWELL_SECONDS + 4


def test_the_last_moment_is_after_every_other_word_and_before_kubernetes() -> None:
    assert shutdown.GRACE_SECONDS + shutdown.PARTING_SECONDS < last_moment.LAST_SECONDS
    assert last_moment.LAST_SECONDS + last_moment.FAREWELL_SECONDS < IN_TIME - 2


@pytest.mark.chaos
@pytest.mark.parametrize("how", ["computes", "lets_a_thread_run"])
async def test_as_it_is_shipped_it_is_gone_in_time(known: Country, vitality: Vitality, how: str) -> None:
    async with hanging(known, vitality, how, last=last_moment.LAST_SECONDS) as process:
        assert await seconds_to_end(process) < IN_TIME
        assert process.returncode == 0
    assert await held(known) == []
