"""Whose law of feasts a diocese keeps, by its name.

The ecclesiastical provinces that keep Ascension on its Thursday, each with its suffragan sees as of 2024, the
Ordinariate of the Chair of Saint Peter, Honolulu, and the eparchies of the Eastern Churches.
"""

from __future__ import annotations

import re

from vitality_lib.calendar.place import Place

_THURSDAY_PROVINCES = {
    "boston": ("burlington", "fall river", "manchester", "portland", "springfield", "worcester"),
    "hartford": ("bridgeport", "norwich", "providence"),
    "new york": ("albany", "brooklyn", "buffalo", "ogdensburg", "rochester", "rockville centre", "syracuse"),
    "newark": ("camden", "metuchen", "paterson", "trenton"),
    "omaha": ("grand island", "lincoln"),
    "philadelphia": (
        "allentown",
        "altoona-johnstown",
        "erie",
        "greensburg",
        "harrisburg",
        "pittsburgh",
        "scranton",
    ),
}
_THURSDAY_SEES = frozenset(
    see for metropolis, suffragans in _THURSDAY_PROVINCES.items() for see in (metropolis, *suffragans)
)
_ALSO_ELSEWHERE = ("portland", "springfield")  # in Oregon, in Illinois: the zone of the clocks tells them apart
_SEE = re.compile(r"\b(?:arch)?diocese of (?:the )?(.+?)(?:,| in |\s*\(|$)", re.I)
_EASTERN = re.compile(r"\b(?:arch)?eparchy\b|\bexarchate\b", re.I)


def keeps_ascension_thursday(place: Place) -> bool:
    """Whether Ascension is kept on the Thursday; where the diocese is not known, on the Sunday as most do."""
    name = place.diocese or ""
    if "ordinariate" in name.lower():
        return True
    see = _see(name)
    if see in _ALSO_ELSEWHERE and place.zone != "America/New_York":
        return False
    return see in _THURSDAY_SEES


def is_honolulu(place: Place) -> bool:
    """Whether it is the diocese of the Hawaiian islands."""
    return _see(place.diocese or "") == "honolulu"


def is_eastern(place: Place) -> bool:
    """Whether it is an eparchy or exarchate, whose law is that of the Eastern Churches."""
    return bool(_EASTERN.search(place.diocese or ""))


def _see(diocese: str) -> str:
    match = _SEE.search(diocese)
    return (match[1] if match else diocese).strip().lower()
