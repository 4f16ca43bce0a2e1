"""Step 1: the list of all dioceses."""

from __future__ import annotations

from dataclasses import asdict

import structlog

from vitality_lib.discovery.usccb import DioceseReading, NotTheDioceseList, read_dioceses
from vitality_lib.document import Document
from vitality_lib.models import Outcome, Page, Purpose, Reason, Request, Stage, UnitKind
from vitality_lib.store import dioceses, ledger, visits
from vitality_lib.store.ledger import Finished
from vitality_lib.units.work import Work, record
from vitality_lib.web.stored import StoredDoor
from vitality_lib.work.endings import StageFailed

_log = structlog.get_logger(__name__)


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
        await record(work, connection, _of_list(outcome, len(reading.dioceses), door.requests), changes.any)
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
