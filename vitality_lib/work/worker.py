"""This process as the others see it: it registers, says every so often that it is alive, and says goodbye."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import structlog

from vitality_lib.models import Outcome, Reason
from vitality_lib.settings import Settings
from vitality_lib.store import assignments, workers
from vitality_lib.store.database import Database, one_transaction
from vitality_lib.store.errors import DatabaseUnavailable
from vitality_lib.work.heart import Heart
from vitality_lib.work.shutdown import PARTING_SECONDS
from vitality_lib.work.telling import Gauges, Tell, nobody

_log = structlog.get_logger(__name__)


class Worker:
    """One worker's state, told to the others with each heartbeat. All counts are since it started.

    `parishes_good` are those of `parishes_done` that ended in `ok`; what is planned is known when a stage begins.
    """

    def __init__(self, worker_id: str, heartbeat_seconds: float, tell: Tell = nobody) -> None:
        self.id = worker_id
        self.heartbeat_seconds = heartbeat_seconds
        self.tell = tell
        self.gauges = Gauges()
        self.dioceses_planned = self.dioceses_done = 0
        self.parishes_planned = self.parishes_done = self.parishes_good = 0
        self.errors = 0
        self.last_error: str | None = None
        self._in_hand: list[str] = []

    @property
    def current_diocese(self) -> str | None:
        """The diocese that has been in hand the longest; a worker may have several."""
        return self._in_hand[0] if self._in_hand else None

    @contextmanager
    def at(self, diocese: str) -> Iterator[None]:
        """Have a diocese in hand for the length of the block."""
        self._in_hand.append(diocese)
        try:
            yield
        finally:
            self._in_hand.remove(diocese)

    def ended(self, outcome: Outcome) -> None:
        """A unit of work has ended so. Only what is of our own making is an error, not what a website does."""
        if outcome.reason is Reason.INTERNAL_ERROR:
            self.errors += 1
            self.last_error = outcome.detail
            self.tell("error", {"type": outcome.reason.value, "message": outcome.detail, "severity": "error"})

    @property
    def figures(self) -> dict[str, object]:
        """How far it has come, as its events have it."""
        counts = ("dioceses_planned", "dioceses_done", "parishes_planned", "parishes_done", "parishes_good", "errors")
        return {"current_diocese": self.current_diocese, **{name: getattr(self, name) for name in counts}}


@asynccontextmanager
async def at_work(database: Database, settings: Settings, tell: Tell = nobody) -> AsyncIterator[Worker]:
    """Be a registered worker: a heartbeat every `settings.heartbeat_seconds`, and a farewell at the end.

    The farewell says `failed` when the block is left by an exception, `inactive` otherwise; being asked to end is no
    failure. A heartbeat that cannot be written is left out: the next one may get through. Workers that have been silent
    for longer than a lease are marked as failed by those that are there. `tell` hears of all of it.
    """
    worker = Worker(settings.worker_id, settings.heartbeat_seconds, tell)
    await _notice_the_dead(database, settings.lease_seconds)
    async with database.transaction() as connection:
        await workers.register(connection, worker.id, settings.worker_type, platform.node())
    heart = Heart(worker)
    heart.say("began")
    beating = asyncio.create_task(_beat(database, heart, settings.lease_seconds))
    failed, error = True, None
    try:
        yield worker
        failed = False
    except asyncio.CancelledError:
        failed = False
        raise
    except Exception as why:
        error = f"{type(why).__name__}: {why}"
        raise
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
        heart.say("failed" if failed else "ended", error)
        with suppress(DatabaseUnavailable, TimeoutError):  # the others will notice the silence
            async with asyncio.timeout(PARTING_SECONDS), database.transaction() as connection:
                await workers.farewell(connection, worker.id, failed=failed, pulse=heart.last())


def give_up(settings: Settings) -> None:
    """The farewell of a worker that is ended by force: all that it holds is given back. Needs nothing of what hangs."""
    _log.error("ended by force", worker=settings.worker_id)
    with suppress(DatabaseUnavailable):  # the others will notice the silence
        asyncio.run(_give_up(settings))


async def _give_up(settings: Settings) -> None:
    async with one_transaction(settings) as connection:
        await assignments.release_all(connection, settings.worker_id)
    async with one_transaction(settings) as connection:
        await workers.farewell(connection, settings.worker_id, failed=False)


async def _beat(database: Database, heart: Heart, lease_seconds: float) -> None:
    while True:
        await asyncio.sleep(heart.worker.heartbeat_seconds)
        pulse = heart.beat(await asyncio.to_thread(heart.worker.gauges.memory))
        try:
            async with database.transaction() as connection:
                await workers.beat(connection, heart.worker.id, pulse)
            await _notice_the_dead(database, lease_seconds)
        except DatabaseUnavailable as error:
            _log.warning("no heartbeat", worker=heart.worker.id, why=str(error))


async def _notice_the_dead(database: Database, lease_seconds: float) -> None:
    async with database.transaction() as connection:
        for name in await workers.declare_dead(connection, lease_seconds):
            _log.warning("declared dead", worker=name)
