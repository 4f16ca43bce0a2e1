"""The dioceses of a stage, several at once: each under a lease, and each ends in one outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime

import structlog

from vitality_lib.models import Outcome, Stage
from vitality_lib.store.assignments import Claim
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.units.work import PASSED_ON, Work, done_meanwhile, record_broken
from vitality_lib.work.claims import claim
from vitality_lib.work.outages import through_outages
from vitality_lib.work.side_by_side import side_by_side

Unit = Callable[[Work, KnownDiocese, Claim], Awaitable[Outcome]]
_NO_LIMIT = nullcontext()
_log = structlog.get_logger(__name__)


async def do_each(work: Work, stage: Stage, unit: Unit, planned: Sequence[KnownDiocese]) -> list[Outcome | None]:
    """Several dioceses at once; None for one that a living worker holds, or that was not begun before the end.

    Where their parishes are visited, as many as fill the worker's room (`units.room`). What is held is come back to at
    the end: meanwhile its holder has finished, or fallen silent.
    """
    work.worker.dioceses_planned += len(planned)
    at_once = asyncio.Semaphore(work.settings.concurrency)

    def room(diocese: KnownDiocese) -> AbstractAsyncContextManager[None]:
        return work.room.diocese(diocese.id) if stage is Stage.SCHEDULE else at_once

    async def one(diocese: KnownDiocese) -> Outcome | None:
        async with room(diocese):
            return None if work.stop.is_set() else await _hold_and_do(work, stage, unit, diocese)

    async def again(diocese: KnownDiocese, before: Outcome | None) -> Outcome | None:
        if before or work.stop.is_set():
            return before
        return await _hold_and_do(work, stage, unit, diocese, wait_until=work.stop, room=room(diocese))

    first = await side_by_side(one(diocese) for diocese in planned)
    return await side_by_side(again(*pair) for pair in zip(planned, first, strict=True))


async def _hold_and_do(
    work: Work,
    stage: Stage,
    unit: Unit,
    diocese: KnownDiocese,
    *,
    wait_until: asyncio.Event | None = None,
    room: AbstractAsyncContextManager[None] = _NO_LIMIT,
) -> Outcome | None:
    """One diocese under a lease; `room` is waited for when it is had. None: another worker holds it."""
    lease = work.settings.lease_seconds
    with structlog.contextvars.bound_contextvars(stage=stage.value, diocese=diocese.name):
        async with claim(work.database, diocese.id, stage, work.worker, lease, wait_until=wait_until) as held, room:
            if held is None:
                _log.info("held elsewhere")
                return None
            if work.stop.is_set():
                return None
            return await through_outages(work.database, lambda: _do_held(work, stage, unit, diocese, held))


async def _do_held(work: Work, stage: Stage, unit: Unit, diocese: KnownDiocese, held: Claim) -> Outcome:
    outcome = await done_meanwhile(work, stage, diocese)
    if outcome:
        _log.info("done meanwhile")
        return outcome
    began = work.now()
    work.worker.tell("progress", {"step": "begun", "diocese": diocese.name, **work.worker.figures})
    try:
        outcome = await unit(work, diocese, held)
    except PASSED_ON:
        raise
    except Exception as error:
        _log.exception("broken")
        outcome = work.broken(error)
        await record_broken(work, stage, diocese, held, outcome)
    work.worker.dioceses_done += 1
    ending = {"outcome": outcome.reason.value, "detail": outcome.detail, "seconds": _since(work, began)}
    work.worker.tell("progress", {"step": "finished", "diocese": diocese.name, **ending, **work.worker.figures})
    _log.info("diocese", outcome=outcome.reason.value, detail=outcome.detail)
    return outcome


def _since(work: Work, began: datetime) -> float:
    return round((work.now() - began).total_seconds(), 3)
