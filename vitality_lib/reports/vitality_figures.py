"""Vitality as types: what parishes offer in a week, told apart from how much of it we know."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from vitality_lib.reports.share import Share

ENOUGH = 0.6
"""Coverage under which a figure is not shown: the share of the published parishes whose schedule is known."""


@dataclass(frozen=True)
class Estimate:
    """One figure for one area. `value`, `low` and `high` are None where too few schedules are known to say it.

    `known` is how many of the area's published parishes have a known schedule; `left_out` how many of their services
    could not be counted, which makes the true figure higher.
    """

    key: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    known: Share
    left_out: int
    unit: str
    interval: str
    definition: str

    @property
    def suppressed(self) -> bool:
        return self.value is None


@dataclass(frozen=True)
class AreaVitality:
    """The main figures of one state, in the order of the nation's."""

    area: str
    known: Share
    estimates: tuple[Estimate, ...]


@dataclass(frozen=True)
class Vitality:
    """The nation's figures, its week by day and by language, the states, and `table`: every figure of every area."""

    nation: tuple[Estimate, ...]
    by_day: tuple[tuple[str, tuple[Estimate, ...]], ...]
    by_language: tuple[Estimate, ...]
    states: tuple[AreaVitality, ...]
    table: pd.DataFrame

    def record(self) -> dict[str, Any]:
        """For JSON: everything but the table."""
        return {
            "nation": [asdict(one) for one in self.nation],
            "by_day": [{"day": day, "types": [asdict(one) for one in row]} for day, row in self.by_day],
            "by_language": [asdict(one) for one in self.by_language],
            "states": [asdict(one) for one in self.states],
        }

    def summary(self) -> dict[str, Any]:
        """What the database keeps: the nation's main figures by key."""
        return {
            one.key: {"value": one.value, "low": one.low, "high": one.high, "known": asdict(one.known)}
            for one in self.nation
        }
