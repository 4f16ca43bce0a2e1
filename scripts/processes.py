"""Processes that belong together: started in their own groups, ended together, none left behind."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import psutil

_SET_CHILD_SUBREAPER = 36  # of prctl(2)
POLITE_SECONDS = 20  # after SIGTERM; a worker gives its diocese back meanwhile


class Processes:
    """The processes of one run. `ledger` is a file that names them, so that the next run can end what a kill left."""

    def __init__(self, ledger: Path, logs: Path) -> None:
        self._ledger = ledger
        self.logs = logs
        self._started: dict[str, subprocess.Popen[bytes]] = {}
        self._known: list[tuple[int, float]] = []  # number and time of birth: numbers are used again
        logs.mkdir(parents=True, exist_ok=True)
        _adopt_orphans()

    def start(self, name: str, command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start a command in a group of its own; what it says goes to its log."""
        with self.log(name).open("ab") as log:
            process = subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started[name] = process
        self._known.append((process.pid, psutil.Process(process.pid).create_time()))
        self._ledger.write_text(json.dumps(self._known))
        return process

    def run(self, name: str, command: list[str], environment: Mapping[str, str]) -> int:
        """The same for a command that ends by itself: wait for it, and return its exit code."""
        process = self.start(name, command, environment)
        code = process.wait()
        self._started.pop(name, None)
        return code

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def dead(self) -> str | None:
        """The name of a process that has ended though nobody asked it to."""
        return next((name for name, process in list(self._started.items()) if process.poll() is not None), None)

    def end(self) -> None:
        """End everything that was started here, and everything that those started."""
        while left := [child for child in psutil.Process().children() if _running(child)]:
            end_all(left)  # more than once: whoever lost its parent meanwhile is our child by now
        for process in self._started.values():
            process.wait()
        self._started.clear()
        self._ledger.unlink(missing_ok=True)


def end_left_over(ledger: Path) -> int:
    """End what a run that was killed has left behind; return how many processes that were."""
    try:
        named = json.loads(ledger.read_text())
    except (FileNotFoundError, ValueError):
        return 0
    alive = [psutil.Process(pid) for pid, began in named if _is(pid, began)]
    ended = end_all(alive)
    ledger.unlink(missing_ok=True)
    return ended


def end_all(roots: Iterable[psutil.Process]) -> int:
    """SIGTERM to the processes and all below them, and SIGKILL to those that do not heed it; return how many."""
    family = _family(roots)
    deadline = time.monotonic() + POLITE_SECONDS
    asked: set[psutil.Process] = set()
    while alive := [process for process in family if _running(process)]:
        # Asked again and again: one that is asked to end may start others on its way out.
        family |= _family(alive)
        number = signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL
        for process in family:
            if _running(process) and (process not in asked or number is signal.SIGKILL):
                with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    process.send_signal(number)
                asked.add(process)
        time.sleep(0.1)
    return len(family)


def _adopt_orphans() -> None:
    """Whatever below us loses its parent becomes our child, where we find it (Linux), not that of process 1.

    One that is asked to end may start another in its last moment, or leave one that it had put into a session of its
    own: nothing would lead to those.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)


def _family(roots: Iterable[psutil.Process]) -> set[psutil.Process]:
    found: set[psutil.Process] = set()
    for root in roots:
        with suppress(psutil.NoSuchProcess):
            found |= {root, *root.children(recursive=True)}
    return found


def _running(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _is(pid: int, began: float) -> bool:
    """Whether this is still the same process: numbers are used again."""
    try:
        return abs(psutil.Process(pid).create_time() - began) < 1 and pid != os.getpid()
    except psutil.NoSuchProcess:
        return False
