"""Checks of the current services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitality_lib.models import ServiceType
from vitality_lib.reports.figures import Severity
from vitality_lib.reports.quality import Check
from vitality_lib.reports.tables import Tables

if TYPE_CHECKING:
    import pandas as pd

    from vitality_lib.reports.quality import Failing

_DOUBTFUL = 0.5
_LONG_CONFESSION = 6 * 60


def _of_type(tables: Tables, *types: ServiceType) -> pd.DataFrame:
    return tables.services[tables.services["type"].isin([kind.value for kind in types])]


def _timed(services: pd.DataFrame) -> pd.DataFrame:
    return services.dropna(subset=["start_time", "end_time"])


def _without_start(tables: Tables) -> Failing:
    return tables.services["start_time"].isna() & tables.services["note"].isna()


def _without_day(tables: Tables) -> Failing:
    return (tables.services["days"].str.len() == 0) & tables.services["note"].isna()


def _without_end(tables: Tables) -> Failing:
    starting = _of_type(tables, ServiceType.CONFESSION, ServiceType.ADORATION).dropna(subset=["start_time"])
    return starting["end_time"].isna()


def _ends_before_it_starts(tables: Tables) -> Failing:
    timed = _timed(tables.services[tables.services["type"] != ServiceType.ADORATION.value])
    return timed["end_time"] <= timed["start_time"]


def _odd_hour(tables: Tables) -> Failing:
    starts = _of_type(tables, ServiceType.MASS)["start_time"].dropna()
    return (starts < "05:00") | (starts >= "22:00")


def _long_confession(tables: Tables) -> Failing:
    timed = _timed(_of_type(tables, ServiceType.CONFESSION))
    return _minutes(timed["end_time"]) - _minutes(timed["start_time"]) > _LONG_CONFESSION


def _same_twice(tables: Tables) -> Failing:
    services = tables.services
    columns = services[["parish_id", "church_id", "type", "season", "start_time", "language", "note"]]
    days, ordinals = services["days"].map(sorted).map(tuple), services["ordinals"].map(sorted).map(tuple)
    return columns.assign(days=days, ordinals=ordinals).duplicated(keep=False)


def _without_evidence(tables: Tables) -> Failing:
    return tables.services["confidence"].isna()


def _doubtful(tables: Tables) -> Failing:
    return tables.services["confidence"].dropna() < _DOUBTFUL


def _minutes(clock: pd.Series[str]) -> pd.Series[int]:
    return clock.str.slice(0, 2).astype(int) * 60 + clock.str.slice(3, 5).astype(int)


SERVICE_CHECKS = (
    Check(
        "service_without_start",
        "Service without a time",
        Severity.WARNING,
        "services",
        "No start is stated, and no note says what it is tied to.",
        _without_start,
    ),
    Check(
        "service_without_day",
        "Service without a day",
        Severity.WARNING,
        "services",
        "No day is stated, and no note such as “by appointment” explains it.",
        _without_day,
    ),
    Check(
        "service_without_end",
        "Confession or Adoration without an end",
        Severity.GAP,
        "services",
        "Of the Confessions and Adorations with a start: no end is stated, so hours cannot be counted.",
        _without_end,
    ),
    Check(
        "ends_before_start",
        "Ends before it starts",
        Severity.ERROR,
        "services",
        "Of the services with start and end, Adoration (which may last overnight) left out: the end is not later.",
        _ends_before_it_starts,
    ),
    Check(
        "mass_at_odd_hour",
        "Mass at an odd hour",
        Severity.WARNING,
        "services",
        "Of the Masses with a start: before 5:00 or from 22:00. Often a.m. and p.m. were mixed up.",
        _odd_hour,
    ),
    Check(
        "confession_very_long",
        "Confession of more than six hours",
        Severity.WARNING,
        "services",
        "Of the Confessions with start and end: longer than six hours. Office hours may have been read.",
        _long_confession,
    ),
    Check(
        "service_twice",
        "Same service twice",
        Severity.ERROR,
        "services",
        "Another row of the parish has the same church, type, days, season, start, language and note.",
        _same_twice,
    ),
    Check(
        "service_without_evidence",
        "Service without evidence",
        Severity.ERROR,
        "services",
        "No quote of a page stands behind it.",
        _without_evidence,
    ),
    Check(
        "evidence_doubtful",
        "Doubtful evidence",
        Severity.WARNING,
        "services",
        f"Of the services with evidence: confidence of the best piece under {_DOUBTFUL}.",
        _doubtful,
    ),
    Check(
        "language_unknown",
        "Language not known",
        Severity.GAP,
        "services",
        "The page suggests another language than English without saying which (`und`).",
        lambda tables: tables.services["language"] == "und",
    ),
)
