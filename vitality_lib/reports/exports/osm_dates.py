"""Parts of the year in the syntax of OpenStreetMap's opening hours: `Jun-Aug`, `easter-easter +49 days`."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.easter import easter

from vitality_lib.calendar.seasons import Span, spans
from vitality_lib.models import Recurrence

_YEARS = range(2024, 2064)  # what holds in all of them is taken for the rule
_MONTHS = calendar.month_abbr
_FEBRUARY = 2


class CannotBeTaggedError(ValueError):
    """No rule of the syntax is exact here; the text says why."""


def ranges_of(when: Recurrence, first: date) -> list[str]:
    """The dates between which a rule holds from the day `first` on; one empty text where it holds all year.

    Raises CannotBeTaggedError.
    """
    begins = max(first.isoformat(), when.begins or "")
    if when.ends and when.ends < first.isoformat():
        raise CannotBeTaggedError(f"it ended on {when.ends}")
    if when.ends and not when.season:
        return [f"{_with_year(date.fromisoformat(begins))}-{_with_year(date.fromisoformat(when.ends))}"]
    if when.ends or begins > first.isoformat():
        raise CannotBeTaggedError("it holds within a season and from or to a day, or from a day on")
    return [_season(part) for part in when.season.split("+")] if when.season else [""]


def days_of_months(when: Recurrence) -> str:
    """Days of the month, named in each of the twelve. Raises CannotBeTaggedError."""
    if min(when.month_days) < 0:
        raise CannotBeTaggedError("the last day of a month has no name there")
    longest = [calendar.monthrange(2024, month)[1] for month in range(1, 13)]  # 2024: a leap year
    every = (date(2024, month + 1, day) for month, last in enumerate(longest) for day in when.month_days if day <= last)
    return ",".join(map(_day, sorted(every)))


def _season(part: str) -> str:
    """A stretch whose ends are days of the year, or keep their distance to Easter."""
    stretches = [spans(part.strip(), year)[0] for year in _YEARS]
    if months := _whole_months(stretches):
        return months
    first, last = (_name([stretch[end] for stretch in stretches], part) for end in (0, 1))
    over_new_year = {end.year - begin.year for begin, end in stretches}
    if len(over_new_year) > 1 or (over_new_year != {0} and "easter" in first + last):
        raise CannotBeTaggedError(f"{part} runs over New Year, and not always by the date")
    if first == last:
        return first
    # opening_hours.js, which most maps use, leaves out the last day of a stretch that ends by Easter: so it is named
    return f"{first}-{last},{last}" if "easter" in last else f"{first}-{last}"


def _whole_months(stretches: Sequence[Span]) -> str:
    """`Jun-Aug`; empty where the stretches begin or end within a month.

    One month alone is told by its days, as far as they are always the same: opening_hours.js knows no `Dec Tu[1,3]`.
    """
    ends = {(begin.month, end.month) for begin, end in stretches}
    if len(ends) > 1 or any(begin.day != 1 or (end + timedelta(days=1)).day != 1 for begin, end in stretches):
        return ""
    begin, end = ends.pop()
    if begin == end:
        return _MONTHS[begin] if begin == _FEBRUARY else ""
    return f"{_MONTHS[begin]}-{_MONTHS[end]}"


def _name(days: Sequence[date], part: str) -> str:
    """The name of a day that is the same each year, by its date or by its distance to Easter."""
    if len({(day.month, day.day) for day in days}) == 1:
        return _day(days[0])
    distances = {(day - easter(day.year)).days for day in days}
    if len(distances) > 1:
        raise CannotBeTaggedError(f"{part} has no fixed date, and none that is counted from Easter")
    distance = distances.pop()
    return f"easter {distance:+d} day{'s' if abs(distance) > 1 else ''}" if distance else "easter"


def _day(day: date) -> str:
    return f"{_MONTHS[day.month]} {day.day:02d}"


def _with_year(day: date) -> str:
    return f"{day.year} {_day(day)}"
