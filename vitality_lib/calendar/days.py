"""Which days a recurrence means, at a place: its rule, with holy days, within its season, less its exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from vitality_lib.calendar.holy_days import holy_days, is_eve, is_holy_day
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.rules import WEEK, rule_of
from vitality_lib.calendar.seasons import in_season
from vitality_lib.models import Day, Recurrence

_WEEKDAY = re.compile(r"([1-5]|last)?(MO|TU|WE|TH|FR|SA|SU)")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ANYWHERE = Place("UTC")
_HOLY = {Day.HOLYDAY.value: is_holy_day, Day.HOLYDAY_EVE.value: is_eve}


def days_of(recurrence: Recurrence, first: date, last: date, place: Place) -> Iterator[date]:
    """The days from `first` to `last`, both included, in order. A rule that names no days means every day in force.

    That is how a service tied to another one recurs: on all days on which the other one is held.
    Raises ValueError for notation that means nothing.
    """
    yield from _days(recurrence, first, last, law_of(recurrence, place))


def law_of(recurrence: Recurrence, place: Place) -> Place:
    """The place as far as the rule asks: any place is as good as another for a rule that names no holy days."""
    named = {*recurrence.days, *recurrence.exceptions}
    return _ANYWHERE if named.isdisjoint(_HOLY) else place


@lru_cache(maxsize=1024)
def _days(recurrence: Recurrence, first: date, last: date, place: Place) -> tuple[date, ...]:
    """Parishes share few rules: each is worked out once for a stretch of days."""
    begin = max(first, date.fromisoformat(recurrence.begins or first.isoformat()))
    end = min(last, date.fromisoformat(recurrence.ends or last.isoformat()))
    if begin > end:
        return ()
    rule = rule_of(recurrence, begin, end)
    days = {moment.date() for moment in rule if moment.date() >= begin} if rule else set()
    if not recurrence.says_when:
        days = {begin + timedelta(days=n) for n in range((end - begin).days + 1)}
    holy = _holy_days(recurrence, begin, end, place)
    in_order = sorted(days | holy)
    return tuple(day for day in in_order if is_in_force(recurrence, day) and not _is_excepted(recurrence, day, place))


def _holy_days(recurrence: Recurrence, first: date, last: date, place: Place) -> set[date]:
    """The holy days, and the eves of holy days, that the rule names."""
    ahead = [timedelta(days=n) for n, day in enumerate((Day.HOLYDAY, Day.HOLYDAY_EVE)) if day in recurrence.days]
    years = range(first.year, last.year + 2)  # the eve of 1 January is a day of the year before
    days = {day - before for before in ahead for year in years for day in holy_days(year, place)}
    return {day for day in days if first <= day <= last}


def is_in_force(recurrence: Recurrence, day: date) -> bool:
    """Whether the day lies from `begins` to `ends`, in the rule's season, and in no season that is excepted."""
    if recurrence.begins and day < date.fromisoformat(recurrence.begins):
        return False
    if recurrence.ends and day > date.fromisoformat(recurrence.ends):
        return False
    if recurrence.season and not in_season(recurrence.season, day):
        return False
    return not any(in_season(one, day) for one in recurrence.exceptions if _is_season(one))


def _is_excepted(recurrence: Recurrence, day: date, place: Place) -> bool:
    return any(_matches(one, day, place) for one in recurrence.exceptions)


def _matches(exception: str, day: date, place: Place) -> bool:
    """Whether a weekday, an nth weekday, a holy day or a date that is excepted is this day."""
    if exception in _HOLY:
        return _HOLY[exception](day, place)
    match = _WEEKDAY.fullmatch(exception)
    if match is None:
        return exception == day.isoformat()
    if match[1] == "last":
        which = (day + timedelta(days=7)).month != day.month
    else:
        which = match[1] is None or int(match[1]) == (day.day - 1) // 7 + 1
    return which and match[2] == WEEK[day.weekday()]


def _is_season(exception: str) -> bool:
    return not (exception in _HOLY or _WEEKDAY.fullmatch(exception) or _ISO_DATE.fullmatch(exception))
