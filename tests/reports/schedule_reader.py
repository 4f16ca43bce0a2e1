"""A small reader of schema.org Schedules, written from their definition and not from what we write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Happening = tuple[datetime, datetime | None]
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ICAL = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def happenings(schedule: dict[str, Any], first: date, last: date) -> Iterator[Happening]:
    """What the Schedule says for the days from `first` to `last`, by the clock of its zone."""
    zone = ZoneInfo(schedule["scheduleTimezone"])
    begin = max(first, date.fromisoformat(schedule.get("startDate", first.isoformat())))
    end = min(last, date.fromisoformat(schedule.get("endDate", last.isoformat())))
    days = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    for day in days:
        if _recurs(schedule, day) and day.isoformat() not in schedule.get("exceptDate", []):
            yield _at(schedule, day, zone)


def _recurs(schedule: dict[str, Any], day: date) -> bool:
    count, unit = re.fullmatch(r"P(\d)([WM])", schedule["repeatFrequency"]).groups()
    if unit == "M":
        assert count == "1"
        return day.day in schedule["byMonthDay"] if "byMonthDay" in schedule else _in_its_week(schedule, day)
    if count == "1":
        return _named(day) in schedule["byDay"]
    since = (day - date.fromisoformat(schedule["startDate"])).days
    return _named(day) == schedule["byDay"] and since % (7 * int(count)) == 0


def _in_its_week(schedule: dict[str, Any], day: date) -> bool:
    is_last = (day + timedelta(days=7)).month != day.month
    if is_last and f"-1{_ICAL[day.weekday()]}" in schedule["byDay"]:
        return True
    return _named(day) in schedule["byDay"] and (day.day + 6) // 7 in schedule.get("byMonthWeek", [])


def _named(day: date) -> str:
    return f"https://schema.org/{_WEEK[day.weekday()]}"


def _at(schedule: dict[str, Any], day: date, zone: ZoneInfo) -> Happening:
    start = datetime.combine(day, time.fromisoformat(schedule["startTime"]))
    if "endTime" not in schedule:
        return _local(start, zone), None
    hours, minutes = re.fullmatch(r"PT(\d+)H(\d+)M", schedule["duration"]).groups()
    end = start + timedelta(hours=int(hours), minutes=int(minutes))
    assert end.time() == time.fromisoformat(schedule["endTime"])
    return _local(start, zone), _local(end, zone)


def _local(clock: datetime, zone: ZoneInfo) -> datetime:
    return clock.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
