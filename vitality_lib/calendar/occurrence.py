"""One dated happening, and wall-clock times in the zone of a place.

A wall-clock time holds the year round. One that the change to summer time skips (2:30) is read with the offset before
the change, so 3:30 on the clock; one that occurs twice is the first of the two (both as RFC 5545 has it).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from vitality_lib.calendar.place import Place
from vitality_lib.models import Service


@dataclass(frozen=True)
class Occurrence:
    """`start` and `end` know their zone; `end` is None where nothing says it.

    `certain` is False where the page leaves something open: which weeks, or how long the Mass before it takes.
    """

    start: datetime
    end: datetime | None
    certain: bool = True


def moment(day: date, clock: str, place: Place) -> datetime:
    """A wall-clock time (`HH:MM`, up to `24:00`) of a day, in the zone of the place."""
    return _moment(day, clock, place.zone)


@lru_cache(maxsize=16_384)
def _moment(day: date, clock: str, zone_name: str) -> datetime:
    """Most services of a day begin at the same few times."""
    hours, minutes = (int(part) for part in clock.split(":"))
    wall = datetime.combine(day, time()) + timedelta(hours=hours, minutes=minutes)
    zone = ZoneInfo(zone_name)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def later(one: datetime, minutes: int) -> datetime:
    """So many minutes after (with a minus, before), by elapsed time and in the same zone."""
    return (one.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(one.tzinfo)


def end_of(service: Service, start: datetime, place: Place) -> datetime | None:
    """When a service that begins at `start` ends: so many nights later; `24:00` and `00:00` are the midnight after.

    None where no end is stated, or one that does not lie after the start.
    """
    if service.end is None:
        return None
    clock = "24:00" if service.end == "00:00" and not service.nights else service.end
    end = moment(start.date() + timedelta(days=service.nights), clock, place)
    return end if end > start else None
