"""Where pages of one parish say different things of the same Mass: what is kept, what is dropped, and why.

The union of all pages is the rule. Two pages contradict each other about the services of one type, day and season, in
one church and language, only where

- one of the two pages is marked as superseded, or both bear a date and one is older, and their lists differ; or
- both list equally many times and all but one are the same, or the only ones lie less than an hour apart.

Which side is kept is decided by the first of these rules that tells the two apart: a page in force beats a superseded
one, a newer date an older one, a page about schedules any other, a table or list beats prose, what is read more surely
beats what is guessed, what more pages state beats what one states. Where none does, both sides are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from vitality_lib.models import Day, Service, ServiceType
from vitality_lib.schedules.merge import merge

_HOUR = 60  # minutes; two Masses of one church do not begin less than that apart
_SURER = 0.1  # difference of confidence that tells two readings apart
_IN_ORDER = frozenset({"table", "list", "json-ld", "calendar"})  # methods that read what somebody put in order


@dataclass(frozen=True)
class PageServices:
    """What one page states. `said_on` is the ISO date (`2026-09` or `2026-09-07`) from which the page says it holds.

    `about_schedules`: the page is there for service times; `superseded`: it calls itself old.
    """

    url: str
    services: tuple[Service, ...]
    about_schedules: bool = False
    said_on: str | None = None
    superseded: bool = False


@dataclass(frozen=True)
class Side:
    """One page's services in dispute, the earliest first."""

    url: str
    services: tuple[Service, ...]

    @property
    def starts(self) -> tuple[str, ...]:
        return tuple(service.start for service in self.services if service.start)

    def record(self) -> dict[str, Any]:
        """The side for programs; services in the fields of the published records."""
        return {"url": self.url, "services": [service.record() for service in self.services]}


@dataclass(frozen=True)
class Contradiction:
    """Two pages that cannot both be right about a type on a day. `decided` is False where both sides are kept.

    `better` is the side believed (or, undecided, the page read first); `why` says it in words.
    """

    type: ServiceType
    day: Day
    better: Side
    worse: Side
    why: str
    decided: bool = True

    def record(self) -> dict[str, Any]:
        """The contradiction for programs."""
        sides = {"better": self.better.record(), "worse": self.worse.record()}
        return {"type": self.type.value, "day": self.day.value, **sides, "why": self.why, "decided": self.decided}


@dataclass(frozen=True)
class Settled:
    """The services of all pages, less the worse side of each contradiction."""

    services: tuple[Service, ...]
    contradictions: tuple[Contradiction, ...] = ()


# The type, day, ordinals, season and language of the services that are compared.
_Key = tuple[ServiceType, Day, tuple[str, ...], str | None, str]
_Times = dict[str, Service]  # by start


def settle(readings: Sequence[PageServices]) -> Settled:
    """The services of several pages of one parish, in the order the pages were read."""
    found: list[Contradiction] = []
    dropped: set[tuple[str, _Key, str]] = set()
    for one, other in combinations(readings, 2):
        for key, mine, theirs in _in_dispute(one, other):
            better, why = _better((one, mine), (other, theirs), readings)
            first = better is None or better is one
            sides = (_side(one, mine), _side(other, theirs))
            better_side, worse_side = sides if first else (sides[1], sides[0])
            found.append(Contradiction(key[0], key[1], better_side, worse_side, why, better is not None))
            if better is not None:
                worse = other if first else one
                gone = set(worse_side.starts) - set(better_side.starts)
                dropped |= {(worse.url, key, start) for start in gone}
    kept = [tuple(_without(reading, dropped)) for reading in readings]
    return Settled(merge(kept), tuple(found))


def _in_dispute(one: PageServices, other: PageServices) -> Iterator[tuple[_Key, _Times, _Times]]:
    """The keys about which two pages contradict each other, with the times of either."""
    mine, theirs = _times(one), _times(other)
    replaced = one.superseded != other.superseded or _older(one, other) is not None
    for key in mine:
        if key not in theirs or mine[key].keys() == theirs[key].keys() or _several_churches(mine[key], theirs[key]):
            continue
        if replaced or _one_replaced(sorted(mine[key]), sorted(theirs[key])):
            yield key, mine[key], theirs[key]


