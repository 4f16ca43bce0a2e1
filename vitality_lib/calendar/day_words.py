"""The days of a rule in English, and back: `Monday to Friday and holy days`, `on the first Friday of the month`."""

from __future__ import annotations

import re
from typing import Any

from vitality_lib.calendar.spoken import (
    HOLY_DAYS,
    ORDINALS,
    WEEK,
    WEEKS,
    CannotBeSaidError,
    a_list_of,
    any_of,
    key_of,
    looked_up,
    say_list,
    say_nth,
)
from vitality_lib.models import Day, Recurrence

_WEEKDAY, _HOLY, _ORDINAL = any_of(WEEK), any_of(HOLY_DAYS), any_of(ORDINALS)
_NTH = r"(?:\d{1,2}(?:st|nd|rd|th)|last day)"
_PLURAL = f"(?:every day|{_WEEKDAY} to {_WEEKDAY}|{_WEEKDAY}s)"
_MONTH_DAYS = rf"on the (?P<nth>{a_list_of(_NTH)}) of the month(?: if a (?P<own>{a_list_of(_WEEKDAY, 'or')}))?"
_ORDINALS = rf"on the (?P<ordinals>{a_list_of(_ORDINAL)}) (?P<own>{a_list_of(_WEEKDAY)}) of the month"
_EVERY_OTHER = rf"every (?P<weeks>other) (?P<own>{_WEEKDAY})"
_WEEKS = rf"(?P<own>{a_list_of(_PLURAL)}) of every (?P<weeks>{any_of(WEEKS)}) week"
_PHRASES = (_MONTH_DAYS, _ORDINALS, _EVERY_OTHER, _WEEKS, rf"(?P<own>{_PLURAL})", rf"(?P<holy>{_HOLY})")
_PHRASE = f"(?:{'|'.join(re.sub('[?]P<[a-z]+>', '?:', pattern) for pattern in _PHRASES)})"
DAYS = a_list_of(_PHRASE)


def say_days(when: Recurrence) -> str:
    """The days without season and exceptions; nothing for a rule without days.

    Raises CannotBeSaidError for weeks or days of the month that do not exist, or that count in a rule of another kind.
    """
    own = [day for day in WEEK if day in when.days]
    holy = [HOLY_DAYS[day] for day in HOLY_DAYS if day in when.days]
    by_month = bool(when.month_days or when.ordinals)
    if (when.weeks != 1 and (by_month or not own)) or (when.ordinals and (when.month_days or not own)):
        raise CannotBeSaidError(f"weeks that have nothing to count, in {when.record()}")
    if when.month_days:
        only = f" if a {say_list((WEEK[day] for day in own), 'or')}" if own else ""
        rule = [f"on the {say_list(map(say_nth, when.month_days))} of the month{only}"]
    elif when.ordinals:
        which = say_list(looked_up(ORDINALS, one, "week of the month") for one in when.ordinals)
        rule = [f"on the {which} {say_list(WEEK[day] for day in own)} of the month"]
    elif when.weeks != 1:
        rule = [_every_few_weeks(own, looked_up(WEEKS, when.weeks, "number of weeks"))]
    else:
        rule = _weekdays(own)
    return say_list([*rule, *holy]) if rule or holy else ""


def read_days(words: str) -> dict[str, Any]:
    """The fields of the recurrence that words in the pattern DAYS say."""
    rule: dict[str, Any] = {}
    days: set[Day] = set()
    for phrase in re.findall(_PHRASE, words):
        match = next(filter(None, (re.fullmatch(pattern, phrase) for pattern in _PHRASES)))
        parts = match.groupdict()
        days |= {key_of(HOLY_DAYS, phrase)} if parts.get("holy") else _weekdays_in(parts["own"] or "")
        if nth := parts.get("nth"):
            rule["month_days"] = tuple(-1 if one == "last day" else int(one[:-2]) for one in re.findall(_NTH, nth))
        if ordinals := parts.get("ordinals"):
            rule["ordinals"] = tuple(key_of(ORDINALS, one) for one in re.findall(_ORDINAL, ordinals))
        if weeks := parts.get("weeks"):
            rule["weeks"] = key_of(WEEKS, weeks)
    return rule | {"days": tuple(day for day in (*WEEK, *HOLY_DAYS) if day in days)}


def _every_few_weeks(days: list[Day], which: str) -> str:
    if len(days) == 1 and which == "other":
        return f"every other {WEEK[days[0]]}"
    return f"{say_list(_weekdays(days))} of every {which} week"


def _weekdays(days: list[Day]) -> list[str]:
    """Three days or more in a row are a range; the whole week is every day."""
    if len(days) == len(WEEK):
        return ["every day"]
    places = [list(WEEK).index(day) for day in days]
    if len(days) > 2 and places[-1] - places[0] == len(days) - 1:
        return [f"{WEEK[days[0]]} to {WEEK[days[-1]]}"]
    return [f"{WEEK[day]}s" for day in days]


def _weekdays_in(words: str) -> set[Day]:
    week = list(WEEK)
    if words == "every day":
        return set(week)
    named = [key_of(WEEK, name) for name in re.findall(_WEEKDAY, words)]
    return set(week[week.index(named[0]) : week.index(named[1]) + 1]) if " to " in words else set(named)
