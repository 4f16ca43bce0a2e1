"""Step 4: the services that each parish's website states."""

from __future__ import annotations

import structlog

from vitality_lib.models import Outcome, Reason, Stage, UnitKind
from vitality_lib.schedules.visit import Visit, visit
from vitality_lib.store import parishes
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.store.ledger import Finished
from vitality_lib.store.parishes import KnownParish
from vitality_lib.units import crowds
from vitality_lib.units.publishing import let_go
from vitality_lib.units.visit_found import publish_visit
from vitality_lib.units.work import PASSED_ON, Work, of_diocese, record
from vitality_lib.work.side_by_side import side_by_side

_log = structlog.get_logger(__name__)


async def visit_parishes(work: Work, diocese: KnownDiocese, held: Claim) -> Outcome:
    """The due parishes of a diocese are visited, several sites at once; each ends in its own outcome."""
    limit, force = work.settings.num_parishes_for_schedule, work.settings.force
    async with work.database.transaction() as connection:
        due = await parishes.due(connection, diocese.id, work.now(), at_most=limit, force=force, run=work.run)
        order = await crowds.from_both_ends(connection, due)
    work.worker.parishes_planned += len(due)
    outcomes = await side_by_side(_visit_in_turn(work, parish, held) for parish in order)
    good = sum(outcome.ok for outcome in outcomes if outcome)
    interrupted = None in outcomes
    outcome = Outcome(Reason.INTERRUPTED if interrupted else Reason.OK, f"{good} of {len(due)} parishes with services")
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        await record(work, connection, of_diocese(diocese, Stage.SCHEDULE, outcome, good))
    return outcome


async def _visit_in_turn(work: Work, parish: KnownParish, held: Claim) -> Outcome | None:
    async with work.sites:
        return None if work.stop.is_set() else await _visit_parish(work, parish, held)


async def _visit_parish(work: Work, parish: KnownParish, held: Claim) -> Outcome:
    door = work.door.budget(work.settings.requests_per_parish)
    try:
        most, mark = work.settings.requests_per_parish, work.assistant.mark
        seen = await visit(parish.entry.website, door.get, most, mark)
    except Exception as error:
        if isinstance(error, PASSED_ON):
            raise
        # One page that breaks a reader must not cost the diocese its other parishes.
        _log.exception("visit", parish=parish.entry.name, website=parish.entry.website)
        seen = Visit(work.broken(error))
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        if seen.outcome.ok:  # a site that is down or bare today does not end what it said before
            changed = (await publish_visit(connection, parish.id, seen, work.now())).any
        else:
            changed = (await let_go(connection, parish.id, work.now())).any
        facts, ids = len(seen.services), (parish.id, parish.diocese_id)
        done = Finished(Stage.SCHEDULE, UnitKind.PARISH, *ids, seen.outcome, facts, door.requests)
        await record(work, connection, done, changed)
    work.worker.parishes_done += 1
    work.worker.parishes_good += seen.outcome.ok
    _log.info("parish", parish=parish.entry.name, outcome=seen.outcome.reason.value, services=facts)
    return seen.outcome
