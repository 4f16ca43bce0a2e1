"""When services are: by weekday and hour, and in which language."""

from __future__ import annotations

import pandas as pd

from vitality_lib.models import ServiceType
from vitality_lib.reports.figures import LanguageCount, WeekMap
from vitality_lib.reports.share import Share
from vitality_lib.reports.tables import Tables

_WEEK = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_MAPS = {ServiceType.MASS: "Mass", ServiceType.CONFESSION: "Confession", ServiceType.ADORATION: "Adoration"}


def weeks(tables: Tables) -> tuple[WeekMap, ...]:
    """Starts in an ordinary week, by type. What is tied to a season or to the nth week of the month is left out."""
    services = tables.services
    weekly = services[services["season"].isna() & (services["ordinals"] == "") & services["start_time"].notna()]
    starts = weekly[["type", "days", "start_time"]].assign(days=weekly["days"].str.split()).explode("days")
    starts = starts[starts["days"].isin(_WEEK)]
    starts = starts.assign(hour=starts["start_time"].str.slice(0, 2).astype(int))
    return tuple(_map(kind, title, starts[starts["type"] == kind.value]) for kind, title in _MAPS.items())


def languages(tables: Tables) -> tuple[LanguageCount, ...]:
    """Masses by language, the most frequent first."""
    masses = tables.services[tables.services["type"] == ServiceType.MASS.value]
    counted = masses.groupby("language").agg(masses=("parish_id", "size"), parishes=("parish_id", "nunique"))
    counted = counted.sort_values("masses", ascending=False, kind="stable")
    return tuple(
        LanguageCount(str(language), Share(int(row["masses"]), len(masses)), int(row["parishes"]))
        for language, row in counted.iterrows()
    )


def _map(kind: ServiceType, title: str, starts: pd.DataFrame) -> WeekMap:
    hours = starts["hour"]
    first = min(6, int(hours.min())) if len(hours) else 6
    last = max(21, int(hours.max())) if len(hours) else 21
    table = pd.crosstab(starts["days"], hours).reindex(index=list(_WEEK), columns=range(first, last + 1), fill_value=0)
    return WeekMap(kind.value, title, first, tuple(tuple(int(n) for n in row) for row in table.to_numpy()))
