"""Whoever was asked to end and is still there at the last moment is ended by force, with all children.

What is in hand may hang in anything: a reader that computes and lets no timer run, a thread that never ends and is
waited for, a browser, a database that is being stopped. So nothing here needs the event loop: a thread hears the
signals and counts the seconds, until the process has gone. Only one single call that never lets go of the interpreter
can hold it up.
"""

from __future__ import annotations

import os
import select
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil  # type: ignore[import-untyped]  # the wheel has no stubs

LAST_SECONDS = 20.0  # after the first signal; by then the work was cut off and had time for its last words
FAREWELL_SECONDS = 2.5
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True)
class LastMoment:
    """How a process ends that does not end by itself: `farewell` is said first, in a thread that may hang, too; `code`
    is the exit code that it would have had.
    """

    farewell: Callable[[], None]
    code: int
    seconds: float = LAST_SECONDS

    def come(self) -> None:
        """End this process now."""
        parting = threading.Thread(target=self.farewell, daemon=True)
        parting.start()
        parting.join(FAREWELL_SECONDS)
        with suppress(psutil.Error):
            for child in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    child.kill()
        os._exit(self.code)


@contextmanager
def heard_signals(ask: Callable[[], None], last_moment: LastMoment | None) -> Iterator[None]:
    """Call `ask` in a thread for each SIGTERM and SIGINT in the block. Only for the main thread.

    `last_moment` comes so many seconds after the first of them, whether or not the block has been left by then; until
    then more of them change nothing, or the second would take the exit code from a process that is just ending.
    """
    came: list[int] = []

    def note(number: int, _: object) -> None:
        came.append(number)

    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = {number: signal.signal(number, note) for number in _SIGNALS}
    for number in _SIGNALS:
        signal.siginterrupt(number, False)
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)  # Python writes there at once, whatever runs
    threading.Thread(target=_listen, args=[reader, ask, last_moment], name="signals", daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        ends = came and last_moment
        for number, handler in before.items():  # Python, when it tidies up at its end, undoes all but SIG_IGN
            signal.signal(number, signal.SIG_IGN if ends else handler or signal.SIG_DFL)
        os.close(writer)


def _listen(reader: int, ask: Callable[[], None], last_moment: LastMoment | None) -> None:
    end = None
    bell = select.poll()
    bell.register(reader, select.POLLIN)
    while end is None or time.monotonic() < end:
        if not bell.poll(None if end is None else max(1.0, (end - time.monotonic()) * 1000)):
            continue
        numbers = os.read(reader, 64)
        if not numbers:  # the block was left
            break
        for _ in [number for number in numbers if number in _SIGNALS]:
            end = end or (time.monotonic() + last_moment.seconds if last_moment else None)
            ask()
    os.close(reader)
    if end and last_moment:
        time.sleep(max(0.0, end - time.monotonic()))
        last_moment.come()
