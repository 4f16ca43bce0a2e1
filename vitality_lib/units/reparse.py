"""Reading stored pages again with the readers of today: what that would change, and publishing just that when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from vitality_lib.models import Outcome, Page, ParishEntry, Purpose, Reason, Request, Service, Stage, UnitKind
from vitality_lib.schedules.corrections import corrected
from vitality_lib.schedules.visit import Visit, visit
from vitality_lib.store import corrections, dioceses, directories, ledger, parishes, schedule_pages, services
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.database import Connection
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.store.ledger import Finished
from vitality_lib.units.differences import DioceseDifference, Line, ParishDifference, of_parishes, of_services
from vitality_lib.units.parish_list import propose, read_directory, read_parishes
from vitality_lib.units.parish_visits import pages_of
from vitality_lib.units.publishing import publish_reading, sayable
from vitality_lib.units.work import PASSED_ON, Work, of_diocese, record
from vitality_lib.web.stored import StoredDoor
from vitality_lib.work import run_ledger
from vitality_lib.work.claims import claim
from vitality_lib.work.shutdown import BEFORE_THE_END, Interrupted

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Parish:
    """A parish as it is published, or (`id` None) as it would be."""

    id: int | None
    entry: ParishEntry


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


@dataclass(frozen=True)
class Reparsed:
    """What reading again changes, by diocese; `busy` are those that another worker holds."""

    differences: tuple[DioceseDifference, ...]
    busy: tuple[str, ...] = ()


async def reparse(work: Work, *, publish: bool, schedules_only: bool) -> Reparsed:
    """Read the stored pages of the chosen dioceses again, and tell what differs from what is published.

    With `publish` that, and nothing else, is published, each diocese under its lease. What was never stored is left
    alone. Raises Interrupted when the end is asked for.
    """
    stages = (Stage.SCHEDULE,) if schedules_only else (Stage.EXTRACTION, Stage.SCHEDULE)
    async with work.database.transaction() as connection:
        chosen = await dioceses.due(
            connection, Stage.DISCOVERY, work.now(), names=work.settings.dioceses,
            at_most=work.settings.max_dioceses, force=True,
        )  # fmt: skip
    if publish:
        for stage in stages:
            await run_ledger.begin(work.database, work.run, stage, [], work.now)
    found, busy = [], []
    for diocese in sorted(chosen, key=lambda one: one.id):
        one = await _diocese(work, diocese, stages, publish=publish)
        if one is None:
            busy.append(diocese.name)
        else:
            found.append(one)
    if publish:
        for stage in stages:
            await run_ledger.end(work.database, work.run, stage, work.now)
    return Reparsed(tuple(found), tuple(busy))


async def _diocese(
    work: Work, diocese: KnownDiocese, stages: Sequence[Stage], *, publish: bool
) -> DioceseDifference | None:
    """One diocese; None when another worker holds it."""
    difference = DioceseDifference(diocese.name)
    before = await _published(work, diocese)
    known = list(before.values())
    for stage in stages:
        if not publish:
            if stage is Stage.EXTRACTION:
                known = await _directory(work, diocese, before, difference)
            else:
                await _schedules(work, diocese, known, difference, None)
            continue
        async with claim(work.database, diocese.id, stage, work.worker, work.settings.lease_seconds) as held:
            if held is None:
                return None
            if stage is Stage.EXTRACTION:
                await _publish_directory(work, diocese, before, difference, held)
            else:
                known = list((await _published(work, diocese)).values())
                await _schedules(work, diocese, known, difference, held)
    return difference


async def _published(work: Work, diocese: KnownDiocese) -> dict[str, _Parish]:
    async with work.database.transaction() as connection:
        return {one.identity: _Parish(one.id, one.entry) for one in await parishes.current(connection, diocese.id)}


# --- directories


async def _directory(
    work: Work, diocese: KnownDiocese, before: dict[str, _Parish], difference: DioceseDifference
) -> list[_Parish]:
    """What the directory read again would change; returns the parishes that there would be."""
    collection = await read_directory(work, diocese, StoredDoor(work.database))
    if isinstance(collection, Outcome):
        return list(before.values())
    limit = work.settings.max_parishes_per_diocese
    async with work.database.transaction() as connection:
        proposal = await propose(connection, diocese, collection, limit)
    if proposal.held(limit):
        difference.held = proposal.verdict.why
        return list(before.values())
    listed = {one.identity: one.entry for one in reversed(proposal.listed[: limit or None])}
    old = {identity: one.entry for identity, one in before.items()}
    after = {**old, **listed} if limit else dict(reversed(listed.items()))
    difference.parishes = of_parishes(old, after)
    return [_Parish(before[one].id if one in before else None, entry) for one, entry in after.items()]


async def _publish_directory(
    work: Work, diocese: KnownDiocese, before: dict[str, _Parish], difference: DioceseDifference, held: Claim
) -> None:
    """The directory read again and published, when it was ever stored."""
    if not await _directory_is_stored(work, diocese):
        return
    async with work.database.transaction() as connection:
        await ledger.plan(connection, work.run, Stage.EXTRACTION, [diocese.id])
    outcome = await read_parishes(work, diocese, held)
    difference.held = outcome.detail if outcome.reason is Reason.HELD_FOR_REVIEW else ""
    old, new = before, await _published(work, diocese)
    difference.parishes = of_parishes(*({name: one.entry for name, one in known.items()} for known in (old, new)))


async def _directory_is_stored(work: Work, diocese: KnownDiocese) -> bool:
    async with work.database.transaction() as connection:
        directory = (await directories.of(connection, [diocese.id])).get(diocese.id)
    if directory is None:
        return False
    return isinstance(await StoredDoor(work.database).get(Request(directory.url, Purpose.LIST)), Page)


# --- schedules


async def _schedules(
    work: Work, diocese: KnownDiocese, known: Sequence[_Parish], difference: DioceseDifference, held: Claim | None
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
    work: Work, diocese: KnownDiocese, parish: _Parish, difference: DioceseDifference, held: Claim | None
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


async def _visit(work: Work, parish: _Parish, door: _Remembering) -> Visit:
    try:
        return await visit(parish.entry.website, door.get, work.settings.requests_per_parish)
    except Exception as error:
        if isinstance(error, PASSED_ON):
            raise
        _log.exception("reparse", parish=parish.entry.name, website=parish.entry.website)
        return Visit(Outcome(Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}"))


async def _compared(
    work: Work, connection: Connection, parish: _Parish, seen: Visit, door: _Remembering
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


async def _current(connection: Connection, parish: _Parish) -> tuple[Service, ...]:
    if parish.id is None:
        return ()
    return tuple(one.service for one in await services.current(connection, parish.id))


async def _publish(work: Work, connection: Connection, diocese: KnownDiocese, parish_id: int, seen: Visit) -> None:
    changed = False
    if seen.outcome.ok:
        changed = (await publish_reading(connection, parish_id, seen.services, work.now())).any
        await schedule_pages.replace(connection, parish_id, pages_of(seen), work.now())
    done = Finished(Stage.SCHEDULE, UnitKind.PARISH, parish_id, diocese.id, seen.outcome, len(seen.services))
    await record(work, connection, done, changed)
