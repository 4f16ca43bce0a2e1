"""Whether numbers move: cycle after cycle with due work and nothing done is a failure with a name, not a green run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vitality_lib.models import Stage
from vitality_lib.store import cycles
from vitality_lib.store.cycles import Cycle
from vitality_lib.store.database import Connection

_LEAST_UNITS = 3  # one site or two that are down are no alarm
_SHOWN = 3
_UNITS = {Stage.SCHEDULE: "parishes"}


@dataclass(frozen=True)
class Stall:
    """A stage that stands still: for how many cycles, how many units it tried, the most frequent reasons, and how many
    of the cycles died before they came to their gate.
    """

    stage: Stage
    cycles: int
    units: int
    reasons: tuple[tuple[str, int], ...]
    died: int = 0

    @property
    def line(self) -> str:
        """What, how long, why, and what to do, in one line for a person."""
        units = f"{self.units or 'the'} {_UNITS.get(self.stage, 'dioceses')}"
        why = ", ".join(f"{reason} {count}" for reason, count in self.reasons)
        died = f" ({self.died} died before their end)" if self.died else ""
        do = (
            "see in the workers' logs what ended them"
            if self.died
            else "see whether this machine reaches the web, then run `vitality inspect` on one of their sites"
        )
        return (
            f"{self.stage} stands still: in {self.cycles} cycles with due work{died} not one of {units} ended ok"
            f"{f' ({why})' if why else ''}; {do}"
        )


class StalledError(Exception):
    """A stage had due work in several cycles in a row, and nothing came of it."""

    def __init__(self, stall: Stall) -> None:
        super().__init__(stall.line)
        self.stall = stall


async def look(connection: Connection, stage: Stage, most: int) -> Stall | None:
    """The stall that a stage is in now, when it is in one."""
    return judge(stage, await cycles.unmoved(connection, stage), most)


def judge(stage: Stage, unmoved: Sequence[Cycle], most: int) -> Stall | None:
    """The stall, when there are `most` or more cycles that moved nothing; 0: never.

    They must have tried enough units, or so many of them must have died themselves, whatever they tried.
    """
    last = {unit: reason for cycle in unmoved for unit, reason in cycle.ended.items()}
    died = sum(cycle.died for cycle in unmoved)
    if not most or len(unmoved) < most or (len(last) < _LEAST_UNITS and died < most):
        return None
    return Stall(stage, len(unmoved), len(last), tuple(Counter(last.values()).most_common(_SHOWN)), died)
