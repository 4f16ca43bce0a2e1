"""Vitality: what parishes offer in an ordinary week, for the nation, each state and each diocese.

A parish counts when its schedule is known: read with success once, and one service published or more. Of such a parish
what it does not have is 0; the others are in no denominator. Areas in which fewer than 60 % of the published parishes
have a known schedule get no figures.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vitality_lib.models import ServiceType, Stage, UnitKind
from vitality_lib.reports import intervals
from vitality_lib.reports.ordinary_week import ordinary_week
from vitality_lib.reports.share import Share
from vitality_lib.reports.tables import Tables
from vitality_lib.reports.vitality_figures import ENOUGH, AreaVitality, Estimate, Vitality
from vitality_lib.reports.vitality_values import KEYS, SHARES, keys, left_out, not_measured, per_parish

NATION = "United States"
DAYS = {"SU": "Sunday", "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday"} | {
    "SA": "Saturday"
}
_TYPES = [kind.value for kind in ServiceType]
_NAMES = {"mass": "Masses", "confession": "Confessions", "adoration": "Adorations", "other_devotion": "Other devotions"}
_T, _WILSON = "t", "wilson"
_LANGUAGES = 12  # in the page; the table holds all


def vitality(tables: Tables) -> Vitality:
    """Every figure of every area, and the main ones as objects."""
    parishes = _parishes(tables)
    known = parishes.loc[parishes["known"], "parish_id"]
    week = ordinary_week(tables.services[tables.services["parish_id"].isin(known)], tables.now)
    values = per_parish(week)
    found = _Found(parishes, values, keys(values), left_out(week), not_measured(week))
    table = pd.concat([_of_areas(kind, found) for kind in ("nation", "state", "diocese")], ignore_index=True)
    return _shown(table)


def known_schedules(tables: Tables) -> pd.Series[bool]:
    """Of each published parish, whether its schedule is known."""
    read = tables.confirmed(tables.parishes, Stage.SCHEDULE, UnitKind.PARISH).notna()
    return read & tables.parishes["id"].isin(tables.services["parish_id"])


def _parishes(tables: Tables) -> pd.DataFrame:
    """parish_id, known, and the areas of each published parish."""
    rows = tables.parishes
    areas = {"nation": NATION, "state": rows["state"], "diocese": rows["diocese"]}
    return pd.DataFrame({"parish_id": rows["id"], "known": known_schedules(tables), **areas})


@dataclass(frozen=True)
class _Found:
    """What the figures are made of: the published parishes, and the frames of `vitality_values` of those known."""

    parishes: pd.DataFrame
    values: pd.DataFrame
    keys: pd.DataFrame
    left_out: pd.DataFrame
    not_measured: pd.DataFrame


def _of_areas(kind: str, found: _Found) -> pd.DataFrame:
    """The figures of all areas of one kind."""
    parishes = found.parishes
    areas = parishes.groupby(kind).agg(n=("known", "sum"), parishes=("known", "size")).reset_index()
    areas = areas.rename(columns={kind: "area"}).assign(area_kind=kind)
    place = parishes.set_index("parish_id")[kind].rename("area")
    rows = areas.merge(found.keys, how="cross")
    rows = _with_counts(rows, found.not_measured, place, ["measure", "type", "group"], "not_measured")
    rows["n"] -= rows.pop("not_measured")
    rows["coverage"] = rows["n"] / rows["parishes"]
    rows["too_few_known"] = ~(rows["coverage"] >= ENOUGH)
    rows = rows[~rows["too_few_known"] | (rows["split"] == "all")]
    rows = rows.merge(_sums(found.values, place), how="left", on=["area", *KEYS])
    rows[["total", "squares"]] = rows[["total", "squares"]].fillna(0)
    return _estimated(_with_counts(rows, found.left_out, place, KEYS[:3], "left_out"))


def _sums(values: pd.DataFrame, place: pd.Series[str]) -> pd.DataFrame:
    placed = values.assign(area=values["parish_id"].map(place).astype("str"), squares=values["x"] ** 2)
    found = placed.groupby(["area", *KEYS], observed=True).agg(total=("x", "sum"), squares=("squares", "sum"))
    return found.reset_index().astype(dict.fromkeys(KEYS, "str"))


def _with_counts(
    rows: pd.DataFrame, counted: pd.DataFrame, place: pd.Series[str], by: list[str], name: str
) -> pd.DataFrame:
    """The rows with a column more: how many of `counted` lie in their area and agree in `by`."""
    placed = counted.assign(area=counted["parish_id"].map(place).astype("str"))
    counts = placed.groupby(["area", *by]).size().rename(name).reset_index()
    merged = rows.merge(counts, how="left", on=["area", *by])
    return merged.assign(**{name: merged[name].fillna(0).astype("int64")})


def _estimated(rows: pd.DataFrame) -> pd.DataFrame:
    count, total = rows["n"].to_numpy("float64"), rows["total"].to_numpy("float64")
    mean = intervals.of_mean(total, rows["squares"].to_numpy("float64"), count)
    share = intervals.of_share(total, count)
    is_share = (rows["measure"] == "share").to_numpy()
    rows["interval"] = pd.Series(_T, index=rows.index).where(~is_share, _WILSON)
    for column, of_mean, of_share in zip(("estimate", "low", "high"), mean, share, strict=True):
        found = pd.Series(np.where(is_share, of_share, of_mean), index=rows.index)
        rows[column] = found.where(~rows["too_few_known"])
    return rows.drop(columns=["total", "squares"])


def _shown(table: pd.DataFrame) -> Vitality:
    nation = table[table["area_kind"] == "nation"]
    whole = nation[nation["split"] == "all"]
    days = nation[nation["split"] == "weekday"]
    languages = nation[(nation["split"] == "language") & (nation["type"] == "mass")]
    states = table[(table["area_kind"] == "state") & (table["split"] == "all") & (table["measure"] != "share")]
    return Vitality(
        nation=_estimates(whole),
        by_day=tuple((name, _estimates(days[days["group"] == day])) for day, name in DAYS.items() if len(days)),
        by_language=_estimates(languages.sort_values("estimate", ascending=False, kind="stable").head(_LANGUAGES)),
        states=tuple(_area(str(area), rows) for area, rows in states.groupby("area")),
        table=table,
    )


def _area(area: str, rows: pd.DataFrame) -> AreaVitality:
    estimates = _estimates(rows)
    return AreaVitality(area, estimates[0].known, estimates)


def _estimates(rows: pd.DataFrame) -> tuple[Estimate, ...]:
    return tuple(_estimate(row) for row in rows.to_dict("records"))


def _estimate(row: dict[Hashable, Any]) -> Estimate:
    measure, kind, group = str(row["measure"]), str(row["type"]), str(row["group"])
    label, definition = _words(measure, kind, group)
    value, low, high = (None if pd.isna(row[one]) else float(row[one]) for one in ("estimate", "low", "high"))
    return Estimate(
        key=group if measure == "share" else "_".join(part for part in (measure, kind, group) if part),
        label=group if row["split"] == "language" else label,
        value=value,
        low=low,
        high=high,
        known=Share(int(row["n"]), int(row["parishes"])),
        left_out=int(row["left_out"]),
        unit={"services": "a week", "hours": "hours a week", "share": "of parishes"}[measure],
        interval=str(row["interval"]),
        definition=definition,
    )


def _words(measure: str, kind: str, group: str) -> tuple[str, str]:
    if measure == "share":
        return SHARES[group][1:]
    if measure == "hours":
        name = "Confession" if kind == ServiceType.CONFESSION else "Adoration"
        return (
            f"Hours of {name}",
            "From start to end, over all churches; n: parishes of which no end is missing.",
        )
    return _NAMES[kind], "Starts in an ordinary week: one on five weekdays counts five times."
