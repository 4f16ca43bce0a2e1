"""Checks of the published parishes and of the dioceses they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from vitality_lib.models import ServiceType, Stage, UnitKind
from vitality_lib.reports.figures import Severity
from vitality_lib.reports.quality import Check
from vitality_lib.reports.tables import Tables

if TYPE_CHECKING:
    from vitality_lib.reports.quality import Failing

_STALE_DAYS = 15
_CROWDED = 40
# South, north, west, east in degrees: the contiguous states, Alaska (on both sides of 180), Hawaii, Puerto Rico and the
# Virgin Islands, Guam and the Northern Marianas, American Samoa.
_UNITED_STATES = (
    (24.3, 49.5, -125.0, -66.8),
    (51.0, 71.6, -180.0, -129.9),
    (51.0, 71.6, 172.0, 180.0),
    (18.8, 22.4, -160.7, -154.6),
    (17.6, 18.6, -67.4, -64.5),
    (13.1, 20.7, 144.5, 146.2),
    (-14.7, -10.9, -171.3, -168.0),
)
_ADDRESS = ["diocese_id", "street", "city"]


def _missing(column: str, what: str, severity: Severity = Severity.GAP) -> Check:
    return Check(
        f"parish_without_{column}",
        f"Parish without {what}",
        severity,
        "parishes",
        f"No {what} is known of the published parish.",
        lambda tables: tables.parishes[column].isna(),
    )


def _malformed_zip(tables: Tables) -> Failing:
    zips = tables.parishes["zip"].dropna()
    return ~zips.str.fullmatch(r"\d{5}(-\d{4})?").astype(bool)


def _malformed_state(tables: Tables) -> Failing:
    states = tables.parishes["state"].dropna()
    return ~states.str.fullmatch(r"[A-Z]{2}").astype(bool)


def _without_coordinates(tables: Tables) -> Failing:
    return tables.parishes["latitude"].isna() | tables.parishes["longitude"].isna()


def _outside_the_states(tables: Tables) -> Failing:
    located = tables.parishes.dropna(subset=["latitude", "longitude"])
    inside = pd.Series(False, index=located.index)
    for south, north, west, east in _UNITED_STATES:
        inside |= located["latitude"].between(south, north) & located["longitude"].between(west, east)
    return ~inside


def _same_point(tables: Tables) -> Failing:
    located = tables.parishes.dropna(subset=["latitude", "longitude"])
    return located.duplicated(["diocese_id", "latitude", "longitude"], keep=False)


def _same_address(tables: Tables) -> Failing:
    placed = tables.parishes.dropna(subset=_ADDRESS)[_ADDRESS]
    return placed.assign(street=_bare(placed["street"]), city=_bare(placed["city"])).duplicated(keep=False)


def _same_phone(tables: Tables) -> Failing:
    rows = tables.parishes.dropna(subset=["phone"])[["diocese_id", "phone"]]
    digits = rows["phone"].str.replace(r"\D", "", regex=True).str[-10:]
    return rows.assign(phone=digits).duplicated(keep=False)


def _same_website(tables: Tables) -> Failing:
    rows = tables.parishes.dropna(subset=["website"])[["diocese_id", "website"]]
    bare = rows["website"].str.lower().str.replace(r"^https?://(www\.)?|/+$", "", regex=True)
    return rows.assign(website=bare).duplicated(keep=False)


def _without_sunday_mass(tables: Tables) -> Failing:
    masses = tables.services[tables.services["type"] == ServiceType.MASS.value].explode("days")
    evening = (masses["days"] == "SA") & (masses["vigil"] | (masses["start_time"] >= "16:00"))
    sunday = masses.loc[(masses["days"] == "SU") | evening, "parish_id"]
    parishes = tables.parishes[tables.parishes["id"].isin(masses["parish_id"])]
    return ~parishes["id"].isin(sunday)


def _crowded(tables: Tables) -> Failing:
    counts = tables.services["parish_id"].value_counts()
    parishes = tables.parishes[tables.parishes["id"].isin(counts.index)]
    return parishes["id"].map(counts) > _CROWDED


def _stale_parish(tables: Tables) -> Failing:
    parishes = tables.parishes[tables.parishes["website"].notna()]
    return _stale(tables.confirmed(parishes, Stage.SCHEDULE, UnitKind.PARISH), tables)


def _stale_directory(tables: Tables) -> Failing:
    dioceses = tables.listed[tables.listed["directory"].notna()]
    return _stale(tables.confirmed(dioceses, Stage.EXTRACTION, UnitKind.DIOCESE), tables)


def _stale(good: pd.Series[pd.Timestamp], tables: Tables) -> Failing:
    limit = pd.Timestamp(tables.now) - pd.Timedelta(days=_STALE_DAYS)
    return ~(good >= limit)  # never is stale, too


def _bare(text: pd.Series[str]) -> pd.Series[str]:
    return text.str.lower().str.replace(r"\W+", " ", regex=True).str.strip()


PARISH_CHECKS = (
    _missing("street", "street", Severity.WARNING),
    _missing("city", "city", Severity.WARNING),
    _missing("state", "state"),
    _missing("zip", "ZIP code"),
    _missing("phone", "telephone"),
    _missing("website", "website", Severity.WARNING),
    Check(
        "zip_malformed",
        "Malformed ZIP code",
        Severity.ERROR,
        "parishes",
        "Of the parishes with one: neither five digits nor ZIP+4.",
        _malformed_zip,
    ),
    Check(
        "state_malformed",
        "Malformed state",
        Severity.ERROR,
        "parishes",
        "Of the parishes with one: no code of two capital letters.",
        _malformed_state,
    ),
    Check(
        "parish_without_coordinates",
        "Parish without coordinates",
        Severity.GAP,
        "parishes",
        "Latitude or longitude is not known.",
        _without_coordinates,
    ),
    Check(
        "coordinates_outside_us",
        "Coordinates outside the United States",
        Severity.ERROR,
        "parishes",
        "Of the parishes with coordinates: in no state or territory, by generous rectangles.",
        _outside_the_states,
    ),
    Check(
        "coordinates_shared",
        "Coordinates shared in a diocese",
        Severity.WARNING,
        "parishes",
        "Of the parishes with coordinates: another of the diocese stands at the very same point.",
        _same_point,
    ),
    Check(
        "address_shared",
        "Address shared in a diocese",
        Severity.WARNING,
        "parishes",
        "Of the parishes with street and city: another of the diocese has the same. One of them may be a double.",
        _same_address,
    ),
    Check(
        "phone_shared",
        "Telephone shared in a diocese",
        Severity.WARNING,
        "parishes",
        "Of the parishes with a telephone: another of the diocese has the same. Clustered parishes often do.",
        _same_phone,
    ),
    Check(
        "website_shared",
        "Website shared in a diocese",
        Severity.WARNING,
        "parishes",
        "Of the parishes with a website: another of the diocese has the same. Clustered parishes often do.",
        _same_website,
    ),
    Check(
        "no_sunday_mass",
        "Parish without a Sunday Mass",
        Severity.WARNING,
        "parishes",
        "Of the parishes with a Mass: none on Sunday, nor on Saturday as a vigil or from 16:00.",
        _without_sunday_mass,
    ),
    Check(
        "crowded_parish",
        "Unusually many services",
        Severity.WARNING,
        "parishes",
        f"Of the parishes with services: more than {_CROWDED}. Several parishes' pages may have been mixed up.",
        _crowded,
    ),
    Check(
        "parish_stale",
        f"Services not confirmed for {_STALE_DAYS} days",
        Severity.WARNING,
        "parishes",
        f"Of the parishes with a website: not read with outcome ok within {_STALE_DAYS} days, or never.",
        _stale_parish,
    ),
    Check(
        "directory_stale",
        f"Directory not confirmed for {_STALE_DAYS} days",
        Severity.WARNING,
        "listed",
        f"Of the dioceses with a directory: not read with outcome ok within {_STALE_DAYS} days, or never.",
        _stale_directory,
    ),
    Check(
        "diocese_without_website",
        "Diocese without website",
        Severity.WARNING,
        "listed",
        "The list of dioceses names no website.",
        lambda tables: tables.listed["website"].isna(),
    ),
    Check(
        "diocese_held",
        "Reading held for review",
        Severity.WARNING,
        "listed",
        "The newest reading of the directory moved too much and waits for a person; the last good data stays.",
        lambda tables: tables.listed["held_since"].notna(),
    ),
)
