"""What each parish with a known schedule offers in an ordinary week, as values that can be averaged."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from vitality_lib.models import ServiceType
from vitality_lib.reports.ordinary_week import WEEK, OrdinaryWeek

KEYS = ["measure", "type", "split", "group"]
_TYPES = [kind.value for kind in ServiceType]
_WEEKDAYS = list(WEEK[1:6])
_EVENING, _ALMOST_ONE, _ALWAYS = 16, 0.999, 167.9

SHARES = {
    "sunday_mass": ("mass", "With a Sunday Mass", "A Mass on Sunday, or on Saturday from 16:00."),
    "weekday_mass": ("mass", "With a weekday Mass", "A Mass on one or more of Monday to Friday."),
    "daily_mass": ("mass", "With Mass on all weekdays", "A Mass on each of Monday to Friday, every week."),
    "mass_not_in_english": ("mass", "With Mass not in English", "A Mass in another language, or bilingual."),
    "mass_in_spanish": ("mass", "With Mass in Spanish", "A Mass in Spanish, bilingual ones included."),
    "confession_weekly": (
        "confession",
        "With Confession every week",
        "At stated times; by appointment is not counted.",
    ),
    "adoration_weekly": ("adoration", "With Adoration every week", "At stated times, or all through the week."),
    "perpetual_adoration": ("adoration", "With perpetual Adoration", "168 hours of Adoration a week in one church."),
}
"""Shares of parishes: of which type of service, what the figure is called, what it means."""


def per_parish(week: OrdinaryWeek) -> pd.DataFrame:
    """One row (parish_id, measure, type, split, group, x) for what a parish has; what it has not is 0 and has no row.

    `measure` is `services` (a week), `hours` (a week) or `share` (1 for a parish that has it, the `group` says what).
    """
    starts = week.starts
    parts = [
        _summed(starts, "all", None),
        _summed(starts, "weekday", "day"),
        _summed(starts[starts["hour"] >= 0], "hour", "hour"),
        _summed(starts, "language", "language"),
        _named(_measured(week).groupby(["parish_id", "type"], observed=True)["hours"].sum(), "hours", "all"),
        *_flags(week),
    ]
    values = pd.concat(parts, ignore_index=True)
    return values.astype(dict.fromkeys(KEYS, "category"))


def keys(values: pd.DataFrame) -> pd.DataFrame:
    """Every figure there is: those that are always given, and the hours and languages that occur anywhere."""
    always = [
        *(("services", kind, "all", "") for kind in _TYPES),
        *(("hours", kind, "all", "") for kind in ("confession", "adoration")),
        *(("share", kind, "all", key) for key, (kind, _, _) in SHARES.items()),
        *(("services", kind, "weekday", day) for kind in _TYPES for day in WEEK),
    ]
    found = values.loc[values["split"].isin(["hour", "language"]), KEYS].drop_duplicates().sort_values(KEYS[1:])
    return pd.concat([pd.DataFrame(always, columns=KEYS), found.astype("str")], ignore_index=True)


def left_out(week: OrdinaryWeek) -> pd.DataFrame:
    """One row (parish_id, measure, type, split) for each service that a figure could not count."""
    untimed = week.starts.loc[week.starts["hour"] < 0].drop_duplicates("service")[["parish_id", "type"]]
    without_day = [
        week.uncounted.assign(measure=measure, split=split)
        for measure, split in (
            *(("services", split) for split in ("all", "weekday", "hour", "language")),
            *(("hours", "all"), ("share", "all")),
        )
    ]
    missing = [
        *without_day,
        untimed.assign(measure="services", split="hour"),
        week.unmeasured.assign(measure="hours", split="all"),
    ]
    return pd.concat([one.astype({"type": "str"}) for one in missing], ignore_index=True)


def _summed(starts: pd.DataFrame, split: str, column: str | None) -> pd.DataFrame:
    by = ["parish_id", "type", *([column] if column else [])]
    return _named(starts.groupby(by, observed=True)["times"].sum(), "services", split)


def _named(sums: pd.Series[float], measure: str, split: str) -> pd.DataFrame:
    rows = sums.rename("x").reset_index()
    group = rows.iloc[:, 2].astype("str") if rows.shape[1] == 4 else ""
    return pd.DataFrame(
        {
            "parish_id": rows["parish_id"],
            "measure": measure,
            "type": rows["type"].astype("str"),
            "split": split,
            "group": group,
            "x": rows["x"],
        }
    )


def _measured(week: OrdinaryWeek) -> pd.DataFrame:
    """The hours of parishes of which all are known."""
    wanting = pd.MultiIndex.from_frame(week.unmeasured.astype({"type": "str"}))
    return week.hours[
        ~pd.MultiIndex.from_frame(week.hours[["parish_id", "type"]].astype({"type": "str"})).isin(wanting)
    ]


def not_measured(week: OrdinaryWeek) -> pd.DataFrame:
    """One row (parish_id, measure, type, group) for each parish that a figure of hours cannot count: a length lacks."""
    parishes = week.unmeasured.astype({"type": "str"}).drop_duplicates()
    perpetual = parishes[parishes["type"] == "adoration"].assign(measure="share", group="perpetual_adoration")
    return pd.concat([parishes.assign(measure="hours", group=""), perpetual], ignore_index=True)


def _flags(week: OrdinaryWeek) -> Iterator[pd.DataFrame]:
    for key, parishes in _having(week):
        ids = pd.Series(parishes.unique(), dtype="int64")
        yield pd.DataFrame(
            {"parish_id": ids, "measure": "share", "type": SHARES[key][0], "split": "all", "group": key, "x": 1.0}
        )


def _having(week: OrdinaryWeek) -> Iterator[tuple[str, pd.Series[int]]]:
    starts = week.starts
    masses = starts[starts["type"] == "mass"]
    on_weekdays = masses[masses["day"].isin(_WEEKDAYS)]
    every_week = on_weekdays[on_weekdays["times"] >= _ALMOST_ONE].groupby("parish_id")["day"].nunique()
    language = masses["language"].astype("str")
    evening = (masses["day"] == "SA") & (masses["hour"] >= _EVENING)
    yield "sunday_mass", masses.loc[(masses["day"] == "SU") | evening, "parish_id"]
    yield "weekday_mass", on_weekdays["parish_id"]
    yield "daily_mass", every_week[every_week == len(_WEEKDAYS)].index.to_series()
    yield "mass_not_in_english", masses.loc[~language.isin(["en", "und"]), "parish_id"]
    yield "mass_in_spanish", masses.loc[language.str.split("/").map(lambda codes: "es" in codes), "parish_id"]
    for kind in ("confession", "adoration"):
        often = starts[starts["type"] == kind].groupby("parish_id")["times"].sum()
        yield f"{kind}_weekly", often[often >= _ALMOST_ONE].index.to_series()
    hours = _measured(week)
    always = hours[(hours["type"] == "adoration") & (hours["hours"] >= _ALWAYS)]
    yield "perpetual_adoration", always["parish_id"]
