"""From the rows that a platform read to the parishes of a list: open parishes, each once, with links of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vitality_lib.directories.parish.civil_parishes import are_civil_parishes
from vitality_lib.directories.parish.names import identity, is_of_another_kind, plain_name, why_left_out
from vitality_lib.directories.parish.one_parish import churches_together
from vitality_lib.hyperlinks import host
from vitality_lib.models import LeftOut, ParishEntry, Status

_SHARED = 3  # entries with one telephone
_STRAY = 0.05  # a list with fewer such rows than this is a list of parishes, and these are parishes by odd names
_SURELY_NONE = re.compile(
    r"\b(?:cemeter(?:y|ies)|cementerio|mausoleum|chancery|high schools?|preschool|"
    r"catholic charities|(?:arch)?diocese of|(?:arch)?diocesan|eparchy of|offices? of|tribunal|pastoral center|"
    r"bookstore|thrift (?:store|shop)|knights of columbus|hospital|nursing home|funeral home)\b",
    re.I,
)  # names that are no odd name of a parish
_FILLED = (
    "street", "city", "state", "zip", "phone", "email", "website", "pastor", "detail_url", "deanery", "rite",
)  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """The open parishes of a list, and the rows left out with the reason."""

    parishes: tuple[ParishEntry, ...]
    left_out: tuple[LeftOut, ...]


def listing(rows: Iterable[ParishEntry | None]) -> Listing:
    """Sift rows; None stands for a row without a name.

    A diocese that lists its schools lists many. One or two odd names (`Seton School`) in a long list of parishes stay:
    there the diocese itself calls them parishes. A list of Louisiana's civil parishes is none of ours.
    """
    entries = churches_together(_own_websites(_pins_placed(_of_one_page(row for row in rows if row is not None))))
    if are_civil_parishes(entries):
        return Listing((), tuple(LeftOut(entry.name, "a civil parish") for entry in entries))
    reasons = [_why_left_out(entry) for entry in entries]
    stray = sum(is_of_another_kind(why) for why in reasons) < _STRAY * len(entries)
    kept: dict[str, ParishEntry] = {}
    out: list[LeftOut] = []
    for entry, why in zip(entries, reasons, strict=True):
        key = identity(entry)
        if key in kept and _differ(kept[key], entry):
            key = f"{key}|{host(entry.website or '')}"
        if why and not (stray and is_of_another_kind(why) and not _SURELY_NONE.search(entry.name)):
            out.append(LeftOut(entry.name, why, entry if entry.status is not Status.OPEN else None))
        elif not _can_be_found(entry):
            out.append(LeftOut(entry.name, "neither a place nor a link"))
        elif key in kept:
            out.append(LeftOut(entry.name, "listed twice"))
            kept[key] = merge(kept[key], entry)
        else:
            kept[key] = entry
    return Listing(tuple(kept.values()), tuple(out))


def merge(first: ParishEntry, second: ParishEntry) -> ParishEntry:
    """The first record, with what it lacks taken from the second. Coordinates are taken together."""
    filled: dict[str, Any] = {name: getattr(second, name) for name in _FILLED if getattr(first, name) is None}
    filled |= {name: getattr(first, name) or getattr(second, name) for name in ("languages", "churches")}
    if first.latitude is None:
        filled |= {"latitude": second.latitude, "longitude": second.longitude}
    return replace(first, **filled)


def own_phones(entries: Sequence[ParishEntry]) -> list[ParishEntry]:
    """The entries without the telephone that all of them share and none has an address beside: it is the diocese's."""
    phones = [entry.phone for entry in entries if entry.phone]
    shared = len(phones) >= _SHARED and len(set(phones)) == 1
    placed = any(entry.phone and has_place(entry) for entry in entries)
    return [replace(entry, phone=None) for entry in entries] if shared and not placed else list(entries)


def _why_left_out(entry: ParishEntry) -> str | None:
    return why_left_out(entry.name) or (None if entry.status is Status.OPEN else entry.status.value)


def _can_be_found(entry: ParishEntry) -> bool:
    return any(getattr(entry, name) is not None for name in (*_FILLED, "latitude"))


def _differ(one: ParishEntry, other: ParishEntry) -> bool:
    """Whether two rows of one name and place are kept as two: each names a website of its own, and one may be wrong."""
    return bool(one.website and other.website) and host(one.website or "") != host(other.website or "")


def _of_one_page(entries: Iterable[ParishEntry]) -> list[ParishEntry]:
    """A row with a place and one without, of one name and one page about it (a feed's and a card's), as one."""
    kept: list[ParishEntry] = []
    first: dict[tuple[str, str], int] = {}
    for entry in entries:
        number = first.setdefault((entry.detail_url or "", plain_name(entry.name)), len(kept))
        if entry.detail_url and number < len(kept) and has_place(kept[number]) != has_place(entry):
            kept[number] = merge(kept[number], entry)
        else:
            kept.append(entry)
    return kept


def has_place(entry: ParishEntry) -> bool:
    return bool(entry.street or entry.city or entry.zip)


def _pins_placed(entries: list[ParishEntry]) -> list[ParishEntry]:
    """Pins of a map (a name and coordinates alone) laid upon the row of that name that has no pin yet; upon several in
    their order, when there are as many.
    """
    rows: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        if not _is_pin(entry):
            rows.setdefault(plain_name(entry.name), []).append(number)
    kept: list[ParishEntry | None] = list(entries)
    pins = Counter(plain_name(entry.name) for entry in entries if _is_pin(entry))
    for number, pin in enumerate(entries):
        name = plain_name(pin.name)
        same = rows.get(name, []) if _is_pin(pin) else []
        if same and len(same) in {1, pins[name]}:
            row = kept[same[0]]
            if row is not None and row.latitude is None:
                kept[same[0]], kept[number] = merge(row, pin), None
                rows[name], pins[name] = same[1:] or same, pins[name] - 1
    return [entry for entry in kept if entry is not None]


def _is_pin(entry: ParishEntry) -> bool:
    return entry.latitude is not None and not has_place(entry)


def _own_websites(entries: list[ParishEntry]) -> list[ParishEntry]:
    """A host that most parishes of a list share is the directory's own: its pages are about parishes, not theirs."""
    hosts = Counter(host(entry.website) for entry in entries if entry.website)
    shared, count = hosts.most_common(1)[0] if hosts else ("", 0)
    if count < 4 or count * 2 <= len(entries):
        return entries
    return [
        replace(entry, website=None, detail_url=entry.detail_url or entry.website)
        if entry.website and host(entry.website) == shared
        else entry
        for entry in entries
    ]