def _times(page: PageServices) -> dict[_Key, _Times]:
    """What a page states with a time, day by day."""
    found: dict[_Key, _Times] = {}
    for service in page.services:
        if service.start:
            for day in service.recurrence.days:
                found.setdefault(_key(service, day), {})[service.start] = service
    return found


def _key(service: Service, day: Day) -> _Key:
    return (service.type, day, service.recurrence.ordinals, service.recurrence.season, service.language)


def _several_churches(*lists: _Times) -> bool:
    return len({service.church for times in lists for service in times.values()} - {None}) > 1


def _one_replaced(mine: list[str], theirs: list[str]) -> bool:
    """Whether two lists are as long as each other and differ in one time; lists of one time must be close, too."""
    if len(mine) != len(theirs) or len(set(mine) - set(theirs)) != 1:
        return False
    return len(mine) > 1 or abs(_minutes(mine[0]) - _minutes(theirs[0])) < _HOUR


def _minutes(start: str) -> int:
    hours, _, minutes = start.partition(":")
    return int(hours) * 60 + int(minutes)


# --- which side is better

_Sided = tuple[PageServices, _Times]


def _better(one: _Sided, other: _Sided, pages: Sequence[PageServices]) -> tuple[PageServices | None, str]:
    """The page that is believed, and why; None where no rule tells the two apart."""
    if (older := _older(one[0], other[0])) is not None and one[0].superseded == other[0].superseded:
        newer = other[0] if older is one[0] else one[0]
        return newer, f"it holds from {newer.said_on}, the other from {older.said_on}"
    rules: tuple[tuple[Callable[[_Sided], float], float, str], ...] = (
        (lambda side: not side[0].superseded, 1, "the other calls itself superseded"),
        (lambda side: side[0].about_schedules, 1, "it is a page about schedules, the other is none"),
        (_orderliness, 1, "it is a table or a list, the other is not"),
        (_sureness, _SURER, "it is read more surely"),
        (lambda side: _stating(side, pages), 1, "more pages state it"),
    )
    for rank, least, why in rules:
        difference = rank(one) - rank(other)
        if abs(difference) >= least:
            return (one if difference > 0 else other)[0], why
    return None, "nothing tells which is right: both are kept"


def _older(one: PageServices, other: PageServices) -> PageServices | None:
    """The page that bears the earlier of two dates; a month without a day is compared as a month."""
    if not one.said_on or not other.said_on:
        return None
    exact = min(len(one.said_on), len(other.said_on))
    first, second = one.said_on[:exact], other.said_on[:exact]
    return None if first == second else one if first < second else other


def _orderliness(side: _Sided) -> float:
    return all(any(piece.method in _IN_ORDER for piece in service.evidence) for service in side[1].values())


def _sureness(side: _Sided) -> float:
    return min(max((piece.confidence for piece in service.evidence), default=0.0) for service in side[1].values())


def _stating(side: _Sided, pages: Sequence[PageServices]) -> int:
    """How many pages state all times of a side for its type and day."""
    (service, *_), starts = side[1].values(), side[1].keys()
    keys = {_key(service, day) for day in service.recurrence.days}
    return sum(any(times.keys() >= starts for key, times in _times(page).items() if key in keys) for page in pages)


# --- what is left


def _side(page: PageServices, times: _Times) -> Side:
    return Side(page.url, tuple(times[start] for start in sorted(times)))


def _without(page: PageServices, dropped: set[tuple[str, _Key, str]]) -> Iterator[Service]:
    """The services of a page, less the days on which another page is believed."""
    for service in page.services:
        days = service.recurrence.days
        left = tuple(day for day in days if (page.url, _key(service, day), service.start) not in dropped)
        if left == days:
            yield service
        elif left:
            yield replace(service, recurrence=replace(service.recurrence, days=left))
