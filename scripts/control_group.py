"""A control group of its own: what the kernel counts for a pod, with a pod's limits, around one command.

Memory is counted as Kubernetes does ("working set"): all of it, with page cache, /dev/shm and tmpfs, less the pages of
files that were not used lately, which the kernel gives back before it kills.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
_PERIOD = 100_000  # microseconds over which the CPU is shared out: what Kubernetes uses
_ENTER = 'for one in {files}; do echo $$ > "$one" || exit 126; done; exec "$@"'


class NoControlGroup(Exception):  # noqa: N818 - named after what is missing
    """This machine lets us make none. The text says why."""


@dataclass(frozen=True)
class Files:
    """Where a kernel has the figures of a group: the folders by what they count, and the names inside of them."""

    memory: Path
    cpu: Path
    usage: Path
    memory_limit: str
    memory_now: str
    memory_most: str
    idle_files: str  # of memory.stat: bytes of files' pages that were not used lately
    killed: str  # the file that counts those killed for want of memory
    cpu_limit: str
    cpu_used: str  # in `usage`

    @property
    def folders(self) -> list[Path]:
        return [self.memory, self.cpu, self.usage]


class ControlGroup:
    """A group of processes; `remove` ends whatever is left in it. `memory` in bytes and `cpu` in cores limit it."""

    def __init__(self, name: str, memory: int | None = None, cpu: float | None = None, root: Path = ROOT) -> None:
        self.files = files = _files(root, name)
        try:
            for folder in files.folders:
                folder.mkdir(exist_ok=True)
            if memory:
                (files.memory / files.memory_limit).write_text(str(memory))
            if cpu:
                quota = int(cpu * _PERIOD)
                (files.cpu / files.cpu_limit).write_text(f"{quota} {_PERIOD}" if _unified(root) else str(quota))
        except OSError as error:
            self.remove()
            raise NoControlGroup(f"{error.filename}: {error.strerror}") from None

    def entered(self, command: list[str]) -> list[str]:
        """The command that is in the group from its first moment on, and so all that it starts."""
        places = dict.fromkeys(str(folder / "cgroup.procs") for folder in self.files.folders)
        return ["/bin/sh", "-c", _ENTER.format(files=" ".join(places)), "sh", *command]

    def memory(self) -> int:
        """Bytes that count now."""
        files = self.files
        return int(_read(files.memory / files.memory_now)) - _field(files.memory / "memory.stat", files.idle_files)

    def memory_with_files(self) -> int:
        """The most bytes so far, with all pages of files: a limit that is near only makes the kernel drop some."""
        return int(_read(self.files.memory / self.files.memory_most))

    def cpu_seconds(self) -> float:
        """Seconds of CPU so far."""
        used = self.files.usage / self.files.cpu_used
        return int(_read(used)) / 1e9 if used.name == "cpuacct.usage" else _field(used, "usage_usec") / 1e6

    def killed(self) -> int:
        """How many processes the kernel ended because the memory was not enough."""
        return _field(self.files.memory / self.files.killed, "oom_kill")

    def remove(self) -> None:
        """End what is left in the group, and remove it."""
        for folder in dict.fromkeys(self.files.folders):
            deadline = time.monotonic() + 10
            while folder.exists() and time.monotonic() < deadline:
                with suppress(FileNotFoundError):
                    for pid in _read(folder / "cgroup.procs").split():
                        with suppress(ProcessLookupError):
                            os.kill(int(pid), signal.SIGKILL)
                with suppress(OSError):
                    folder.rmdir()
                    break
                time.sleep(0.05)


def _files(root: Path, name: str) -> Files:
    if _unified(root):
        one = root / name
        return Files(
            one, one, one, "memory.max", "memory.current", "memory.peak", "inactive_file", "memory.events",
            "cpu.max", "cpu.stat",
        )  # fmt: skip
    return Files(
        root / "memory" / name, root / "cpu" / name, root / "cpuacct" / name, "memory.limit_in_bytes",
        "memory.usage_in_bytes", "memory.max_usage_in_bytes", "total_inactive_file", "memory.oom_control",
        "cpu.cfs_quota_us", "cpuacct.usage",
    )  # fmt: skip


def _unified(root: Path) -> bool:
    """Whether the kernel has one hierarchy for all (version 2), with memory and CPU in it."""
    with suppress(OSError):
        return {"memory", "cpu"} <= set(_read(root / "cgroup.controllers").split())
    return False


def _field(path: Path, name: str) -> int:
    """A figure of a file of names and figures."""
    return next(int(line.split()[1]) for line in _read(path).splitlines() if line.split()[0] == name)


def _read(path: Path) -> str:
    return path.read_text("ascii").strip()
