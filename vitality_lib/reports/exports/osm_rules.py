"""A service as rules of OpenStreetMap's opening hours, or why it has none that are exact."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from vitality_lib.calendar.rules import WEEK
from vitality_lib.models import Recurrence, Service
from vitality_lib.reports.exports.osm_dates import CannotBeTaggedError, days_of_months, ranges_of
from vitality_lib.reports.exports.wall_clock import clock_of, end_minute

DAYS = {day.value: name for day, name in zip(WEEK, ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), strict=True)}
_NUMBERS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "last": -1}
_EVERY = {1, 2, 3, 4, 5}
_LATEST = 48 * 60  # minutes: where the syntax ends the hours of a day


class Rule(NamedTuple):
    """One time on one day: on `dates` (empty: all year), on `day` (`Su`, `Fr[1]`; empty: on each of the dates)."""

    dates: str
    day: str
    time: str


def rules_of(service: Service, first: date) -> list[Rule]:
    """The rules that give the occurrences of a service from the day `first` on, less those on holy days as such.

    Raises CannotBeTaggedError for a service that no rule gives.
    """
    when = service.recurrence
    if service.start is None or not when.says_when:
        raise CannotBeTaggedError("it has no time of its own")
    if when.weeks != 1:
        raise CannotBeTaggedError("weeks are counted anew each year there, so that no rule says every other week")
    time, days = _time(service), _weekdays(when)
    ranges = ranges_of(when, first)
    if when.month_days:
        if ranges != [""] or when.exceptions:
            raise CannotBeTaggedError("days of the month stand there without a season, an end and exceptions only")
        ranges, days = [days_of_months(when)], days or [""]
    if not days:
        raise CannotBeTaggedError("holy days of obligation have no name there")
    return [Rule(dates, day, time) for dates in ranges for day in days]


def _time(service: Service) -> str:
    """A point in time, or a stretch where the end is stated; hours past 24 are those of the next day."""
    end = end_minute(service)
    if end is not None and end > _LATEST:
        raise CannotBeTaggedError("it lasts longer than to the end of the next day")
    return f"{service.start}-{clock_of(end)}" if end is not None else f"{service.start}"


def _weekdays(when: Recurrence) -> list[str]:
    """The weekdays of a rule, less its exceptions; empty where it names none."""
    own = [day.value for day in WEEK if day in when.days]
    left_out: dict[str, set[int]] = {day: set() for day in own}
    for one in when.exceptions:
        number, day = one[:-2], one[-2:]
        if day not in DAYS or number not in {"", *_NUMBERS}:
            raise CannotBeTaggedError(f"no rule leaves out {one}")
        left_out.setdefault(day, set()).update({_NUMBERS[number]} if number else {*_EVERY, -1})
    return [text for day in own if (text := _nth(day, when, left_out[day]))]


def _nth(day: str, when: Recurrence, left_out: set[int]) -> str:
    """`Fr`, `Fr[1,3]`, `Fr[-1]`, `Fr[2-5]`; empty where nothing is left. The last one may be the fourth or fifth."""
    named = {_NUMBERS[one] for one in when.ordinals} or _EVERY
    left = named - left_out
    if (-1 in left and left_out & {4, 5}) or (-1 in left_out and left & {4, 5}):
        raise CannotBeTaggedError("whether the last one is the fourth or the fifth depends on the month")
    if left in (set(), _EVERY):
        return DAYS[day] if left else ""
    runs = "2-5" if left == _EVERY - {1} else ",".join(map(str, sorted(left, key=lambda number: (number < 0, number))))
    return f"{DAYS[day]}[{runs}]"
