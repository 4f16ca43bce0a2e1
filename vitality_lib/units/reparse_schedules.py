"""Stored pages of parishes, read again: what their schedules would be, or are from then on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import structlog

from vitality_lib.models import Outcome, Page, Reason, Request, Service, Stage, UnitKind
from vitality_lib.schedules.corrections import corrected
from vitality_lib.schedules.visit import Visit, visit
from vitality_lib.store import corrections, ledger, services
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.database import Connection
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.store.ledger import Finished
from vitality_lib.units.differences import DioceseDifference, Line, ParishDifference, of_services
from vitality_lib.units.publishing import sayable
from vitality_lib.units.reparse_directories import ReadParish
from vitality_lib.units.visit_found import publish_visit
from vitality_lib.units.work import PASSED_ON, Work, of_diocese, record
from vitality_lib.web.stored import StoredDoor
from vitality_lib.work.shutdown import BEFORE_THE_END, Interrupted

_log = structlog.get_logger(__name__)


@dataclass
class _Remembering:
    """A door to stored pages that knows which of them were there."""

    door: StoredDoor
    read: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)

    async def get(self, request: Request) -> Page | Outcome:
        answer = await self.door.get(request)
        if isinstance(answer, Outcome):
            self.missing.add(request.url)
        else:
            self.read |= {answer.url, request.url}
        return answer


async def read_schedules(
    work: Work, diocese: KnownDiocese, known: Iterable[ReadParish], difference: DioceseDifference, held: Claim | None
) -> None:
    """The schedules of parishes read again, and with a lease published."""
    good = 0
    for parish in known:
        if work.stop.is_set():
            raise Interrupted(BEFORE_THE_END)
        good += await _schedule(work, diocese, parish, difference, held)
    if held and difference.read:
        async with work.database.transaction() as connection:
            await must_hold(connection, held)
            await ledger.plan(connection, work.run, Stage.SCHEDULE, [diocese.id])
            outcome = Outcome(Reason.OK, f"{good} of {difference.read} parishes with services")
            await record(work, connection, of_diocese(diocese, Stage.SCHEDULE, outcome, good))


async def _schedule(
    work: Work, diocese: KnownDiocese, parish: ReadParish, difference: DioceseDifference, held: Claim | None
) -> bool:
    """One parish; whether services were found."""
    door = _Remembering(StoredDoor(work.database))
    seen = await _visit(work, parish, door)
    if not door.read:
        difference.never_stored += 1
        return False
    async with work.database.transaction() as connection:
        lines, whole = await _compared(work, connection, parish, seen, door)
        difference.incomplete += not whole
        difference.read += whole
        difference.without += whole and not seen.outcome.ok
        if lines and whole:
            difference.schedules.append(ParishDifference(parish.id, parish.entry.name, lines))
        if held and whole and parish.id is not None:
            await must_hold(connection, held)
            await _publish(work, connection, diocese, parish.id, seen)
    return whole and seen.outcome.ok


async def _visit(work: Work, parish: ReadParish, door: _Remembering) -> Visit:
    try:
        return await visit(parish.entry.website, door.get, work.settings.requests_per_parish, work.assistant.mark)
    except Exception as error:
        if isinstance(error, PASSED_ON):
            raise
        _log.exception("reparse", parish=parish.entry.name, website=parish.entry.website)
        return Visit(work.broken(error))


async def _compared(
    work: Work, connection: Connection, parish: ReadParish, seen: Visit, door: _Remembering
) -> tuple[tuple[Line, ...], bool]:
    """What differs from what is published, and whether enough is stored to say so.

    It is not when a page that the reader asks for is not stored, and a service that would go rests on pages not read.
    """
    if not seen.outcome.ok:
        return (), True
    published = await _current(connection, parish)
    laid = await corrections.of(connection, parish.id, work.now()) if parish.id is not None else ()
    after = corrected(sayable(seen.services), laid).services
    kept = {one.value for one in after}
    going = [one for one in published if one.value not in kept]
    unread = any(one.evidence and not {piece.url for piece in one.evidence} & door.read for one in going)
    return of_services(published, after), not (door.missing and unread)


async def _current(connection: Connection, parish: ReadParish) -> tuple[Service, ...]:
    if parish.id is None:
        return ()
    return tuple(one.service for one in await services.current(connection, parish.id))


async def _publish(work: Work, connection: Connection, diocese: KnownDiocese, parish_id: int, seen: Visit) -> None:
    changed = False
    if seen.outcome.ok:
        changed = (await publish_visit(connection, parish_id, seen, work.now())).any
    done = Finished(Stage.SCHEDULE, UnitKind.PARISH, parish_id, diocese.id, seen.outcome, len(seen.services))
    await record(work, connection, done, changed)
