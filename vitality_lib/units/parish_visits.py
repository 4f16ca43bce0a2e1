"""Step 4: the services that each parish's website states."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog

from vitality_lib.models import Outcome, Reason, Stage, UnitKind
from vitality_lib.schedules.visit import Visit, visit
from vitality_lib.store import pages, parishes, whole_visits
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.store.ledger import Finished
from vitality_lib.store.parishes import KnownParish
from vitality_lib.store.whole_visits import WholeVisit
from vitality_lib.units import crowds
from vitality_lib.units.asked import Asked, Got
from vitality_lib.units.publishing import let_go
from vitality_lib.units.short_ends import ShortEnds
from vitality_lib.units.short_visit import basis_of, door_for, short_visit, standing
from vitality_lib.units.visit_found import publish_visit
from vitality_lib.units.work import PASSED_ON, Work, of_diocese, record
from vitality_lib.web.door import Door
from vitality_lib.web.stored import StoredDoor
from vitality_lib.work.side_by_side import side_by_side

_BARE = frozenset({Reason.NO_SCHEDULE_PAGE, Reason.ONLY_IN_PDF, Reason.ONLY_IN_IMAGE})  # no services, and no failure
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Round:
    """The parishes of one diocese in hand: their last whole visits, and the short ones that wait to be written."""

    held: Claim
    door: Door | StoredDoor
    last: dict[int, WholeVisit]
    short: ShortEnds = field(default_factory=ShortEnds)


async def visit_parishes(work: Work, diocese: KnownDiocese, held: Claim) -> Outcome:
    """The due parishes of a diocese are visited, several sites at once; each ends in its own outcome."""
    limit, force = work.settings.num_parishes_for_schedule, work.settings.force
    async with work.database.transaction() as connection:
        due = await parishes.due(connection, diocese.id, work.now(), at_most=limit, force=force, run=work.run)
        order = await crowds.from_both_ends(connection, due)
        ids = [parish.id for parish in due]
        last = await whole_visits.of(connection, Stage.SCHEDULE, UnitKind.PARISH, ids)
    work.worker.parishes_planned += len(due)
    of_diocese_now = _Round(held, await door_for(work, last.values()), last)
    # Called when they all have begun to wait: the loop runs what it was given in that order.
    asyncio.get_running_loop().call_soon(work.room.lined_up, diocese.id)
    try:
        outcomes = await side_by_side(_visit_in_turn(work, parish, of_diocese_now) for parish in order)
    finally:
        await of_diocese_now.short.write(work, held)
    good = sum(outcome.ok for outcome in outcomes if outcome)
    interrupted = None in outcomes
    outcome = Outcome(Reason.INTERRUPTED if interrupted else Reason.OK, f"{good} of {len(due)} parishes with services")
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        await record(work, connection, of_diocese(diocese, Stage.SCHEDULE, outcome, good))
    return outcome


async def _visit_in_turn(work: Work, parish: KnownParish, now: _Round) -> Outcome | None:
    async with work.room.place:
        return None if work.stop.is_set() else await _visit_parish(work, parish, now)


async def _visit_parish(work: Work, parish: KnownParish, now: _Round) -> Outcome:
    door = now.door.budget(work.settings.requests_per_parish)
    asked, website = Asked(door), parish.entry.website
    basis = basis_of(work.settings, website, work.settings.requests_per_parish, work.assistant.mark is not None)
    last = now.last.get(parish.id)
    stands = await short_visit(work, last, basis, asked)
    if last and stands:
        await now.short.add(work, now.held, _finished(parish, stands, last.facts, door.requests), asked.still)
        return _told(work, parish, stands, last.facts)
    seen = await _whole_visit(work, parish, asked)
    facts = len(seen.services)
    kept = standing(work, seen.outcome, facts, asked, rests_on=_rests_on(seen, asked), basis=basis)
    async with work.database.transaction() as connection:
        await must_hold(connection, now.held)
        await pages.confirm_all(connection, asked.still)
        if seen.outcome.ok:  # a site that is down or bare today does not end what it said before
            changed = (await publish_visit(connection, parish.id, seen, work.now())).any
        else:
            changed = (await let_go(connection, parish.id, work.now())).any
        if kept or last:
            await whole_visits.keep(connection, Stage.SCHEDULE, UnitKind.PARISH, parish.id, kept)
        await record(work, connection, _finished(parish, asked.told(seen.outcome), facts, door.requests), changed)
    return _told(work, parish, seen.outcome, facts)


async def _whole_visit(work: Work, parish: KnownParish, asked: Asked) -> Visit:
    try:
        return await visit(parish.entry.website, asked.get, work.settings.requests_per_parish, work.assistant.mark)
    except Exception as error:
        if isinstance(error, PASSED_ON):
            raise
        # One page that breaks a reader must not cost the diocese its other parishes.
        _log.exception("visit", parish=parish.entry.name, website=parish.entry.website)
        return Visit(work.broken(error))


def _rests_on(seen: Visit, asked: Asked) -> list[Got]:
    """The pages with the best evidence of a service; the homepage of a site that states none and failed nowhere."""
    if seen.outcome.ok:
        stating = {page.page_hash for page in seen.pages if page.kept(seen.services)}
        return [one for one in asked.got if one.hash in stating]
    return asked.got[:1] if seen.outcome.reason in _BARE else []


def _finished(parish: KnownParish, outcome: Outcome, facts: int, requests: int) -> Finished:
    return Finished(Stage.SCHEDULE, UnitKind.PARISH, parish.id, parish.diocese_id, outcome, facts, requests)


def _told(work: Work, parish: KnownParish, outcome: Outcome, facts: int) -> Outcome:
    work.worker.parishes_done += 1
    work.worker.parishes_good += outcome.ok
    _log.info("parish", parish=parish.entry.name, outcome=outcome.reason.value, services=facts)
    return outcome
