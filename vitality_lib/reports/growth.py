"""Growth over time, from the figures that each report has left behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from vitality_lib.reports.figures import Series, Total
from vitality_lib.reports.tables import Tables

_SHOWN = ("directories", "parishes", "scheduled", "services")


def growth(tables: Tables, totals: Iterable[Total]) -> tuple[Series, ...]:
    """One point a day (its last report), and the present one. A report that lacks a count has no point for it."""
    return tuple(
        Series(total.key, total.label, (*_past(tables, total.key), (tables.now, total.count)))
        for total in totals
        if total.key in _SHOWN
    )


def _past(tables: Tables, key: str) -> tuple[tuple[datetime, int], ...]:
    counts = ((report.made_at, report.figures.get("totals", {}).get(key)) for report in tables.earlier)
    return tuple((made_at.astimezone(UTC), count) for made_at, count in counts if isinstance(count, int))
