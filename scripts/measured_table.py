"""What the stages took beside what their pods ask for, as a table, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawled import Crawled
from kubernetes.utils.quantity import parse_quantity
from measured import BUSY_SECONDS, Measured

_MIB = 2**20
_HEADINGS = (
    "stage",
    "memory",
    "with files",
    "request = limit",
    "CPU",
    f"busiest {BUSY_SECONDS} s",
    "request = limit",
    "in a browser",
    "time",
    "within limits",
)


@dataclass(frozen=True)
class Run:
    """One run of a stage: what it took, and what it has done."""

    took: Measured
    done: Crawled


@dataclass(frozen=True)
class Row:
    """A stage, what its pod asks for and gets, and its runs: with all the machine has, and within the pod's limits."""

    stage: str
    memory_limit: str
    cpu_limit: str
    free: Run
    within: Run | None
    shown_before: int = 0  # pages in a browser, by the stages before it

    @property
    def runs(self) -> list[Run]:
        return [run for run in (self.free, self.within) if run]

    @property
    def memory(self) -> int:
        """Bytes at most, in either run."""
        return max(run.took.memory for run in self.runs)


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown; the figures of the CPU are those of the run without limits."""
    lines = [_HEADINGS, ("---",) * len(_HEADINGS), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    took = row.free.took
    return (
        row.stage,
        _mib(row.memory),
        _mib(max(run.took.memory_with_files for run in row.runs)),
        row.memory_limit,
        _millicores(took.cpu),
        _millicores(took.busiest),
        row.cpu_limit,
        str(row.free.done.in_browser - row.shown_before),
        f"{took.seconds:.0f} s",
        f"{row.within.took.seconds:.0f} s" if row.within else "-",
    )


def faults(rows: Iterable[Row]) -> list[str]:
    """A line for each thing that does not hold. CPU over its limit is none: a pod is only slowed down."""
    return [fault for row in rows for fault in _faults(row)]


def _faults(row: Row) -> Iterator[str]:
    setting = f"VITALITY_{row.stage.upper()}_MEMORY"
    if row.memory > parse_quantity(row.memory_limit):
        yield f"{row.stage} takes {_mib(row.memory)}, which is more than its {row.memory_limit}: raise {setting}"
    for run in row.runs:
        if run.took.killed:
            ended = f"the kernel ended {run.took.killed} of its processes"
            yield f"{row.stage}: at {row.memory_limit} {ended}: raise {setting}"
        if run.took.code:
            yield f"{row.stage} ended with {run.took.code}; what it said stands above"
    differs = row.within and row.free.done.differs(row.within.done)
    if differs:
        yield f"{row.stage} ends otherwise within its limits ({differs}): raise VITALITY_{row.stage.upper()}_CPU"


def _mib(count: int) -> str:
    return f"{count / _MIB:.0f}Mi"


def _millicores(cores: float) -> str:
    return f"{cores * 1000:.0f}m"
