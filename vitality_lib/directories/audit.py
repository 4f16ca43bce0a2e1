"""Whether a reading may be published: what moved too much, or cannot be right, is held back for review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from vitality_lib.directories.parish.names import plain_name
from vitality_lib.directories.parish.state_bounds import is_outside
from vitality_lib.models import Diocese, DirectoryReading, ParishEntry

_FEW = 3  # so many rows may be odd in any list
_SHARE = 0.1  # and this share of it
_LOST_FIELD = 0.3  # a field that so large a share of the parishes had, and has no more
_SAME_PARISHES = 0.5  # at least so many of the published parishes are still there
_FIELDS = ("street", "city", "phone", "website")
_MANY_STATES = re.compile(r"\b(?:eparchy|exarchate|ordinariate|archeparchy|military)\b", re.I)


@dataclass(frozen=True)
class Verdict:
    """`why` is one line for the person who reviews it; empty when all is good."""

    good: bool
    why: str = ""


@dataclass(frozen=True)
class Audited:
    """A reading beside what is published: parishes by identity, both. `diocese` tells in which state they should be."""

    diocese: Diocese
    published: Mapping[str, ParishEntry]
    proposed: Mapping[str, ParishEntry]
    reading: DirectoryReading


def audit(audited: Audited) -> Verdict:
    """The first thing that is wrong with a reading, or that all is good."""
    whys = (check(audited) for check in _CHECKS)
    why = next((why for why in whys if why), "")
    return Verdict(not why, why)


def _holds_parishes(audited: Audited) -> str:
    entries = list(audited.proposed.values())
    if not entries:
        return "the reading holds no parish"
    if not any(entry.street or entry.city or entry.zip or entry.latitude or entry.website for entry in entries):
        return f"none of the {len(entries)} parishes has a place or a website"
    return ""


def _is_whole(audited: Audited) -> str:
    """A list that is known to be cut short, or that the page itself says is longer."""
    reading, read = audited.reading, len(audited.proposed) + len(audited.reading.left_out)
    if reading.incomplete:
        return reading.incomplete
    if reading.claimed and reading.claimed - read > _allowed(reading.claimed):
        return f"the page speaks of {reading.claimed} parishes, {read} were read"
    return ""


def _moved_little(audited: Audited) -> str:
    published, proposed = len(audited.published), len(audited.proposed)
    allowed = _allowed(published)
    if published and abs(proposed - published) > allowed:
        return f"{proposed} parishes where {published} are published: more than {allowed} moved"
    return ""


def _are_the_same_parishes(audited: Audited) -> str:
    still = len(audited.published.keys() & audited.proposed.keys())
    if len(audited.published) > _FEW and still < len(audited.published) * _SAME_PARISHES:
        return f"only {still} of the {len(audited.published)} published parishes are among the {len(audited.proposed)}"
    return ""


def _lost_no_field(audited: Audited) -> str:
    old, new = list(audited.published.values()), list(audited.proposed.values())
    for field in _FIELDS if len(old) > _FEW else ():
        before, now = _share(old, field), _share(new, field)
        if before - now > _LOST_FIELD:
            return f"{now:.0%} of the parishes have a {field} where {before:.0%} had"
    return ""


def _are_each_once(audited: Audited) -> str:
    entries = audited.proposed.values()
    places = Counter((plain_name(one.name), (one.city or "").casefold(), one.zip) for one in entries if one.city)
    twice = sum(count - 1 for count in places.values())
    return f"{twice} parishes are listed twice in one town" if twice > _allowed(len(entries)) else ""


def _are_in_their_state(audited: Audited) -> str:
    if _MANY_STATES.search(audited.diocese.name):
        return ""
    state, entries = audited.diocese.state, list(audited.proposed.values())
    outside = [entry.name for entry in entries if is_outside(entry, state)]
    if len(outside) > _allowed(len(entries)):
        return f"the coordinates of {len(outside)} parishes lie outside their state ({outside[0]} ...)"
    elsewhere = sum(bool(state and entry.state and entry.state != state) for entry in entries)
    if elsewhere * 2 > len(entries):
        return f"{elsewhere} of {len(entries)} parishes are not in {state}, the state of the diocese"
    return ""


_CHECKS: tuple[Callable[[Audited], str], ...] = (
    _holds_parishes,
    _is_whole,
    _moved_little,
    _are_the_same_parishes,
    _lost_no_field,
    _are_each_once,
    _are_in_their_state,
)


def _allowed(count: int) -> int:
    return max(_FEW, int(count * _SHARE))


def _share(entries: Sequence[ParishEntry], field: str) -> float:
    return sum(getattr(entry, field) is not None for entry in entries) / len(entries)
