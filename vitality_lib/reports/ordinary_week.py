"""An ordinary week of each parish: how often a service takes place in it, on which day, at what hour, for how long.

An ordinary week lies in no season and has no holy day. What recurs every other week counts half in it, what recurs on
certain weeks or days of the month with the share of the weeks that have one. Exceptions are not taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from vitality_lib.models import ServiceType

WEEK = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_YEAR = 365.2425
_WEEKS = _YEAR / 7
_LONGEST = 168.0  # hours of a week: no church can offer more
_TIMES_A_YEAR = {"5": _WEEKS - 48}  # a fifth Sunday; every other ordinal comes twelve times
_DATES_A_YEAR = {"29": 11.2425, "30": 11.0, "31": 7.0}
_TIMED = (ServiceType.CONFESSION.value, ServiceType.ADORATION.value)


@dataclass(frozen=True)
class OrdinaryWeek:
    """`starts`: one row for each service and weekday: parish_id, type, language, day, hour (-1: not stated), times.

    `hours`: one row for each parish, church and type of Confession and Adoration: the hours of a week that are known.
    `uncounted` and `unmeasured`: one row (parish_id, type) for each service that says no day, or (Confession and
    Adoration only) whose length is not known though its days are.
    """

    starts: pd.DataFrame
    hours: pd.DataFrame
    uncounted: pd.DataFrame
    unmeasured: pd.DataFrame


def ordinary_week(services: pd.DataFrame, now: datetime) -> OrdinaryWeek:
    """What of these services belongs to an ordinary week at a time."""
    today = f"{now:%Y-%m-%d}"
    in_force = ~(services["begins"] > today) & ~(services["ends"] < today)
    standing = services[in_force & services["season"].isna()]
    says_when = (standing["days"] != "") | (standing["month_days"] != "")
    uncounted = standing.loc[~says_when, ["parish_id", "type"]]
    starts = _starts(standing[says_when])
    long = starts[starts["type"].isin(_TIMED)]
    unmeasured = long.loc[long["length"].isna()].drop_duplicates("service")[["parish_id", "type"]]
    return OrdinaryWeek(starts, _hours(long.dropna(subset=["length"])), uncounted, unmeasured)


def _starts(services: pd.DataFrame) -> pd.DataFrame:
    """One row for each weekday of each service; `length` in hours, NaN where start or end is not known."""
    every_day = (services["days"] == "") & (services["month_days"] != "")
    begin, end = _minutes(services["start_time"]), _minutes(services["end_time"])
    end = end.mask((end == 0) & (services["nights"] == 0), 1440)  # 00:00 is the midnight after
    end += 1440 * services["nights"]
    length = (end - begin).where(end > begin) / 60
    rows = pd.DataFrame(
        {
            "service": services.index,
            "parish_id": services["parish_id"],
            "church_id": services["church_id"],
            "type": services["type"].astype("category"),
            "language": services["language"].astype("category"),
            "day": services["days"].where(~every_day, " ".join(WEEK)).str.split(),
            "hour": (begin // 60).fillna(-1).astype("int8"),
            "length": length,
            "times": _times(services),
        }
    ).explode("day")
    return rows[rows["day"].isin(WEEK)].astype({"day": pd.CategoricalDtype(list(WEEK))}).reset_index(drop=True)


def _times(services: pd.DataFrame) -> pd.Series[float]:
    """How often in an ordinary week, on each of its weekdays."""
    nth = [_sum(words, _TIMES_A_YEAR) / _WEEKS if words else 1.0 for words in services["ordinals"]]
    dates = [_sum(words, _DATES_A_YEAR) / _YEAR for words in services["month_days"]]
    weekly = pd.Series(nth, index=services.index, dtype="float64") / services["weeks"]
    return weekly.where(services["month_days"] == "", pd.Series(dates, index=services.index, dtype="float64"))


def _sum(words: str, seldom: dict[str, float]) -> float:
    return sum(seldom.get(word, 12.0) for word in words.split())


def _minutes(clock: pd.Series[str]) -> pd.Series[float]:
    """Minutes after midnight; NaN where there is no time."""
    return pd.to_numeric(clock.str.slice(0, 2)) * 60.0 + pd.to_numeric(clock.str.slice(3, 5))


def _hours(long: pd.DataFrame) -> pd.DataFrame:
    """The hours of a week in each church of each parish."""
    each = long.assign(hours=long["length"] * long["times"])
    found = each.groupby(["parish_id", "church_id", "type"], observed=True)["hours"].sum().clip(upper=_LONGEST)
    return found.reset_index()
