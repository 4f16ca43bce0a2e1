"""Step 3: the parishes that a directory lists."""

from __future__ import annotations

from vitality_lib.directories.audit import audit
from vitality_lib.directories.crawl import Collection, collect
from vitality_lib.directories.names import identity
from vitality_lib.document import Document
from vitality_lib.models import Outcome, Purpose, Reason, Request, Stage
from vitality_lib.store import directories, parishes, reviews
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.database import Connection
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.store.parishes import ListedParish
from vitality_lib.units.work import Work, of_diocese, record
from vitality_lib.web.door import Door
from vitality_lib.web.stored import StoredDoor


async def read_parishes(work: Work, diocese: KnownDiocese, held: Claim) -> Outcome:
    """A directory is read whole and becomes the parishes of its diocese, or is held back for review."""
    door = work.door.budget(work.settings.requests_per_directory)
    reading = await _read_directory(work, diocese, door)
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        if isinstance(reading, Outcome):
            outcome, changed, facts = reading, False, 0
        else:
            outcome, changed = await _publish_parishes(work, connection, diocese, reading)
            facts = len(reading.reading.parishes)
        await record(work, connection, of_diocese(diocese, Stage.EXTRACTION, outcome, facts, door.requests), changed)
    return outcome


async def _read_directory(work: Work, diocese: KnownDiocese, door: Door | StoredDoor) -> Collection | Outcome:
    async with work.database.transaction() as connection:
        directory = (await directories.of(connection, [diocese.id])).get(diocese.id)
    if directory is None:
        return Outcome(Reason.NO_DIRECTORY, "discovery has found none")
    first = await door.get(Request(directory.url, Purpose.LIST))
    if isinstance(first, Outcome):
        return first
    collection = await collect(Document(first), door.get, work.settings.requests_per_directory)
    return collection if collection.outcome.ok else collection.outcome


async def _publish_parishes(
    work: Work, connection: Connection, diocese: KnownDiocese, collection: Collection
) -> tuple[Outcome, bool]:
    """Audit a reading, then publish it or hold it back; the outcome, and whether facts changed."""
    reading, limit, now = collection.reading, work.settings.max_parishes_per_diocese, work.now()
    listed = [
        ListedParish(identity(entry), entry, collection.page_hash, collection.page_url, reading.platform)
        for entry in reading.parishes
    ]
    published = len(await parishes.current(connection, diocese.id))
    verdict = audit(published, reading.parishes)
    if not verdict.good and not limit:
        await reviews.hold(
            connection, diocese.id, run=work.run, published=published, proposed=listed, why=verdict.why, now=now
        )
        return Outcome(Reason.HELD_FOR_REVIEW, verdict.why, collection.outcome.routes), False
    changes = await parishes.publish(connection, diocese.id, listed[: limit or None], now, complete=not limit)
    await directories.was_read(connection, diocese.id, reading.platform, reading.route.value)
    await reviews.withdraw(connection, diocese.id, now)
    return collection.outcome, changes.any
