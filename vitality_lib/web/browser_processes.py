"""The processes that a browser consists of: what they weigh, and which of them died.

A kernel that is short of memory kills one of them, not all, and Chromium goes on: of a page whose renderer is gone it
answers nothing more, and when the network service is gone, requests fail that a fresh one would carry out.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress

import psutil  # type: ignore[import-untyped]  # the wheel has no stubs

_RENDERER = "--type=renderer"
_NETWORK = "--utility-sub-type=network.mojom.NetworkService"
_SURELY_GONE_SECONDS = 1.0  # unseen for so long, while one looks four times a second


class BrowserProcesses:
    """All in the session that the driver's process leads, the driver left out, as of the last `look`.

    By session they are found in half a millisecond. By parent it takes some: the machine's whole tree is read for that.
    """

    def __init__(self, driver: int) -> None:
        self._driver = driver
        self._kinds: dict[int, str] = {}  # by process id
        self._seen: dict[int, float] = {}  # when last, on the monotonic clock
        self._bytes: dict[int, int] = {}  # then
        self._earlier: frozenset[int] = frozenset()
        self.most_held = 0  # bytes of their own that all together were seen to hold since `begin`

    def begin(self) -> None:
        """A page is about to be shown, by a renderer of its own: what runs already has nothing to do with it."""
        self.most_held = 0
        self.look()
        self._earlier = frozenset(self._kinds)

    def look(self) -> int:
        """Bytes of the largest of them; 0 when none is left."""
        now, largest, held = time.monotonic(), 0, 0
        for process in self._others():
            with suppress(psutil.Error):
                memory = process.memory_info()
                resident = memory.rss
                if not resident:  # dead, and only not buried yet
                    continue
                self._bytes[process.pid] = resident
                largest = max(largest, resident)
                held += resident - getattr(memory, "shared", 0)  # less what others may have, too: mostly its program
                if not self._kinds.get(process.pid):  # a zygote's child is named after its birth
                    self._kinds[process.pid] = _kind(process.cmdline())
                self._seen[process.pid] = now
        self.most_held = max(self.most_held, held)
        return largest

    def lost_renderer(self, seconds: float) -> int:
        """Bytes of the largest that showed the page and ended within the last so many seconds; 0 for none.

        Such an end is also the way of a page left, and of a page that took all that its script may have.
        """
        self.look()
        now = time.monotonic()
        shown_by = [one for one in self._all(_RENDERER) if one not in self._earlier]
        lost = [one for one in shown_by if _SURELY_GONE_SECONDS < now - self._seen[one] <= seconds]
        return max((self._bytes[one] for one in lost), default=0)

    def lost_network(self) -> bool:
        """Whether the one that carries requests out was another before."""
        self.look()
        return len(self._all(_NETWORK)) > 1

    def _all(self, kind: str) -> list[int]:
        return [process for process, its_kind in self._kinds.items() if its_kind == kind]

    def _others(self) -> Iterator[psutil.Process]:
        """None once the driver is gone: no page can be had of what runs on without it."""
        if not _runs(self._driver):
            return
        for process in psutil.pids():
            with suppress(psutil.Error, OSError):
                if process != self._driver and os.getsid(process) == self._driver:
                    yield psutil.Process(process)


def _runs(process: int) -> bool:
    with suppress(psutil.Error):
        return bool(psutil.Process(process).memory_info().rss)  # of one that nobody has buried yet it is 0
    return False


def _kind(command: list[str]) -> str:
    return next((kind for kind in (_RENDERER, _NETWORK) if kind in command), "")
