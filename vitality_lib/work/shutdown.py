"""Ending when asked to: SIGTERM (Kubernetes, Airflow) and SIGINT (Ctrl-C) become a stop token that the work heeds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from vitality_lib.store.errors import DatabaseUnavailable
from vitality_lib.work.last_moment import LastMoment, heard_signals

# Kubernetes kills after 30 s. Whoever is asked to end is gone after 25 s at the latest, browser and leases included:
# by itself, or else by force (`last_moment`).
GRACE_SECONDS = 12.0  # for what is in hand
PARTING_SECONDS = 2.0  # for each farewell that is said to the database
_HARDEST_SECONDS = 4.0  # after the cut, what still clings to its last words is cut off from them, too
BEFORE_THE_END = "ended before the work in hand was done; run again to go on"


class Interrupted(Exception):  # noqa: N818 - named after what happened
    """The work was asked to end before it was done: the rest was not begun, or what was in hand had to be cut off."""


@asynccontextmanager
async def heed_signals(
    grace_seconds: float = GRACE_SECONDS, last_moment: LastMoment | None = None
) -> AsyncIterator[asyncio.Event]:
    """Give the stop token: set by the first signal. Work that still runs `grace_seconds` later, or at the second
    signal, is cancelled, and Interrupted comes out of the block. `last_moment` is for what does not end even then.

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
            pending.append(loop.call_later(_HARDEST_SECONDS, work.cancel))

    def asked() -> None:
        if stop.is_set():
            cut()
        else:
            stop.set()
            pending.append(loop.call_later(grace_seconds, cut))

    def ask() -> None:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(asked)

    try:
        with heard_signals(ask, last_moment):
            yield stop
    except (asyncio.CancelledError, DatabaseUnavailable):
        if not cut_off.is_set():
            raise
        while work.cancelling():
            work.uncancel()
        raise Interrupted(BEFORE_THE_END) from None
    finally:
        for timer in pending:
            timer.cancel()


async def set_within(token: asyncio.Event, seconds: float) -> bool:
    """Sleep, but not longer than until the token is set; whether it is."""
    try:
        async with asyncio.timeout(seconds):
            await token.wait()
    except TimeoutError:
        return token.is_set()
    return True
