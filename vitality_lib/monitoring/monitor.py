"""The crawl's side: `async with open_monitor(settings, run) as tell`, and `tell(kind, data)` from anywhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TypeAlias

import structlog

from vitality_lib import logs
from vitality_lib.models import Stage
from vitality_lib.monitoring.event import Event, Teller
from vitality_lib.monitoring.queue import Queue
from vitality_lib.monitoring.sender import Sender
from vitality_lib.secrecy import Secrets
from vitality_lib.settings import Settings

Tell: TypeAlias = Callable[[str, Mapping[str, object]], None]
FLUSH_SECONDS = 1.0  # at the end; what is not posted by then is lost
_WORDS = 500  # characters of one text in an event
_NOT_DETAIL = frozenset({"event", "level", "timestamp", "exception", "stage", "diocese", "logger"})


def _utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_monitor(
    settings: Settings, run: str, now: Callable[[], datetime] = _utc_now, flush_seconds: float = FLUSH_SECONDS
) -> AsyncIterator[Tell]:
    """Tell the receiver at `MONITORING_URL`; without one nobody is told.

    What is told is put into a queue, and posted by a thread of its own: telling takes microseconds and never raises.
    Lines that are logged meanwhile, from WARNING on, are told, too. At the end what still waits has one second.
    """
    if not settings.monitoring_url:
        yield lambda _kind, _data: None
        return
    queue = Queue()
    sender = Sender(settings.monitoring_url, settings.monitoring_token.get_secret_value(), queue)
    monitor = Monitor(settings, run, queue, now)
    sender.start()
    try:
        with logs.heard(monitor.hear):
            yield monitor.tell
    finally:
        await _flush(queue, sender, flush_seconds)
        sender.end()


async def _flush(queue: Queue, sender: Sender, seconds: float) -> None:
    """Wait for what is in the queue; for a receiver that is known to be away nobody waits."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    # The queue is a thread's, and has no event that this loop could wait for.
    while sender.well and not queue.empty and loop.time() < end:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


class Monitor:
    """Makes events of what is told: masked, cut, and with the stage and diocese that are in hand where it is told."""

    def __init__(self, settings: Settings, run: str, queue: Queue, now: Callable[[], datetime]) -> None:
        self._type = settings.worker_type
        self._teller = Teller(settings.worker_id, settings.worker_type.value, run, now())
        self._tame = logs.Tame(Secrets.of(settings), _WORDS)
        self._queue = queue
        self._now = now

    def tell(self, kind: str, data: Mapping[str, object]) -> None:
        """Tell of an event. From any thread; never raises."""
        try:
            self._tell(kind, data)
        except Exception as error:
            structlog.get_logger(__name__).warning(
                "monitoring: an event could not be told", kind=kind, why=repr(error), monitoring=True
            )

    def hear(self, line: Mapping[str, object]) -> None:
        """Tell of a line of the log, if it is a warning or worse; not of what is logged of the monitoring itself."""
        level = str(line.get("level", ""))
        if line.get("monitoring") or logging.getLevelNamesMapping().get(level.upper(), 0) < logging.WARNING:
            return
        trace = str(line.get("exception") or "").strip().splitlines()
        named = [f"{name}={value}" for name, value in line.items() if name not in _NOT_DETAIL]
        self.tell("log", {"level": level, "message": line.get("event"), "detail": " ".join([*named, *trace[-1:]])})

    def _tell(self, kind: str, data: Mapping[str, object]) -> None:
        context = structlog.contextvars.get_contextvars()
        of_all = self._type is Stage.ALL
        stage = context.get("stage") or (None if of_all else self._type.value)
        facts = {name: self._tame.value(value) for name, value in data.items()}
        if kind in ("error", "log", "breaker"):
            facts.setdefault("diocese", self._tame.value(context.get("diocese")))
        if kind in ("worker", "heartbeat"):
            facts["started_at"] = self._teller.since.isoformat()
        self._queue.put(Event(self._teller, kind, self._now(), stage, facts))
