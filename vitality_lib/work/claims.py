"""Holding a diocese while working on it: a lease that is prolonged with every heartbeat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from vitality_lib.models import Stage
from vitality_lib.store import assignments
from vitality_lib.store.assignments import Claim, Ending, Holder
from vitality_lib.store.database import Database
from vitality_lib.store.errors import DatabaseUnavailable, LeaseLost
from vitality_lib.work.outages import through_outages
from vitality_lib.work.shutdown import PARTING_SECONDS, set_within
from vitality_lib.work.worker import Worker

_log = structlog.get_logger(__name__)
_LEAST_WAIT = 1 / 20  # of a heartbeat: a row may stay locked for a while after its lease has ended
_MOST_WAIT = 1 / 10  # of a heartbeat: who has nothing else to do sees soon that the holder has finished


@asynccontextmanager
async def claim(
    database: Database,
    diocese_id: int,
    stage: Stage,
    worker: Worker,
    lease_seconds: float,
    *,
    wait_until: asyncio.Event | None = None,
) -> AsyncIterator[Claim | None]:
    """Hold a diocese for the length of the block; None when another worker holds it.

    The lease is prolonged every heartbeat. When it is lost (this process stood still for longer than the lease, and
    another worker took over), the block is cancelled and LeaseLost comes out of it. At the end the diocese is given
    back as `completed`, after an exception as `failed`, after a cancellation as `released`.
    `wait_until`: the lease of a holder that gives no sign of life is waited for, though not when this is set.
    """
    held = await _take(database, diocese_id, stage, worker, lease_seconds=lease_seconds, wait_until=wait_until)
    if held is None:
        yield None
        return
    body = asyncio.current_task()
    assert body is not None
    keeper = asyncio.create_task(_keep(database, held, lease_seconds, worker.heartbeat_seconds, body))
    try:
        async with _given_back(database, held, keeper):
            with worker.at(held.diocese):
                yield held
    except asyncio.CancelledError:
        if not _was_lost(keeper):
            raise
        body.uncancel()
        raise keeper.result() from None


async def _take(
    database: Database,
    diocese_id: int,
    stage: Stage,
    worker: Worker,
    *,
    lease_seconds: float,
    wait_until: asyncio.Event | None,
) -> Claim | None:
    """The claim; None when it is another's and is not waited for: a sign of life since we came tells the living."""
    loop = asyncio.get_running_loop()
    came, beat = loop.time(), worker.heartbeat_seconds

    async def look() -> tuple[Claim | None, Holder | None]:
        async with database.transaction() as connection:
            held = await assignments.take(connection, [diocese_id], stage, worker.id, lease_seconds)
            return held, None if held else await assignments.holder(connection, diocese_id, stage)

    while True:
        since = loop.time() - came
        held, other = await through_outages(database, look)
        if held or wait_until is None or (other and other.silent_seconds < since):
            return held
        wait = min(max(other.lease_seconds if other else 0.0, _LEAST_WAIT * beat), _MOST_WAIT * beat)
        if await set_within(wait_until, wait):
            return None


async def _keep(
    database: Database, held: Claim, lease_seconds: float, heartbeat_seconds: float, body: asyncio.Task[object]
) -> LeaseLost:
    """Prolong the lease for ever; cancel the work and end with LeaseLost when it belongs to somebody else."""
    while True:
        await asyncio.sleep(heartbeat_seconds)
        try:
            async with database.transaction() as connection:
                await assignments.extend(connection, held, lease_seconds)
        except LeaseLost as lost:
            body.cancel()
            return lost
        except DatabaseUnavailable as error:
            _log.warning("lease not prolonged", diocese=held.diocese, why=str(error))


def _was_lost(keeper: asyncio.Task[LeaseLost]) -> bool:
    return keeper.done() and not keeper.cancelled() and keeper.exception() is None


@asynccontextmanager
async def _given_back(database: Database, held: Claim, keeper: asyncio.Task[LeaseLost]) -> AsyncIterator[None]:
    ending: Ending = "failed"
    try:
        yield
        ending = "completed"
    except asyncio.CancelledError:
        ending = "released"
        raise
    finally:
        keeper.cancel()  # first, or it would take the lease that is given back for a lost one
        with suppress(DatabaseUnavailable, TimeoutError):  # the lease ends by itself
            async with asyncio.timeout(PARTING_SECONDS), database.transaction() as connection:
                await assignments.end(connection, held, ending)
