"""Holy days of obligation in the United States, for a year and a place. Those on a Sunday are Sundays and not listed.

Sources, Latin dioceses: the complementary norm of the USCCB to canon 1246 §2 (17 November 1992): the obligation of
1 January, 15 August and 1 November falls away on a Saturday or a Monday; the decree of 6 July 1999: Ascension is kept
on Sunday, save in the provinces that chose the Thursday (`provinces`); the indult for Honolulu of 1992, which keeps
Christmas and the Immaculate Conception only; the note of the Dicastery for Legislative Texts of 4 September 2024: the
obligation of 8 December goes with the feast where a Sunday of Advent moves it to the Monday. Before 2024 the bishops of
the United States held that it did not.

Eastern eparchies: canon 880 §3 of the Code of Canons of the Eastern Churches, by the Gregorian calendar; the particular
law of single Churches, which may add to it, is not kept here.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from vitality_lib.calendar.feasts import feast
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.provinces import is_eastern, is_honolulu, keeps_ascension_thursday

_SATURDAY, _SUNDAY, _MONDAY = 5, 6, 0
_FIRST_YEAR_OF_TRANSFERRED_OBLIGATION = 2024
_EASTERN_DAYS = ((1, 6), (6, 29), (8, 15), (12, 25))  # Theophany, Peter and Paul, Dormition, Nativity


@lru_cache(maxsize=4096)
def holy_days(year: int, place: Place) -> tuple[date, ...]:
    """The weekdays of a civil year on which Mass is of obligation there, in order."""
    if is_eastern(place):
        days = [date(year, *day) for day in _EASTERN_DAYS] + _on("ascension", year)
    else:
        days = [*_on("christmas", year), *_immaculate_conception(year)]
        if not is_honolulu(place):
            days += [
                day
                for name in ("mary_mother_of_god", "assumption", "all_saints")
                for day in _unless_abrogated(name, year)
            ]
        if keeps_ascension_thursday(place):
            days += _on("ascension", year)
    return tuple(sorted(day for day in days if day.weekday() != _SUNDAY))


def is_holy_day(day: date, place: Place) -> bool:
    """Whether Mass is of obligation that day there, though it is no Sunday."""
    return day in holy_days(day.year, place)


def is_eve(day: date, place: Place) -> bool:
    """Whether the day after is a holy day: its evening is the holy day's eve."""
    return is_holy_day(day + timedelta(days=1), place)


def _on(name: str, year: int) -> list[date]:
    day = feast(name, year)
    return [day] if day else []


def _unless_abrogated(name: str, year: int) -> list[date]:
    return [day for day in _on(name, year) if day.weekday() not in (_SATURDAY, _MONDAY)]


def _immaculate_conception(year: int) -> list[date]:
    moved = date(year, 12, 8).weekday() == _SUNDAY
    return [] if moved and year < _FIRST_YEAR_OF_TRANSFERRED_OBLIGATION else _on("immaculate_conception", year)
