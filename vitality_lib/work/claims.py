"""Holding a diocese while working on it: a lease that is prolonged with every heartbeat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from vitality_lib.models import Stage
from vitality_lib.store import assignments
from vitality_lib.store.assignments import Claim, Ending
from vitality_lib.store.database import Database
from vitality_lib.store.errors import DatabaseUnavailable, LeaseLost
from vitality_lib.work.worker import Worker

_log = structlog.get_logger(__name__)
_LEAST_WAIT = 0.05  # seconds


@asynccontextmanager
async def claim(
    database: Database,
    diocese_id: int,
    stage: Stage,
    worker: Worker,
    lease_seconds: float,
    *,
    patience: float = 0.0,
) -> AsyncIterator[Claim | None]:
    """Hold a diocese for the length of the block; None when another worker holds it.

    The lease is prolonged every heartbeat. When it is lost (this process stood still for longer than the lease, and
    another worker took over), the block is cancelled and LeaseLost comes out of it. At the end the diocese is given
    back as `completed`, after an exception as `failed`, after a cancellation as `released`.
    `patience`: seconds to wait for the lease of a holder that may be dead.
    """
    held = await _take(database, diocese_id, stage, worker.id, lease_seconds=lease_seconds, patience=patience)
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
    database: Database, diocese_id: int, stage: Stage, worker_id: str, *, lease_seconds: float, patience: float
) -> Claim | None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience
    while True:
        async with database.transaction() as connection:
            held = await assignments.take(connection, [diocese_id], stage, worker_id, lease_seconds)
            wait = 0.0 if held else await assignments.free_in(connection, [diocese_id], stage) or 0.0
        if held or loop.time() + wait >= deadline:
            return held
        await asyncio.sleep(max(wait, _LEAST_WAIT))


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
        with suppress(DatabaseUnavailable):  # the lease ends by itself
            async with database.transaction() as connection:
                await assignments.end(connection, held, ending)
