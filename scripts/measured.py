"""What one command took: the most memory, CPU on the whole and in its busiest seconds, time."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from control_group import ControlGroup, NoControlGroup
from process_tree import ProcessTree

BUSY_SECONDS = 10  # over which the busiest moment is taken
_LOOK_SECONDS = 0.05
_SLOW_LOOK_SECONDS = 0.25  # each process of the tree is looked at, which itself takes CPU


@dataclass(frozen=True)
class Measured:
    """`memory` and `memory_with_files` in bytes at most, `cpu` and `busiest` in cores, `killed` for want of memory."""

    code: int
    seconds: float
    memory: int
    memory_with_files: int
    cpu_seconds: float
    busiest: float
    killed: int = 0

    @property
    def cpu(self) -> float:
        return self.cpu_seconds / self.seconds


def measure(
    command: list[str],
    environment: Mapping[str, str],
    log: Path,
    *,
    memory: int | None = None,
    cpu: float | None = None,
    seconds: float = 3600,
) -> Measured:
    """Run a command under a pod's limits and count. Raises NoControlGroup, or subprocess.TimeoutExpired."""
    group = ControlGroup(f"vitality-measure-{os.getpid()}", memory, cpu)
    try:
        with _started(group.entered(command), environment, log) as process:
            watch = _Watch(seconds, command)
            while process.poll() is None:
                watch.see(group.memory(), group.cpu_seconds())
                time.sleep(_LOOK_SECONDS)
            return watch.ended(process.returncode, group.memory_with_files(), group.cpu_seconds(), group.killed())
    finally:
        group.remove()


def measure_tree(command: list[str], environment: Mapping[str, str], log: Path, seconds: float = 3600) -> Measured:
    """The same without a control group, and so without limits: by looking at each process."""
    with _started(command, environment, log) as process:
        tree, watch = ProcessTree(process.pid), _Watch(seconds, command)
        used = 0.0
        while process.poll() is None:
            memory, used = tree.look()
            watch.see(memory, used)
            time.sleep(_SLOW_LOOK_SECONDS)
        return watch.ended(process.returncode, watch.memory, used)


def control_groups() -> str:
    """Empty where control groups can be made, else why not."""
    try:
        ControlGroup(f"vitality-measure-{os.getpid()}").remove()
    except NoControlGroup as problem:
        return str(problem)
    return ""


class _Watch:
    """The highest of what was seen so far."""

    def __init__(self, most_seconds: float, command: list[str]) -> None:
        self.memory, self._busiest = 0, 0.0
        self._command, self._most_seconds = command, most_seconds
        self._began = time.monotonic()
        self._seen: deque[tuple[float, float]] = deque()  # time and seconds of CPU, of the last seconds

    def see(self, memory: int, cpu: float) -> None:
        now = time.monotonic()
        if now - self._began > self._most_seconds:
            raise subprocess.TimeoutExpired(self._command, self._most_seconds)
        self.memory = max(self.memory, memory)
        self._seen.append((now, cpu))
        while now - self._seen[0][0] > BUSY_SECONDS:
            self._seen.popleft()
        since, before = self._seen[0]
        # The first seconds count for as little of the ten as they are.
        self._busiest = max(self._busiest, (cpu - before) / max(now - since, BUSY_SECONDS))

    def ended(self, code: int, memory_with_files: int, cpu: float, killed: int = 0) -> Measured:
        took = time.monotonic() - self._began
        busiest = max(self._busiest, cpu / took) if took < BUSY_SECONDS else self._busiest
        return Measured(code, took, self.memory, memory_with_files, cpu, busiest, killed)


class _started:  # noqa: N801 - reads as a verb
    """A process in a session of its own; ended with all that stayed in it on the way out."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip

    def __enter__(self) -> subprocess.Popen[bytes]:
        return self._process

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
