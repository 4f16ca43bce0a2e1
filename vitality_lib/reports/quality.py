"""Data-quality measures: each check of the registries below, with its count, share and a few examples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from vitality_lib.reports.figures import Measure, Severity, Share
from vitality_lib.reports.shown import shown
from vitality_lib.reports.tables import Tables

if TYPE_CHECKING:
    import pandas as pd

    Failing: TypeAlias = pd.Series[bool]
    """For each row that a check applies to, by the row's label in its frame: whether it fails."""

_SAMPLES = 5


@dataclass(frozen=True)
class Check:
    """One thing that can be wrong with a row. `of` is the frame of Tables that it looks at."""

    key: str
    title: str
    severity: Severity
    of: str
    definition: str
    failing: Callable[[Tables], Failing]


def measure(check: Check, tables: Tables) -> Measure:
    """Apply one check. Rows that it cannot judge are not counted: the share says of how many."""
    failing = check.failing(tables)
    rows = getattr(tables, check.of).loc[failing.index[failing.to_numpy(dtype=bool)]]
    return Measure(
        key=check.key,
        title=check.title,
        severity=check.severity,
        share=Share(len(rows), len(failing)),
        samples=tuple(_named(row) for _, row in rows.head(_SAMPLES).iterrows()),
        definition=check.definition,
    )


def _named(row: pd.Series) -> str:
    """A row in words: the service, its parish, its diocese, as far as it has them."""
    names = (row[column] for column in ("words", "parish", "name", "diocese") if column in row.index)
    return ", ".join(shown(name, 80) for name in names if isinstance(name, str) and name)
