"""A time zone of the United States as a VTIMEZONE that holds for every year to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

_HOUR = timedelta(hours=1)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # as `datetime.weekday` counts


def zone_component(name: str, year: int) -> Timezone:
    """The zone by the rules of `year` (RFC 5545, 3.6.5): when its clocks change, counted in weeks of the month.

    So it is for the zones of the United States since 2007, the territories included.
    """
    zone = ZoneInfo(name)
    component = Timezone()
    component.add("tzid", name)
    changes = list(_changes(zone, year))
    for at in changes:
        before, after = (at - _HOUR).astimezone(zone), at.astimezone(zone)
        component.add_component(_observance(before, after, at))
    if not changes:
        always = datetime(year, 1, 1, tzinfo=zone)
        component.add_component(_observance(always, always, None))
    return component


@lru_cache(maxsize=256)
def zone_text(name: str, year: int) -> str:
    """The same as text."""
    text: str = zone_component(name, year).to_ical().decode()
    return text


@lru_cache(maxsize=1024)
def days_of_change(name: str, year: int) -> tuple[date, ...]:
    """The days of a year on which the clocks of a zone are changed, by those clocks."""
    zone = ZoneInfo(name)
    return tuple(at.astimezone(zone).date() for at in _changes(zone, year))


def _changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """The moments, in UTC, at which the offset changes within a year."""
    at = datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        if at.astimezone(zone).utcoffset() != (at - _HOUR).astimezone(zone).utcoffset():
            yield at
        at += _HOUR


def _observance(before: datetime, after: datetime, change: datetime | None) -> TimezoneStandard | TimezoneDaylight:
    """What the clocks show from a change on. Its start is told by the clock that was in use before."""
    part = TimezoneDaylight() if after.dst() else TimezoneStandard()
    old, new = before.utcoffset(), after.utcoffset()
    assert old is not None and new is not None, "a zone has an offset at any time"
    start = change.replace(tzinfo=None) + old if change else after.replace(tzinfo=None)
    part.add("dtstart", start)
    part.add("tzoffsetfrom", old)
    part.add("tzoffsetto", new)
    part.add("tzname", after.tzname())
    if change:
        nth = (start.day - 1) // 7 + 1
        part.add("rrule", vRecur.from_ical(f"FREQ=YEARLY;BYMONTH={start.month};BYDAY={nth}{_DAYS[start.weekday()]}"))
    return part
