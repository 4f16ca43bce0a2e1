"""docs/benchmarks.md: one table a part, each between its own marks, with the machine and the command."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vitality_lib.store import postgres_wheel

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Result:
    """What a part found: rows of a table, words about them, and each limit that is not kept."""

    heading: Sequence[str]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str] = ()
    faults: Sequence[str] = ()

    def __str__(self) -> str:
        rule = ["---"] + ["---:"] * (len(self.heading) - 1)
        table = "\n".join(f"| {' | '.join(map(str, row))} |" for row in (self.heading, rule, *self.rows))
        said = [*self.notes, *(f"**Not kept:** {fault}" for fault in self.faults)]
        return "\n\n".join([table, *said])


def put(page: str, part: str, result: Result, command: str, now: datetime) -> str:
    """The page with this part's table in the place of its last one; all else stays as it is. Raises ValueError."""
    marks = f"<!-- part {part} -->", "<!-- end -->"
    found = re.compile(f"{re.escape(marks[0])}.*?{re.escape(marks[1])}", re.S)
    if not found.search(page):
        raise ValueError(f"{PAGE.name} has no place for {part}: {marks[0]} ... {marks[1]}")
    told = f"{now:%Y-%m-%d}, {machine()}.\n`{command}`"
    return found.sub(lambda _: f"{marks[0]}\n{result}\n\n{told}\n{marks[1]}", page, count=1)


def machine() -> str:
    """The machine in one line: CPU, cores, memory, Python, PostgreSQL."""
    cores, python = len(os.sched_getaffinity(0)), platform.python_version()
    return f"{_cpu()}, {cores} cores, {_memory()}, Python {python}, {_postgres()}"


def _cpu() -> str:
    named = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.M)
    return named[1] if named else platform.machine()


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def _postgres() -> str:
    good, said = postgres_wheel.run("postgres", ["--version"], postgres_wheel.account())
    return said.replace("postgres (PostgreSQL)", "PostgreSQL") if good else "PostgreSQL"
