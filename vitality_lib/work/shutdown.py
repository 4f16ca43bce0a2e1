"""Ending when asked to: SIGTERM (Kubernetes, Airflow) and SIGINT (Ctrl-C) become a stop token that the work heeds."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

GRACE_SECONDS = 25.0  # Kubernetes kills after 30
BEFORE_THE_END = "ended before the work in hand was done; run again to go on"
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Interrupted(Exception):  # noqa: N818 - named after what happened
    """The work was asked to end before it was done: the rest was not begun, or what was in hand had to be cut off."""


@asynccontextmanager
async def heed_signals(grace_seconds: float = GRACE_SECONDS) -> AsyncIterator[asyncio.Event]:
    """Give the stop token: set by the first signal. Work that still runs `grace_seconds` later, or at the second
    signal, is cancelled, and Interrupted comes out of the block.

    Whoever starts a new unit of work looks at the token first; what is in hand is finished or recorded.
    """
    loop = asyncio.get_running_loop()
    work = asyncio.current_task()
    assert work is not None
    stop, cut_off = asyncio.Event(), asyncio.Event()
    pending: list[asyncio.TimerHandle] = []

    def cut() -> None:
        if not cut_off.is_set():
            cut_off.set()
            work.cancel()

    def ask() -> None:
        if stop.is_set():
            cut()
        else:
            stop.set()
            pending.append(loop.call_later(grace_seconds, cut))

    for number in _SIGNALS:
        loop.add_signal_handler(number, ask)
    try:
        yield stop
    except asyncio.CancelledError:
        if not cut_off.is_set():
            raise
        work.uncancel()
        raise Interrupted(BEFORE_THE_END) from None
    finally:
        for timer in pending:
            timer.cancel()
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
