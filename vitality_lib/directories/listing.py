"""From the rows that a platform read to the parishes of a list: open parishes, each once, with links of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from vitality_lib.directories.names import identity, is_of_another_kind, why_left_out
from vitality_lib.hyperlinks import host
from vitality_lib.models import LeftOut, ParishEntry

_STRAY = 0.05  # a list with fewer such rows than this is a list of parishes, and these are parishes by odd names
_FILLED = ("street", "city", "state", "zip", "phone", "email", "website", "pastor", "detail_url")


@dataclass(frozen=True)
class Listing:
    """The open parishes of a list, and the rows left out with the reason."""

    parishes: tuple[ParishEntry, ...]
    left_out: tuple[LeftOut, ...]


def listing(rows: Iterable[ParishEntry | None]) -> Listing:
    """Sift rows; None stands for a row without a name.

    A diocese that lists its schools lists many. One or two in a long list of parishes stay: there the diocese itself
    calls them parishes.
    """
    entries = _own_websites([row for row in rows if row is not None])
    reasons = [why_left_out(entry.name) for entry in entries]
    stray = sum(is_of_another_kind(why) for why in reasons) < _STRAY * len(entries)
    kept: dict[str, ParishEntry] = {}
    out: list[LeftOut] = []
    for entry, why in zip(entries, reasons, strict=True):
        key = identity(entry)
        if why and not (stray and is_of_another_kind(why)):
            out.append(LeftOut(entry.name, why))
        elif not _can_be_found(entry):
            out.append(LeftOut(entry.name, "neither a place nor a link"))
        elif key in kept:
            out.append(LeftOut(entry.name, "listed twice"))
            kept[key] = merge(kept[key], entry)
        else:
            kept[key] = entry
    return Listing(tuple(kept.values()), tuple(out))


def _can_be_found(entry: ParishEntry) -> bool:
    return any(getattr(entry, name) is not None for name in (*_FILLED, "latitude"))


def merge(first: ParishEntry, second: ParishEntry) -> ParishEntry:
    """The first record, with what it lacks taken from the second. Coordinates are taken together."""
    filled: dict[str, Any] = {name: getattr(second, name) for name in _FILLED if getattr(first, name) is None}
    if first.latitude is None:
        filled |= {"latitude": second.latitude, "longitude": second.longitude}
    return replace(first, **filled)


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
