"""The five stages as plain functions: the whole flow on one screen.

A stage plans its due dioceses, takes each under a lease, does it, and ends it in exactly one outcome; the gate then
holds what was planned against what was finished. How one diocese is done stands in `units/`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from vitality_lib.models import Reason, Stage
from vitality_lib.store import backlog, dioceses
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.units.canary import hear_canary
from vitality_lib.units.each_diocese import Unit, do_each
from vitality_lib.units.reporting import report
from vitality_lib.units.retention import forget_the_old
from vitality_lib.units.work import Work
from vitality_lib.work import run_ledger
from vitality_lib.work.endings import HeldElsewhere, StageFailed
from vitality_lib.work.outages import through_outages
from vitality_lib.work.shutdown import BEFORE_THE_END, Interrupted
from vitality_lib.work.watchdog import StalledError


async def discovery(work: Work, step: str | None = None) -> None:
    """Steps 1 and 2: the USCCB list becomes dioceses; each diocese's site is asked for its parish directory."""
    from vitality_lib.units.diocese_list import read_diocese_list  # noqa: PLC0415 - no stage waits for another's readers
    from vitality_lib.units.directory_search import find_directory  # noqa: PLC0415

    if step != "directories":
        await through_outages(work.database, lambda: read_diocese_list(work))
    if step != "dioceses":
        await each_due_diocese(work, Stage.DISCOVERY, find_directory)


async def extraction(work: Work) -> None:
    """Step 3: each directory is read whole and becomes parishes, or is held back for review."""
    from vitality_lib.units.parish_list import read_parishes  # noqa: PLC0415 - as above

    await each_due_diocese(work, Stage.EXTRACTION, read_parishes)


async def schedule(work: Work) -> None:
    """Step 4: each parish's website is visited and its service times are read, with their evidence."""
    from vitality_lib.units.parish_visits import visit_parishes  # noqa: PLC0415 - as above

    await each_due_diocese(work, Stage.SCHEDULE, visit_parishes)


async def reporting(work: Work) -> None:
    """Step 5: what is known, how good it is and what changed, as one page and files."""
    await through_outages(work.database, lambda: report(work))
    await through_outages(work.database, lambda: forget_the_old(work))


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
    HeldElsewhere when another worker has it, and StalledError when cycle after cycle brings nothing.
    """
    await hear_canary(work, stage)
    planned = await through_outages(work.database, lambda: _plan(work, stage))
    outcomes = await do_each(work, stage, unit, planned)
    verdict = await through_outages(
        work.database, lambda: run_ledger.end(work.database, work.run, stage, work.now, work.settings.stalled_cycles)
    )
    if verdict.stall:
        raise StalledError(verdict.stall)
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
    await hear_canary(work, stage)
    given = await through_outages(work.database, lambda: _given(work))
    outcomes = await do_each(work, stage, unit, given)
    if work.stop.is_set() and any(outcome is None or outcome.reason is Reason.INTERRUPTED for outcome in outcomes):
        raise Interrupted(BEFORE_THE_END)
    if None in outcomes:
        raise HeldElsewhere
    broken = [outcome.detail for outcome in outcomes if outcome and outcome.reason is Reason.INTERNAL_ERROR]
    if broken:
        raise StageFailed("; ".join(broken))


async def _given(work: Work) -> tuple[KnownDiocese, ...]:
    async with work.database.transaction() as connection:
        return await dioceses.named(connection, work.settings.dioceses)


async def _plan(work: Work, stage: Stage) -> tuple[KnownDiocese, ...]:
    chosen = work.settings
    async with work.database.transaction() as connection:
        planned = await dioceses.due(
            connection,
            stage,
            work.now(),
            names=chosen.dioceses,
            at_most=chosen.max_dioceses,
            force=chosen.force,
        )
        planned = await backlog.longest_first(connection, stage, work.now(), planned, chosen, force=chosen.force)
    await run_ledger.begin(work.database, work.run, stage, [diocese.id for diocese in planned], work.now)
    return planned
