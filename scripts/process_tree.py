"""What a process and all below it take, by looking at each: for machines that let us make no control group.

Memory is the sum of what each has for itself and its share of what several have (PSS). The pages of files that nobody
maps are not in it, nor what lies in a tmpfs without being mapped.
"""

from __future__ import annotations

from contextlib import suppress

import psutil


class ProcessTree:
    """The processes from one root down."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._cpu: dict[tuple[int, float], float] = {}  # by process, also of those that have ended

    def look(self) -> tuple[int, float]:
        """Bytes now, and seconds of CPU so far."""
        memory = 0
        for process in self._all():
            with suppress(psutil.Error):
                times = process.cpu_times()
                self._cpu[process.pid, process.create_time()] = times.user + times.system
                memory += process.memory_full_info().pss
        return memory, sum(self._cpu.values())

    def _all(self) -> list[psutil.Process]:
        with suppress(psutil.Error):
            root = psutil.Process(self._root)
            return [root, *root.children(recursive=True)]
        return []
