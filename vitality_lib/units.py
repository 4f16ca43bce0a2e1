"""One unit of work of each stage: fetch, read, audit, publish, record.

What a unit publishes and the outcome it ends in are written in one transaction, and only while its lease holds:
a unit without its ledger row has not happened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog

from vitality_lib.directories.audit import audit
from vitality_lib.directories.crawl import Collection, collect
from vitality_lib.directories.names import identity
from vitality_lib.discovery import find
from vitality_lib.discovery.usccb import DioceseReading, NotTheDioceseList, read_dioceses
from vitality_lib.document import Document
from vitality_lib.models import Outcome, Page, Purpose, Reason, Request, Stage, UnitKind
from vitality_lib.reports import Report, make_report
from vitality_lib.schedules.visit import Visit, visit
from vitality_lib.schedules.words import say
from vitality_lib.settings import Settings
from vitality_lib.store import dioceses, directories, ledger, parishes, reviews, services, visits
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.store.errors import StoreError
from vitality_lib.store.ledger import Finished
from vitality_lib.store.parishes import KnownParish, ListedParish
from vitality_lib.web.door import Door
from vitality_lib.web.stored import StoredDoor
from vitality_lib.work import run_ledger
from vitality_lib.work.side_by_side import side_by_side
from vitality_lib.work.worker import Worker

_log = structlog.get_logger(__name__)

# A lost lease or a lost database is nobody's outcome: it ends the stage, and nothing is written.
PASSED_ON = (StoreError,)


class StageFailed(Exception):  # noqa: N818 - named after what happened
    """A stage could not do what it set out to do. The text is one line: what, where, what to do."""


@dataclass(frozen=True)
class Work:
    """What every unit works with. `now` is the clock; `stop` is set when the process was asked to end."""

    settings: Settings
    database: Database
    door: Door | StoredDoor
    worker: Worker
    run: str
    now: Callable[[], datetime]
    stop: asyncio.Event


# --- step 1 ----------------------------------------------------------------------------------------------------------


async def read_diocese_list(work: Work) -> None:
    """The USCCB list, when it is due, becomes the dioceses of the database.

    Raises StageFailed when it cannot be had or is none: then only the ledger has a new row, and the list stays due.
    """
    asked = Request(work.settings.usccb_url, Purpose.LIST)
    if not await _list_is_due(work, asked):
        _log.info("dioceses: not due", url=asked.url)
        return
    door = work.door.budget(work.settings.requests_per_parish)
    reading = _dioceses_in(await door.get(asked), asked.url)
    if isinstance(reading, Outcome):
        await _record_failed_list(work, reading, door.requests)
        raise StageFailed(reading.detail)
    async with work.database.transaction() as connection:
        changes = await dioceses.publish(connection, reading.dioceses, work.now())
        outcome = Outcome(Reason.OK, f"{len(reading.dioceses)} dioceses listed")
        await _record(work, connection, _of_list(outcome, len(reading.dioceses), door.requests), changes.any)
    _log.info("dioceses", listed=len(reading.dioceses), **asdict(changes))


def _dioceses_in(answer: Page | Outcome, url: str) -> DioceseReading | Outcome:
    if isinstance(answer, Outcome):
        detail = f"the list of dioceses at {url} cannot be had: {answer.reason}, {answer.detail}"
        return Outcome(answer.reason, detail)
    try:
        return read_dioceses(Document(answer))
    except NotTheDioceseList as error:
        return Outcome(Reason.UNREADABLE, f"{answer.url}: {error}")


async def _record_failed_list(work: Work, outcome: Outcome, requests: int) -> None:
    """The ledger says that the stage failed. It is no visit: the list is asked for again by the next run."""
    async with work.database.transaction() as connection:
        await ledger.start(connection, work.run, Stage.DISCOVERY, work.now())
        await ledger.record(connection, work.run, work.worker.id, _of_list(outcome, 0, requests), work.now())
        await ledger.finish(connection, work.run, Stage.DISCOVERY, work.now(), ok=False, detail=outcome.detail)


def _of_list(outcome: Outcome, facts: int, requests: int) -> Finished:
    return Finished(Stage.DISCOVERY, UnitKind.STAGE, 0, None, outcome, facts, requests)


async def _list_is_due(work: Work, asked: Request) -> bool:
    """Discovery runs all the time; the list is asked for as seldom as any page. One at a new address is due at once."""
    async with work.database.transaction() as connection:
        due = await visits.is_due(connection, Stage.DISCOVERY, UnitKind.STAGE, 0, work.now())
    return work.settings.force or due or isinstance(await StoredDoor(work.database).get(asked), Outcome)


# --- step 2 ----------------------------------------------------------------------------------------------------------


async def find_directory(work: Work, diocese: KnownDiocese, held: Claim) -> Outcome:
    """A diocese's site is asked for its parish directory; candidates are fetched and proved before one is chosen."""
    door = work.door.budget(work.settings.requests_per_directory)
    search = await find.find_directory(diocese.diocese.website, door.get)
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        found, changed = search.found, False
        if found:  # otherwise the last good directory stays
            changed = await directories.publish(
                connection,
                diocese.id,
                found.chosen,
                platform=found.platform,
                proved=found.proof.count,
                now=work.now(),
            )
        done = _of(diocese, Stage.DISCOVERY, search.outcome, int(found is not None), door.requests)
        await _record(work, connection, done, changed)
    return search.outcome


