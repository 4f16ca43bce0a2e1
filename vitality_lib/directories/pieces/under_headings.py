"""What the headings above a card say of it: the deanery, the town, or that the list below is one of schools."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vitality_lib.directories.parish.address import split_address
from vitality_lib.directories.parish.fate import fate_of
from vitality_lib.directories.parish.names import why_left_out
from vitality_lib.directories.parish.states import STATE_PATTERN
from vitality_lib.directories.parish.town_names import TOWN_PATTERN, may_be_town
from vitality_lib.directories.pieces.titles import Titles
from vitality_lib.models import ParishEntry, Status

_DEANERY_WORD = r"(?:deanery|vicariate|vicariate forane|decanato|vicar[íi]a)"
_DEANERY = re.compile(
    rf"(?P<name>(?!.*\b(?:by|your|each)\b)(?:[^\W_].{{0,50}}? {_DEANERY_WORD}(?: (?:[IVX]+|[A-Z]|\d+))?"
    rf"|{_DEANERY_WORD}(?: of| de)?[\s:#–-]+\S.{{0,40}}?))(?: parishes| churches)?[\s:]*",
    re.I,
)
_TOWN = re.compile(rf"(?P<town>{TOWN_PATTERN})(?:,\s*(?P<state>{STATE_PATTERN}))?[\s:]*")
_LISTS = re.compile(r"\b(?:parishes|churches|missions|chapels|parroquias|iglesias)\b", re.I)
_FORMER = re.compile(r"\bformer (?:\w+ )?(?:parishes|churches)\b", re.I)
_REGION = re.compile(r" (?:central|(?:north|south|east|west)(?:ern)?)$", re.I)  # `Alton North` is no town, mostly
_LISTED_APART = frozenset({"a school", "a cemetery"})


def placed_by_titles(entries: Sequence[ParishEntry], titles: Sequence[Titles]) -> list[ParishEntry]:
    """The entries with the deanery and the town that the headings above them name, and the end that these tell.

    Towns are believed where nearly all entries lack one and stand under headings that all look like towns.
    """
    towns = [_town_of(above[-1]) if above else None for above in titles]
    bare = [town for entry, town in zip(entries, towns, strict=True) if not entry.city]
    known = [town for town in bare if town]
    believed = len(set(known)) > 1 and len(known) * 10 >= len(bare) * 8 and len(bare) * 2 >= len(entries)
    return [
        _placed(entry, above, town if believed else None)
        for entry, above, town in zip(entries, titles, towns, strict=True)
    ]


def another_kind(titles: Titles) -> str | None:
    """What the headings say a list is one of when it is one of schools or cemeteries; the nearest that tells counts."""
    for title in reversed(titles):
        if _LISTS.search(title):
            return None
        why = why_left_out(re.sub(r"ies$", "y", title).rstrip("s :"))
        if why in _LISTED_APART:
            return f"listed under {title}"
    return None


def deanery_in(title: str) -> str | None:
    """The deanery that a heading names: `North Deanery Parishes` is about `North Deanery`."""
    match = _DEANERY.fullmatch(title)
    return match["name"] if match else None


def _placed(entry: ParishEntry, titles: Titles, town: str | None) -> ParishEntry:
    deanery = next(filter(None, map(deanery_in, reversed(titles))), None)
    status = _fate(titles) if entry.status is Status.OPEN else entry.status
    entry = replace(entry, deanery=entry.deanery or deanery, status=status)
    if not town or entry.city:
        return entry
    place = split_address(town) if "," in town else None
    return replace(
        entry, city=place.city if place and place.city else town, state=entry.state or (place.state if place else None)
    )


def _fate(titles: Titles) -> Status:
    """What became of the parishes below `Closed Parishes and Where Their Records Are`; the nearest heading counts."""
    title = next((title for title in reversed(titles) if _LISTS.search(title)), "")
    return Status.CLOSED if _FORMER.search(title) else fate_of(title).status


def _town_of(title: str) -> str | None:
    match = _TOWN.fullmatch(title)
    if not match or not may_be_town(match["town"]) or _REGION.search(match["town"]):
        return None
    return f"{match['town']}, {match['state']}" if match["state"] else match["town"]
