"""How old the data is: when directories and parish websites were last read with success."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from vitality_lib.models import Stage, UnitKind
from vitality_lib.reports.figures import Freshness
from vitality_lib.reports.share import Share
from vitality_lib.reports.tables import Tables

_DAYS = (1, 8, 15, 30)
_LABELS = ("up to 1 day", "1 to 8 days", "8 to 15 days", "15 to 30 days", "over 30 days")


def freshness(tables: Tables) -> tuple[Freshness, ...]:
    """Directories of the listed dioceses, and websites of the published parishes."""
    directories = tables.listed[tables.listed["directory"].notna()]
    parishes = tables.parishes[tables.parishes["website"].notna()]
    return (
        _fresh(
            ("directories", "Parish directories"),
            tables.confirmed(directories, Stage.EXTRACTION, UnitKind.DIOCESE),
            tables.now,
            "Of the listed dioceses with a directory: when it was last read with outcome ok.",
        ),
        _fresh(
            ("parishes", "Parish websites"),
            tables.confirmed(parishes, Stage.SCHEDULE, UnitKind.PARISH),
            tables.now,
            "Of the published parishes with a website: when services were last read there with outcome ok.",
        ),
    )


def _fresh(names: tuple[str, str], when: pd.Series[pd.Timestamp], now: datetime, definition: str) -> Freshness:
    days = (pd.Timestamp(now) - when).dt.total_seconds() / 86_400
    bins = [float("-inf"), *_DAYS, float("inf")]
    counts = pd.cut(days, bins, labels=list(_LABELS)).value_counts()
    known = when.dropna()
    newest: datetime | None = known.max().to_pydatetime() if len(known) else None
    return Freshness(
        key=names[0],
        title=names[1],
        within_8_days=Share(int((days <= 8).sum()), len(when)),
        within_15_days=Share(int((days <= 15).sum()), len(when)),
        ages=(*((label, int(counts.get(label, 0))) for label in _LABELS), ("never", int(when.isna().sum()))),
        newest=newest,
        definition=definition,
    )
