"""The parts of a schema.org Schedule (`byDay`, `repeatFrequency`, `startTime` ...) as parts of a recurrence."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from vitality_lib.models import Day, Recurrence
from vitality_lib.schedules.event_words import BY_NUMBER, ENGLISH, in_week_order

_DAYS = {day.value: day for day in BY_NUMBER} | dict(zip(map(str.lower, ENGLISH), BY_NUMBER, strict=True))
_NTH = re.compile(r"([+-]?\d)?([A-Z]{2})")
_ORDINALS = {1: "1", 2: "2", 3: "3", 4: "4", 5: "5", -1: "last"}
_WEEKS = {"P1W": 1, "P7D": 1, "WEEKLY": 1, "P2W": 2, "P14D": 2, "BIWEEKLY": 2}
_DAILY, _MONTHLY = frozenset({"P1D", "DAILY"}), frozenset({"P1M", "MONTHLY"})
_MOST_EXCEPTIONS = 30


def rule_of(schedule: dict[str, Any]) -> Recurrence | None:
    """What a Schedule says of days; None for what no recurrence says."""
    every = str(schedule.get("repeatFrequency") or "P1W").upper().rpartition("/")[2]
    days, nth = days_of(schedule.get("byDay")), _ordinals(schedule)
    begins, ends = (date_of(schedule.get(name)) for name in ("startDate", "endDate"))
    without = tuple(sorted(filter(None, map(date_of, all_of(schedule.get("exceptDate"))))))[:_MOST_EXCEPTIONS]
    if every in _DAILY:
        days = days or set(BY_NUMBER)
    elif every in _MONTHLY and days and nth:
        return Recurrence(in_week_order(days), nth, exceptions=without, ends=ends)
    elif every not in _WEEKS or not days:
        return None
    weeks = _WEEKS.get(every, 1)
    anchor = begins if weeks > 1 else None
    return Recurrence(in_week_order(days), nth, weeks=weeks, anchor=anchor, exceptions=without, ends=ends)


def days_of(value: Any) -> set[Day]:
    """Weekdays as schema.org, iCalendar or English name them."""
    named = (str(one).strip().rpartition("/")[2] for one in all_of(value) if isinstance(one, str))
    plain = (match[2] if (match := _NTH.fullmatch(name)) else name.lower() for name in named)
    return {_DAYS[name] for name in plain if name in _DAYS}


def _ordinals(schedule: dict[str, Any]) -> tuple[str, ...]:
    """Which such weekdays of the month: from `byMonthWeek`, or from `1FR` in `byDay`."""
    numbers = {int(one) for one in all_of(schedule.get("byMonthWeek")) if re.fullmatch(r"-?\d", str(one))}
    by_day = (_NTH.fullmatch(str(one)) for one in all_of(schedule.get("byDay")))
    numbers |= {int(match[1]) for match in by_day if match and match[1]}
    return tuple(word for number, word in _ORDINALS.items() if number in numbers)


def time_of(value: Any) -> time | None:
    """A time of day; of a date with a time, that. None for what is none."""
    try:
        return time.fromisoformat(str(value).partition("T")[2] or str(value)).replace(second=0, tzinfo=None)
    except ValueError:
        return None


def moment_of(value: Any) -> datetime | None:
    """A date with a time of day, whatever its offset; None for a date alone and for UTC, which is no local time."""
    text = str(value)
    if "T" not in text or text.endswith("Z"):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        return None


def date_of(value: Any) -> str | None:
    """The date (ISO) that a value begins with; None for what is none."""
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None


def all_of(value: Any) -> list[Any]:
    """A value, or the values of a list."""
    return value if isinstance(value, list) else [value]
