"""The dated happenings of a service, in the church's own time zone.

A wall-clock time holds the year round. One that the change to summer time skips (2:30) is read with the offset before
the change, so 3:30 on the clock; one that occurs twice is the first of the two (both as RFC 5545 has it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vitality_lib.calendar.days import days_of
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.rules import weeks_are_guessed
from vitality_lib.models import Service


@dataclass(frozen=True, order=True)
class Occurrence:
    """`start` and `end` know their zone; `end` is None where nothing says it.

    `certain` is False where the page leaves something open: which weeks, or how long the Mass before it takes.
    """

    start: datetime
    end: datetime | None
    certain: bool = True


def occurrences(
    service: Service, first: date, last: date, place: Place, others: Sequence[Service] = ()
) -> Iterator[Occurrence]:
    """What begins on the days from `first` to `last` (both included), in order of time.

    `others` are the services that a relation such as `after 08:00 Mass` may speak of. A service with neither a time
    nor a relation has no occurrences. Raises ValueError for a recurrence whose notation means nothing.
    """
    if service.start is None or not service.recurrence.says_when:
        return
    certain = not weeks_are_guessed(service.recurrence)
    for day in days_of(service.recurrence, first, last, place):
        start = moment(day, service.start, place)
        yield Occurrence(start, end_of(service, day, place), certain)


def end_of(service: Service, day: date, place: Place) -> datetime | None:
    """When a service of that day ends: so many nights later; `24:00` and `00:00` are the midnight after the day.

    None where no end is stated, or one that lies before the start.
    """
    if service.end is None:
        return None
    ends_at = "24:00" if service.end == "00:00" and not service.nights else service.end
    if service.start and not service.nights and ends_at <= service.start:
        return None
    return moment(day + timedelta(days=service.nights), ends_at, place)


def moment(day: date, clock: str, place: Place) -> datetime:
    """A wall-clock time (`HH:MM`, up to `24:00`) of a day, in the zone of the place."""
    hours, minutes = (int(part) for part in clock.split(":"))
    wall = datetime.combine(day, time()) + timedelta(hours=hours, minutes=minutes)
    zone = ZoneInfo(place.zone)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
