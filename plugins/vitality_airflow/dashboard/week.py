"""The coming seven days of a parish: what really takes place, by day and hour, in its own time zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from vitality_lib.models import ServiceType
from vitality_lib.reports.exports.churches import churches_of, place_of_parish
from vitality_lib.store.published import PublishedParish

DAYS = 7
_TYPES = {
    ServiceType.MASS: "Mass",
    ServiceType.CONFESSION: "Confession",
    ServiceType.ADORATION: "Adoration",
    ServiceType.OTHER_DEVOTION: "Devotion",
}


@dataclass(frozen=True)
class Happening:
    """One dated happening. Times are in the church's zone; not `certain`: its page leaves something open."""

    start: datetime
    end: datetime | None
    type: str
    language: str
    church: str
    certain: bool
    words: str


@dataclass(frozen=True)
class Week:
    """Seven days from today on, in the IANA zone `zone`; `more` happenings are left out of a list that has no end."""

    zone: str
    days: tuple[date, ...]
    happenings: tuple[Happening, ...]
    more: int = 0

    @property
    def rows(self) -> tuple[tuple[int, tuple[tuple[Happening, ...], ...]], ...]:
        """For each hour (0 to 23) in which anything begins, what begins in it on each of the days."""
        hours = sorted({one.start.hour for one in self.happenings})
        return tuple((hour, tuple(tuple(self._of(day, hour)) for day in self.days)) for hour in hours)

    def on(self, day: date) -> tuple[Happening, ...]:
        """What begins on a day."""
        return tuple(one for one in self.happenings if one.start.date() == day)

    def _of(self, day: date, hour: int) -> Iterator[Happening]:
        return (one for one in self.on(day) if one.start.hour == hour)


def week_of(parish: PublishedParish, now: datetime, most: int = 400) -> Week | None:
    """The coming week of a parish; None where nothing tells its time zone."""
    place = place_of_parish(parish)
    if place is None:
        return None
    today = now.astimezone(ZoneInfo(place.zone)).date()
    days = tuple(today + timedelta(days=number) for number in range(DAYS))
    found = sorted(_happenings(parish, days[0], days[-1]), key=lambda one: (one.start, one.type, one.words))
    return Week(place.zone, days, tuple(found[:most]), max(0, len(found) - most))


def _happenings(parish: PublishedParish, first: date, last: date) -> Iterable[Happening]:
    for church in churches_of(parish):
        for one in church.services:
            said = one.service
            for at in church.occurrences(said, first, last):
                yield Happening(
                    *(at.start, at.end, _TYPES[said.type], said.language, said.church or ""),
                    *(at.certain, one.words),
                )
