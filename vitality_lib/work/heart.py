"""What a worker says with each heartbeat: to the database as a pulse, and as events to whoever listens."""

from __future__ import annotations

import platform
import time
from typing import TYPE_CHECKING

from vitality_lib.store.workers import Pulse

if TYPE_CHECKING:
    from vitality_lib.work.worker import Worker


class Heart:
    """Reads off how a worker stands; speeds are those since the last beat, in what they count a minute."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self._before = (time.monotonic(), 0, 0)  # moment, pages, parishes
        self._pages_a_minute = 0.0
        self._memory: int | None = None

    def say(self, status: str, error: str | None = None) -> None:
        """Tell that the worker began, ended or failed, and of what."""
        said = {"status": status, "host": platform.node(), "error": error}
        self.worker.tell("worker", {**said, **self.worker.figures})

    def beat(self, memory: int | None) -> Pulse:
        """One beat; `memory` is in bytes, None where that cannot be told."""
        worker, (then, pages_then, parishes_then) = self.worker, self._before
        now, pages = time.monotonic(), worker.gauges.pages()
        minutes = max(now - then, 1e-3) / 60
        self._before = (now, pages, worker.parishes_done)
        self._pages_a_minute, self._memory = (pages - pages_then) / minutes, memory
        speeds = {
            "pages_a_minute": round(self._pages_a_minute, 2),
            "parishes_a_minute": round((worker.parishes_done - parishes_then) / minutes, 2),
            "memory_bytes": memory,
            "pages_done": pages,
            "requests": worker.gauges.requests(),
        }
        worker.tell("heartbeat", {**worker.figures, "last_error": worker.last_error, **speeds})
        worker.tell("performance", speeds)
        return self._pulse(pages)

    def last(self) -> Pulse:
        """The pulse at the end. A worker that lived for less than a beat has its speed from its whole life."""
        moment, pages_then, _ = self._before
        pages = self.worker.gauges.pages()
        if not pages_then:
            self._pages_a_minute = pages / max(time.monotonic() - moment, 1e-3) * 60
        return self._pulse(pages)

    def _pulse(self, pages: int) -> Pulse:
        worker = self.worker
        return Pulse(
            worker.current_diocese,
            worker.parishes_done,
            pages,
            self._pages_a_minute,
            worker.errors,
            worker.last_error,
            self._memory,
        )
