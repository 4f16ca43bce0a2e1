"""The five stages as plain functions: the whole flow on one screen.

A stage plans its due dioceses, takes each under a lease, does it, and ends it in exactly one outcome; the gate then
holds what was planned against what was finished. How one diocese is done stands in `units/`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from vitality_lib import units
from vitality_lib.models import Outcome, Reason, Stage
from vitality_lib.store import dioceses
from vitality_lib.store.assignments import Claim
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.units import StageFailed, Work
from vitality_lib.work import run_ledger
from vitality_lib.work.claims import claim
from vitality_lib.work.shutdown import BEFORE_THE_END, Interrupted
from vitality_lib.work.side_by_side import side_by_side

Unit = Callable[[Work, KnownDiocese, Claim], Awaitable[Outcome]]
_log = structlog.get_logger(__name__)


class HeldElsewhere(Exception):  # noqa: N818 - named after what happened
    """A diocese is in another worker's hands. Try again later."""

    def __init__(self) -> None:
        super().__init__("another worker holds the diocese; it is free when that worker ends or falls silent")


async def discovery(work: Work, step: str | None = None) -> None:
    """Steps 1 and 2: the USCCB list becomes dioceses; each diocese's site is asked for its parish directory."""
    if step != "directories":
        await units.read_diocese_list(work)
    if step != "dioceses":
        await each_due_diocese(work, Stage.DISCOVERY, units.find_directory)


async def extraction(work: Work) -> None:
    """Step 3: each directory is read whole and becomes parishes, or is held back for review."""
    await each_due_diocese(work, Stage.EXTRACTION, units.read_parishes)


async def schedule(work: Work) -> None:
    """Step 4: each parish's website is visited and its service times are read, with their evidence."""
    await each_due_diocese(work, Stage.SCHEDULE, units.visit_parishes)


async def reporting(work: Work) -> None:
    """Step 5: what is known, how good it is and what changed, as one page and files."""
    await units.report(work)


async def everything(work: Work) -> None:
    """Steps 1 to 5 in order."""
    for stage in (discovery, extraction, schedule, reporting):
        await stage(work)


STAGES: dict[Stage, Callable[[Work], Awaitable[None]]] = {
    Stage.DISCOVERY: discovery,
    Stage.EXTRACTION: extraction,
    Stage.SCHEDULE: schedule,
    Stage.REPORTING: reporting,
    Stage.ALL: everything,
}


async def each_due_diocese(work: Work, stage: Stage, unit: Unit) -> None:
    """Plan, do and gate a stage.

    Raises StageFailed when a planned diocese did not finish; Interrupted when that is because the end was asked for,
    and HeldElsewhere when another worker has it.
    """
    planned = await _plan(work, stage)
    await run_ledger.begin(work.database, work.run, stage, [diocese.id for diocese in planned], work.now)
    outcomes = await _do(work, stage, unit, planned)
    verdict = await run_ledger.end(work.database, work.run, stage, work.now)
    if verdict.ok:
        return
    if work.stop.is_set():
        raise Interrupted(BEFORE_THE_END)
    if None in outcomes and not verdict.broken:
        raise HeldElsewhere
    raise StageFailed(verdict.line)


async def each_given_diocese(work: Work, stage: Stage, unit: Unit) -> None:
    """Do the dioceses that somebody else planned (Airflow's plan task, which has a gate of its own).

    Raises HeldElsewhere, StageFailed when one of them broke, or Interrupted when the end was asked for before it.
    """
    async with work.database.transaction() as connection:
        given = await dioceses.named(connection, work.settings.dioceses)
    outcomes = await _do(work, stage, unit, given)
    if work.stop.is_set() and any(outcome is None or outcome.reason is Reason.INTERRUPTED for outcome in outcomes):
        raise Interrupted(BEFORE_THE_END)
    if None in outcomes:
        raise HeldElsewhere
    broken = [outcome.detail for outcome in outcomes if outcome and outcome.reason is Reason.INTERNAL_ERROR]
    if broken:
        raise StageFailed("; ".join(broken))


async def _plan(work: Work, stage: Stage) -> tuple[KnownDiocese, ...]:
    chosen = work.settings
    async with work.database.transaction() as connection:
        return await dioceses.due(
            connection,
            stage,
            work.now(),
            names=chosen.dioceses,
            at_most=chosen.max_dioceses,
            force=chosen.force,
        )


async def _do(work: Work, stage: Stage, unit: Unit, planned: Sequence[KnownDiocese]) -> list[Outcome | None]:
    """Several dioceses at once; None for one that another worker holds, or that was not begun before the end."""
    at_once = asyncio.Semaphore(work.settings.concurrency)

    async def one(diocese: KnownDiocese) -> Outcome | None:
        async with at_once:
            if work.stop.is_set():
                return None
            return await _hold_and_do(work, stage, unit, diocese)

    return await side_by_side(one(diocese) for diocese in planned)


async def _hold_and_do(work: Work, stage: Stage, unit: Unit, diocese: KnownDiocese) -> Outcome | None:
    with structlog.contextvars.bound_contextvars(stage=stage.value, diocese=diocese.name):
        async with claim(work.database, diocese.id, stage, work.worker, work.settings.lease_seconds) as held:
            if held is None:
                _log.info("held elsewhere")
                return None
            try:
                outcome = await unit(work, diocese, held)
            except units.PASSED_ON:
                raise
            except Exception as error:
                _log.exception("broken")
                outcome = Outcome(Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}")
                await units.record_broken(work, stage, diocese, held, outcome)
            _log.info("diocese", outcome=outcome.reason.value, detail=outcome.detail)
            return outcome
