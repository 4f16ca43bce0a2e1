"""How much memory a pod has left before the kernel kills: one of its processes, or with cgroup v2 all of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_NAMES = (
    # hierarchy, limit, usage, and the pages of files in memory.stat, which the kernel drops before it kills
    ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", ("total_inactive_file", "total_active_file")),
    ("", "memory.max", "memory.current", ("inactive_file", "active_file")),
)


def left(root: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")) -> int | None:
    """Bytes that this process and those beside it may still take; None where nothing limits them (or not Linux)."""
    with suppress(OSError, ValueError):
        paths = {hierarchy: path for _, hierarchy, path in (line.split(":", 2) for line in own.read_text().split())}
        for hierarchy, limit, usage, files in _NAMES:
            for folder in (root / hierarchy / paths.get(hierarchy, "").lstrip("/"), root / hierarchy):
                # Inside of a container its own group is the root, whatever the node calls it.
                if (folder / limit).exists():
                    return _left(folder, limit, usage, files)
    return None


def _left(folder: Path, limit: str, usage: str, files: tuple[str, ...]) -> int | None:
    most = (folder / limit).read_text().strip()
    if most == "max" or int(most) >= 2**60:  # what version 1 writes for no limit
        return None
    figures = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
    return int(most) - int((folder / usage).read_text()) + sum(int(figures[name]) for name in files)
