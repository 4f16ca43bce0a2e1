"""Which days a season's notation means: `lent`, `advent+lent`, `memorial_day..labor_day`, `05-01..09-30`.

Conventions where usage differs:

- `lent` runs from Ash Wednesday to Holy Saturday, since what parishes announce for the Fridays of Lent includes Good
  Friday; `holy_week` from Palm Sunday to Holy Saturday; `easter` from Easter Sunday to Pentecost.
- `christmas` runs from Christmas to the Baptism of the Lord.
- `summer` runs from the Saturday before Memorial Day to Labor Day; `academic_year` is the rest of the year.
- `daylight_saving_time` runs from the second Sunday of March to the Saturday before the first Sunday of November
  (15 U.S.C. 260a), `standard_time` is the rest of the year.
- `winter` is the rest of the year, too: parishes that name a winter schedule name a summer one beside it, and between
  the two they leave no week without a Mass, as the months in which clocks are on standard time would.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from vitality_lib.calendar import feasts

Span = tuple[date, date]  # the first and the last day, both included

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")


class UnknownSeasonError(ValueError):
    """The notation names no season, feast, month or day of the year."""


def in_season(notation: str, day: date) -> bool:
    """Whether a day lies in the season. Raises UnknownSeasonError for a notation that means nothing."""
    return any(first <= day <= last for year in (day.year - 1, day.year) for first, last in spans(notation, year))


@lru_cache(maxsize=1024)
def spans(notation: str, year: int) -> tuple[Span, ...]:
    """The stretches of days, in order, that begin in `year`; one may end in the next.

    Raises UnknownSeasonError for a notation that means nothing.
    """
    return tuple(sorted(_span(part.strip(), year) for part in notation.split("+")))


def _span(part: str, year: int) -> Span:
    first, separator, last = part.partition("..")
    if not separator:
        return _named(first, year)
    begin = _as_end(first, year)[0]
    end = _as_end(last, year)[1]
    return begin, end if end >= begin else _as_end(last, year + 1)[1]


def _as_end(name: str, year: int) -> Span:
    """`christmas` and `easter` are days where a stretch begins or ends, and seasons where they stand alone."""
    day = feasts.feast(name, year)
    return (day, day) if day else _named(name, year)


def _named(name: str, year: int) -> Span:
    if name in _SEASONS:
        return _SEASONS[name](year)
    if name in _MONTHS:
        return date(year, _MONTHS[name], 1), _last_day(year, _MONTHS[name])
    day = feasts.feast(name, year) or _month_day(name, year)
    if day is None:
        known = ", ".join((*_SEASONS, *feasts.names()))
        raise UnknownSeasonError(
            f"{name!r} is no season: write names joined by '+' or a stretch 'A..B', each a month's name, a day MM-DD, "
            f"or one of {known}"
        )
    return day, day


def _month_day(name: str, year: int) -> date | None:
    """29 February is the 28th in a year that has none."""
    match = _MONTH_DAY.fullmatch(name)
    month, day = (int(match[1]), int(match[2])) if match else (0, 0)
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1]):  # 2024: a leap year
        return None
    return min(date(year, month, min(day, 28)) + timedelta(days=max(day - 28, 0)), _last_day(year, month))


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _from_to(first: str, last: str, before: int = 0) -> Callable[[int], Span]:
    """From one feast, or so many days before it, to another of the same year."""

    def span(year: int) -> Span:
        return _day(first, year) - timedelta(days=before), _day(last, year)

    return span


def _day(name: str, year: int) -> date:
    day = feasts.feast(name, year)
    assert day is not None, name
    return day


def _after_summer(year: int) -> Span:
    return _day("labor_day", year) + timedelta(days=1), _day("memorial_day", year + 1) - timedelta(days=3)


def _nth_sunday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(calendar.SUNDAY - first.weekday()) % 7 + 7 * (nth - 1))


def _daylight_saving_time(year: int) -> Span:
    return _nth_sunday(year, 3, 2), _nth_sunday(year, 11, 1) - timedelta(days=1)


def _standard_time(year: int) -> Span:
    return _nth_sunday(year, 11, 1), _nth_sunday(year + 1, 3, 2) - timedelta(days=1)


_SEASONS: dict[str, Callable[[int], Span]] = {
    "advent": _from_to("first_sunday_of_advent", "christmas_eve"),
    "christmas": lambda year: (date(year, 12, 25), _day("baptism_of_the_lord", year + 1)),
    "lent": _from_to("ash_wednesday", "holy_saturday"),
    "holy_week": _from_to("palm_sunday", "holy_saturday"),
    "triduum": _from_to("holy_thursday", "easter_sunday"),
    "easter": _from_to("easter_sunday", "pentecost"),
    "summer": _from_to("memorial_day", "labor_day", before=2),
    "winter": _after_summer,
    "academic_year": _after_summer,
    "daylight_saving_time": _daylight_saving_time,
    "standard_time": _standard_time,
}