# --- step 3 ----------------------------------------------------------------------------------------------------------


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
        await _record(work, connection, _of(diocese, Stage.EXTRACTION, outcome, facts, door.requests), changed)
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


# --- step 4 ----------------------------------------------------------------------------------------------------------


async def visit_parishes(work: Work, diocese: KnownDiocese, held: Claim) -> Outcome:
    """The due parishes of a diocese are visited, several sites at once; each ends in its own outcome."""
    limit, force = work.settings.num_parishes_for_schedule, work.settings.force
    async with work.database.transaction() as connection:
        due = await parishes.due(connection, diocese.id, work.now(), at_most=limit, force=force, run=work.run)
    sites = asyncio.Semaphore(work.settings.concurrency)
    outcomes = await side_by_side(_visit_in_turn(work, parish, held, sites) for parish in due)
    good = sum(outcome.ok for outcome in outcomes if outcome)
    interrupted = None in outcomes
    outcome = Outcome(Reason.INTERRUPTED if interrupted else Reason.OK, f"{good} of {len(due)} parishes with services")
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        await _record(work, connection, _of(diocese, Stage.SCHEDULE, outcome, good))
    return outcome


async def _visit_in_turn(work: Work, parish: KnownParish, held: Claim, sites: asyncio.Semaphore) -> Outcome | None:
    async with sites:
        return None if work.stop.is_set() else await _visit_parish(work, parish, held)


async def _visit_parish(work: Work, parish: KnownParish, held: Claim) -> Outcome:
    door = work.door.budget(work.settings.requests_per_parish)
    try:
        seen = await visit(parish.entry.website, door.get, work.settings.requests_per_parish)
    except Exception as error:
        if isinstance(error, PASSED_ON):
            raise
        # One page that breaks a reader must not cost the diocese its other parishes.
        _log.exception("visit", parish=parish.entry.name, website=parish.entry.website)
        seen = Visit(Outcome(Reason.INTERNAL_ERROR, f"{type(error).__name__}: {error}"))
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        changed = False
        if seen.outcome.ok:  # a site that is down or bare today does not end what it said before
            changed = (await services.publish(connection, parish.id, seen.services, say, work.now())).any
        facts, ids = len(seen.services), (parish.id, parish.diocese_id)
        done = Finished(Stage.SCHEDULE, UnitKind.PARISH, *ids, seen.outcome, facts, door.requests)
        await _record(work, connection, done, changed)
    work.worker.parishes_done += 1
    _log.info("parish", parish=parish.entry.name, outcome=seen.outcome.reason.value, services=facts)
    return seen.outcome


# --- step 5 ----------------------------------------------------------------------------------------------------------


async def report(work: Work) -> Report:
    """What is known, how good it is and what changed, as one page and files."""
    await run_ledger.begin(work.database, work.run, Stage.REPORTING, [], work.now)
    async with work.database.transaction() as connection:
        folder, web = work.settings.home / "reports", "sample" if work.settings.resolve else "live"
        made = await make_report(connection, run=work.run, folder=folder, now=work.now(), web=web)
        outcome = Outcome(Reason.OK, str(made.html))
        await _record(work, connection, Finished(Stage.REPORTING, UnitKind.STAGE, 0, None, outcome, 1), changed=True)
    await run_ledger.end(work.database, work.run, Stage.REPORTING, work.now)
    return made


# --- the ledger ------------------------------------------------------------------------------------------------------


async def record_broken(work: Work, stage: Stage, diocese: KnownDiocese, held: Claim, outcome: Outcome) -> None:
    """The ledger row of a diocese whose unit raised."""
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        await _record(work, connection, _of(diocese, stage, outcome))


def _of(diocese: KnownDiocese, stage: Stage, outcome: Outcome, facts: int = 0, requests: int = 0) -> Finished:
    return Finished(stage, UnitKind.DIOCESE, diocese.id, diocese.id, outcome, facts, requests)


async def _record(work: Work, connection: Connection, done: Finished, changed: bool = False) -> None:
    """The ledger row, and when the unit is due again; reading stored pages once more is no visit to anybody."""
    now = work.now()
    await ledger.record(connection, work.run, work.worker.id, done, now)
    if done.outcome.reason is not Reason.INTERRUPTED and not isinstance(work.door, StoredDoor):
        good = done.outcome.ok
        await visits.record(connection, done.stage, done.kind, done.unit_id, good=good, changed=changed, now=now)
