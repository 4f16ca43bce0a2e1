"""The date of each named feast and civil day, in any year.

Sources: Universal Norms on the Liturgical Year and the Calendar (1969) with the proper calendar of the dioceses of the
United States (Epiphany, Corpus Christi on Sundays); 5 U.S.C. 6103 for the civil days. Ascension is the Thursday here;
who keeps it on the Sunday after is a matter of the place (`holy_days`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import MO, SU, TH, relativedelta, weekday

_SUNDAY = 6  # as `date.weekday` counts


def feast(name: str, year: int) -> date | None:
    """The day of a feast in a civil year, by its name in small letters (`ash_wednesday`); None for an unknown name."""
    if name in _AFTER_EASTER:
        return easter(year) + timedelta(days=_AFTER_EASTER[name])
    if name in _FIXED:
        return date(year, *_FIXED[name])
    return _MOVABLE[name](year) if name in _MOVABLE else None


def names() -> tuple[str, ...]:
    """Every name that `feast` knows, in alphabetical order."""
    return tuple(sorted({*_AFTER_EASTER, *_FIXED, *_MOVABLE}))


def first_sunday_of_advent(year: int) -> date:
    """The fourth Sunday before Christmas."""
    return date(year, 12, 24) + relativedelta(weekday=SU(-1)) - timedelta(weeks=3)


def _epiphany(year: int) -> date:
    """The Sunday from 2 to 8 January."""
    return date(year, 1, 2) + relativedelta(weekday=SU)


def _baptism_of_the_lord(year: int) -> date:
    """The Sunday after Epiphany; the Monday, where Epiphany is kept on the 7th or 8th."""
    after = _epiphany(year)
    return after + timedelta(days=1 if after.day >= 7 else 7)


def _holy_family(year: int) -> date:
    """The Sunday within the octave of Christmas; 30 December, where Christmas is a Sunday."""
    christmas = date(year, 12, 25)
    return date(year, 12, 30) if christmas.weekday() == _SUNDAY else christmas + relativedelta(weekday=SU)


def _immaculate_conception(year: int) -> date:
    """8 December; the Monday after, where that is a Sunday of Advent."""
    day = date(year, 12, 8)
    return day + timedelta(days=1) if day.weekday() == _SUNDAY else day


def _nth(month: int, day: weekday) -> Callable[[int], date]:
    """The nth such weekday of a month; with a negative n, from the month's end."""
    count = day.n or 1
    return lambda year: date(year, month, 1) + relativedelta(day=1 if count > 0 else 31, weekday=day)


_AFTER_EASTER = {
    "ash_wednesday": -46,
    "palm_sunday": -7,
    "holy_thursday": -3,
    "good_friday": -2,
    "holy_saturday": -1,
    "easter": 0,
    "easter_sunday": 0,
    "easter_monday": 1,
    "divine_mercy": 7,
    "ascension": 39,
    "pentecost": 49,
    "trinity_sunday": 56,
    "corpus_christi": 63,
    "sacred_heart": 68,
    "immaculate_heart": 69,
}
_FIXED = {
    "new_years_day": (1, 1),
    "mary_mother_of_god": (1, 1),
    "presentation": (2, 2),
    "saint_patrick": (3, 17),
    "juneteenth": (6, 19),
    "peter_and_paul": (6, 29),
    "independence_day": (7, 4),
    "assumption": (8, 15),
    "halloween": (10, 31),
    "all_saints": (11, 1),
    "all_souls": (11, 2),
    "veterans_day": (11, 11),
    "our_lady_of_guadalupe": (12, 12),
    "christmas_eve": (12, 24),
    "christmas": (12, 25),
    "christmas_day": (12, 25),
    "new_years_eve": (12, 31),
}
_MOVABLE: dict[str, Callable[[int], date]] = {
    "epiphany": _epiphany,
    "baptism_of_the_lord": _baptism_of_the_lord,
    "martin_luther_king_day": _nth(1, MO(3)),
    "presidents_day": _nth(2, MO(3)),
    "mothers_day": _nth(5, SU(2)),
    "memorial_day": _nth(5, MO(-1)),
    "fathers_day": _nth(6, SU(3)),
    "labor_day": _nth(9, MO(1)),
    "columbus_day": _nth(10, MO(2)),
    "thanksgiving": _nth(11, TH(4)),
    "day_after_thanksgiving": lambda year: _nth(11, TH(4))(year) + timedelta(days=1),
    "christ_the_king": lambda year: first_sunday_of_advent(year) - timedelta(weeks=1),
    "first_sunday_of_advent": first_sunday_of_advent,
    "immaculate_conception": _immaculate_conception,
    "holy_family": _holy_family,
}
