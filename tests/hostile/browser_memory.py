"""How much memory the browsers below this process take, and whether any is left."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]

_MIB = 1024  # KiB
_DYING = 5.0  # seconds
_PAUSE = 0.25


class BrowserMemory:
    """Looks again and again, from `watch` on. `peak` is in MiB, and may be set back to 0."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._seen: set[psutil.Process] = set()

    async def watch(self) -> None:
        """Look for ever."""
        while True:
            browsers = await asyncio.to_thread(_browsers)
            self._seen |= browsers
            self.peak = max(self.peak, await asyncio.to_thread(_pss, browsers))
            await asyncio.sleep(_PAUSE)

    def left(self) -> list[str]:
        """The browsers that were ever seen and run on, whoever is their parent by now.

        One that was killed a moment ago may take another to be dead on a busy machine.
        """
        until = time.monotonic() + _DYING
        while (alive := self._alive()) and time.monotonic() < until:
            time.sleep(_PAUSE)
        return alive

    def _alive(self) -> list[str]:
        return [str(process.pid) for process in self._seen if process.is_running() and not _is_dead(process)]


def _browsers() -> set[psutil.Process]:
    found = set()
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "chrom" in process.name():
                found.add(process)
    return found


def _pss(processes: set[psutil.Process]) -> float:
    """The proportional set sizes together: memory that processes share is counted once (proc_pid_smaps_rollup(5))."""
    total = 0
    for process in processes:
        with suppress(OSError):  # it has just ended
            lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
            total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / _MIB


def _is_dead(process: psutil.Process) -> bool:
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
