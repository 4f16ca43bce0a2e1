"""Step 3: the parishes that a directory lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vitality_lib.ai.repeating_element import Point
from vitality_lib.directories.audit import Audited, Verdict, audit
from vitality_lib.directories.crawl import Collection, collect
from vitality_lib.directories.parish.fate import without_fate
from vitality_lib.directories.parish.same_parish import identities
from vitality_lib.directories.parish.state_bounds import without_wrong_pin
from vitality_lib.document import Document
from vitality_lib.models import DirectoryReading, Outcome, ParishEntry, Purpose, Reason, Request, Stage, UnitKind
from vitality_lib.store import directories, pages, parishes, reviews, whole_visits
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.database import Connection
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.store.ledger import Finished
from vitality_lib.store.parishes import ListedParish
from vitality_lib.store.whole_visits import WholeVisit
from vitality_lib.units.asked import Asked
from vitality_lib.units.short_visit import basis_of, door_for, short_visit, standing
from vitality_lib.units.work import Work, of_diocese, record
from vitality_lib.web.door import Door
from vitality_lib.web.stored import StoredDoor

_UNIT = (Stage.EXTRACTION, UnitKind.DIOCESE)


async def read_parishes(work: Work, diocese: KnownDiocese, held: Claim) -> Outcome:
    """A directory is read whole and becomes the parishes of its diocese, or is held back for review.

    While every page of its list is unchanged, its reading stands, and no parish's own page is asked for.
    """
    began = work.now()
    url, last = await _known(work, diocese)
    door = (await door_for(work, [last] if last else [])).budget(work.settings.requests_per_directory)
    settings, asked = work.settings, Asked(door)
    limits = (settings.requests_per_directory, settings.max_parishes_per_diocese)
    basis = basis_of(work.settings, url, *limits, diocese.diocese.state, work.assistant.point is not None)
    stands = await short_visit(work, last, basis, asked)
    if last and stands:
        outcome, facts = stands, last.facts
        await _record(work, held, of_diocese(diocese, Stage.EXTRACTION, stands, facts, door.requests), asked)
    else:
        reading = await _read(work, url, asked)
        outcome, facts = await _end(work, diocese, held, reading, asked, basis=basis)
    seconds = round((work.now() - began).total_seconds(), 3)
    ending = {"diocese": diocese.name, "outcome": outcome.reason.value, "parishes": facts, "seconds": seconds}
    work.worker.tell("extraction_complete", ending)
    return outcome


async def _known(work: Work, diocese: KnownDiocese) -> tuple[str | None, WholeVisit | None]:
    """The address of the directory, and its last whole reading if that may stand."""
    async with work.database.transaction() as connection:
        directory = (await directories.of(connection, [diocese.id])).get(diocese.id)
        last = (await whole_visits.of(connection, *_UNIT, [diocese.id])).get(diocese.id)
    return directory.url if directory else None, last


async def _record(work: Work, held: Claim, done: Finished, asked: Asked) -> None:
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        await pages.confirm_all(connection, asked.still)
        await record(work, connection, done)


async def _end(
    work: Work, diocese: KnownDiocese, held: Claim, reading: Collection | Outcome, asked: Asked, *, basis: str
) -> tuple[Outcome, int]:
    """What was read is published or held back, and recorded; the outcome, and how many parishes were read."""
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        await pages.confirm_all(connection, asked.still)
        if isinstance(reading, Outcome):
            outcome, changed, facts = reading, False, 0
        else:
            outcome, changed = await _publish_parishes(work, connection, diocese, reading)
            facts = len(reading.reading.parishes)
        lists = [one for one in asked.got if one.request.purpose is not Purpose.DETAIL] if outcome.ok else []
        kept = standing(work, outcome, facts, asked, rests_on=lists, basis=basis)
        await whole_visits.keep(connection, *_UNIT, diocese.id, kept)
        done = of_diocese(diocese, Stage.EXTRACTION, asked.told(outcome), facts, asked.door.requests)
        await record(work, connection, done, changed)
    return outcome, facts


async def read_directory(work: Work, diocese: KnownDiocese, door: Door | StoredDoor) -> Collection | Outcome:
    """The directory of a diocese, read whole; or why it cannot be."""
    url, _ = await _known(work, diocese)
    return await _read(work, url, door)


async def _read(work: Work, url: str | None, door: Door | StoredDoor | Asked) -> Collection | Outcome:
    if url is None:
        return Outcome(Reason.NO_DIRECTORY, "discovery has found none")
    return await read_directory_at(url, door, work.settings.requests_per_directory, work.assistant.point)


async def read_directory_at(
    url: str, door: Door | StoredDoor | Asked, most: int, point: Point | None = None
) -> Collection | Outcome:
    """The directory at an address, read whole with at most so many requests; or why it cannot be."""
    first = await door.get(Request(url, Purpose.LIST))
    if isinstance(first, Outcome):
        return first
    collection = await collect(Document(first), door.get, most, point)
    return collection if collection.outcome.ok else collection.outcome


@dataclass(frozen=True)
class Proposal:
    """What a reading would publish: `published` is what stands now, by identity; `listed` what would stand.

    `decided` is what a person said of this very reading when it was held back before, None when nobody did.
    """

    published: Mapping[str, ParishEntry]
    listed: tuple[ListedParish, ...]
    verdict: Verdict
    decided: bool | None

    def held(self, limit: int) -> bool:
        """Whether it waits for a person; a reading that is cut short on purpose never does."""
        return not self.verdict.good and not limit and not self.decided


async def propose(connection: Connection, diocese: KnownDiocese, collection: Collection, limit: int) -> Proposal:
    """Audit a reading against what is published."""
    reading = collection.reading
    published = {parish.identity: parish.entry for parish in await parishes.current(connection, diocese.id)}
    names = identities(published, reading.parishes)
    verdict = audit(Audited(diocese.diocese, published, dict(zip(names, reading.parishes, strict=True)), reading))
    listed = tuple(
        ListedParish(name, without_wrong_pin(entry, diocese.diocese.state), collection.page_hash, collection.page_url,
                     reading.platform)
        for name, entry in zip(names, reading.parishes, strict=True)
    )  # fmt: skip
    decided = None if verdict.good or limit else await reviews.decision_on(connection, diocese.id, listed)
    return Proposal(published, listed, verdict, decided)


async def _publish_parishes(
    work: Work, connection: Connection, diocese: KnownDiocese, collection: Collection
) -> tuple[Outcome, bool]:
    """Audit a reading, then publish it or hold it back; the outcome, and whether facts changed."""
    reading, limit, now = collection.reading, work.settings.max_parishes_per_diocese, work.now()
    proposal = await propose(connection, diocese, collection, limit)
    published, listed, why = proposal.published, proposal.listed, proposal.verdict.why
    if proposal.held(limit):
        if proposal.decided is None:
            count = len(published)
            await reviews.hold(connection, diocese.id, run=work.run, published=count, proposed=listed, why=why, now=now)
        return Outcome(Reason.HELD_FOR_REVIEW, why, collection.outcome.routes), False
    changes = await parishes.publish(connection, diocese.id, listed[: limit or None], now, complete=not limit)
    await parishes.let_rest(connection, diocese.id, _ended(published, reading), now)
    await directories.was_read(connection, diocese.id, reading.platform, reading.route.value)
    await reviews.withdraw(connection, diocese.id, now)
    return collection.outcome, changes.any


def _ended(published: Mapping[str, ParishEntry], reading: DirectoryReading) -> dict[str, ParishEntry]:
    """The known parishes that the directory says are merged or closed."""
    rows = [replace(row.entry, name=without_fate(row.entry.name)) for row in reading.left_out if row.entry]
    return {name: row for name, row in zip(identities(published, rows), rows, strict=True) if name in published}
