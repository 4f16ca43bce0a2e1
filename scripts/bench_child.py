"""What a child process and the database server took, by the kernel's own account."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from vitality_lib.store.embedded import Server

_KIBI = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss, in bytes
NOTHING_LEFT = 75  # what a worker ends with when others hold all that is left: good, as long as one ends with 0
_LAST_WORDS = 1500  # characters of the log of a child that failed


@dataclass(frozen=True)
class Took:
    """Seconds on the clock and of CPU (the child's with its own children's), bytes that one of them held at most."""

    seconds: float
    cpu: float
    memory: int

    def __add__(self, other: Took) -> Took:
        return Took(self.seconds + other.seconds, self.cpu + other.cpu, max(self.memory, other.memory))


class Failed(Exception):  # noqa: N818 - reads as what happened
    """A child did not end well. The text has its last words."""


def run(command: Sequence[str | Path], environment: Mapping[str, str], log: Path) -> Took:
    """One child from start to end. Raises Failed."""
    return run_beside([command], environment, log)


def run_beside(commands: Sequence[Sequence[str | Path]], environment: Mapping[str, str], log: Path) -> Took:
    """Several children at once; CPU is their sum, memory that of the largest. Raises Failed."""
    began = time.monotonic()
    with log.open("ab") as said:
        children = [
            subprocess.Popen(
                [str(word) for word in command], env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                stdout=said, stderr=subprocess.STDOUT,
            )
            for command in commands
        ]  # fmt: skip
    try:
        usages = [_ended(child, log) for child in children]
    finally:
        for child in children:
            if child.returncode is None:
                child.kill()
                child.wait()
    if all(child.returncode for child in children):
        raise Failed(f"{children[0].args}: none has ended well\n{_last_words(log)}")
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return Took(time.monotonic() - began, cpu, max(usage.ru_maxrss for usage in usages) * _KIBI)


def _ended(child: subprocess.Popen[bytes], log: Path) -> resource.struct_rusage:
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, NOTHING_LEFT):
        raise Failed(f"{child.args}: ended with {child.returncode}\n{_last_words(log)}")
    return usage


def _last_words(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-_LAST_WORDS:]


def cpu_of_database(server: Server) -> float:
    """Seconds of CPU that the server took so far, with the sessions that have ended."""
    pid = int((server.data / "postmaster.pid").read_text().split("\n", 1)[0])
    root = psutil.Process(pid)
    times = root.cpu_times()
    total = times.user + times.system + times.children_user + times.children_system
    for session in root.children(recursive=True):
        with suppress(psutil.Error):
            of_it = session.cpu_times()
            total += of_it.user + of_it.system
    return float(total)
