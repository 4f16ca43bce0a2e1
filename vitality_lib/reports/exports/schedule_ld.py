"""A rule as schema.org Schedules (https://schema.org/Schedule), and the occurrences that no Schedule says.

- Weekdays are `P1W` with `byDay`; nth weekdays `P1M` with `byMonthWeek` (1 to 5), the last ones `P1M` with a `byDay` in
  the notation of iCalendar (`-1SA`); days of the month `P1M` with `byMonthDay`. Every other week is one Schedule for
  each weekday, counted from its `startDate`, since schema.org does not say on which day a week begins.
- A season is a Schedule for each time it comes. Where days are left out (`exceptDate`), and in seasons, nothing is said
  beyond the horizon.
- `endTime` is by the clock, and `duration` says by the clock, too, how much later it is: that tells the nights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from vitality_lib.calendar.days import days_of, law_of
from vitality_lib.calendar.occurrences import Occurrence
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.rules import WEEK
from vitality_lib.calendar.seasons import spans
from vitality_lib.models import Recurrence, Service
from vitality_lib.reports.exports.wall_clock import clock_of, end_minute, minute_of

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_URLS = {day: f"https://schema.org/{name}" for day, name in zip(WEEK, _WEEKDAYS, strict=True)}
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_Bounds: TypeAlias = tuple[date | None, date | None]  # the first and the last day, both included; None: not bounded


@dataclass(frozen=True)
class Told:
    """The Schedules of a service, and those of its occurrences that stand in none of them."""

    schedules: tuple[dict[str, Any], ...] = ()
    dated: tuple[Occurrence, ...] = ()


def told(service: Service, found: Sequence[Occurrence], first: date, last: date, place: Place) -> Told:
    """`found` are the occurrences of the service from `first` to `last`, both included."""
    when = service.recurrence
    own = replace(when, days=tuple(day for day in when.days if day in WEEK), exceptions=())
    if not (service.start and own.says_when and _can_be_said(own)):
        return Told(dated=tuple(found))
    clock = _clock(service, place)
    held = _by_rule(when, first, last, law_of(when, place))
    schedules = tuple({"@type": "Schedule", **clock, **one} for one in held.schedules)
    return Told(schedules, tuple(one for one in found if one.start.date() not in held.days))


@dataclass(frozen=True)
class _ByRule:
    """The Schedules of a rule, but for the times of the day, and the days that the rule says, left out or not."""

    schedules: tuple[dict[str, Any], ...]
    days: frozenset[date]


@lru_cache(maxsize=1024)
def _by_rule(when: Recurrence, first: date, last: date, law: Place) -> _ByRule:
    """Parishes share few rules: each is told once."""
    own = replace(when, days=tuple(day for day in when.days if day in WEEK), exceptions=())
    by_rule = list(days_of(own, first, last, law))
    left_out = set(by_rule) - set(days_of(when, first, last, law))
    schedules = [
        {**_dates(bounds), **rule, **_except(when, left_out, bounds)}
        for bounds in _stretches(when, first, last)
        for rule in _rules(own, [day for day in by_rule if _within(day, bounds)])
    ]
    return _ByRule(tuple(schedules), frozenset(by_rule))


def _can_be_said(when: Recurrence) -> bool:
    """Not Friday the 13th, a day counted from the end of the month, or one that is told twice: the fifth and last."""
    if when.month_days:
        return not when.days and min(when.month_days) > 0
    return "last" not in when.ordinals or not {"4", "5"} & set(when.ordinals)


def _rules(when: Recurrence, days: Sequence[date]) -> Iterator[dict[str, Any]]:
    """The rules that together give these days."""
    names = [_URLS[day] for day in when.days]
    numbers = [int(one) for one in when.ordinals if one != "last"]
    if not days:
        return
    if when.month_days:
        yield {"repeatFrequency": "P1M", "byMonthDay": list(when.month_days)}
    elif when.weeks > 1:
        for day in when.days:
            start = next((one for one in days if WEEK[one.weekday()] is day), None)
            if start:
                yield {"repeatFrequency": f"P{when.weeks}W", "byDay": _URLS[day], "startDate": start.isoformat()}
    elif not when.ordinals:
        yield {"repeatFrequency": "P1W", "byDay": names}
    if numbers:
        yield {"repeatFrequency": "P1M", "byDay": names, "byMonthWeek": numbers}
    if "last" in when.ordinals:
        yield {"repeatFrequency": "P1M", "byDay": [f"-1{day}" for day in when.days]}


def _stretches(when: Recurrence, first: date, last: date) -> Iterator[_Bounds]:
    """From when to when a Schedule holds: as the rule says, or within the horizon each time that its season comes."""
    begins = date.fromisoformat(when.begins) if when.begins else None
    ends = date.fromisoformat(when.ends) if when.ends else None
    if not when.season and all(map(_ISO_DATE.fullmatch, when.exceptions)):
        yield begins, ends
        return
    first, last = max(first, begins or first), min(last, ends or last)
    if not when.season:
        yield first, last
        return
    after = first
    for begin, end in sorted(
        span for year in range(first.year - 1, last.year + 1) for span in spans(when.season, year)
    ):
        yield max(after, begin), min(last, end)
        after = max(after, end + timedelta(days=1))


def _within(day: date, bounds: _Bounds) -> bool:
    first, last = bounds
    return (first is None or first <= day) and (last is None or day <= last)


def _dates(bounds: _Bounds) -> dict[str, str]:
    return {name: day.isoformat() for name, day in zip(("startDate", "endDate"), bounds, strict=True) if day}


def _except(when: Recurrence, left_out: set[date], bounds: _Bounds) -> dict[str, list[str]]:
    named = {date.fromisoformat(one) for one in when.exceptions if _ISO_DATE.fullmatch(one)}
    days = sorted(day.isoformat() for day in left_out | named if _within(day, bounds))
    return {"exceptDate": days} if days else {}


def _clock(service: Service, place: Place) -> dict[str, str]:
    assert service.start, "only what has a time has a Schedule"
    said = {"scheduleTimezone": place.zone, "startTime": f"{service.start}:00"}
    end = end_minute(service)
    if end is not None:
        hours, minutes = divmod(end - minute_of(service.start), 60)
        said |= {"endTime": f"{clock_of(end % 1440)}:00", "duration": f"PT{hours}H{minutes}M"}
    return said
