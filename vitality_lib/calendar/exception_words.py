"""The exceptions of a recurrence in English: `except holy days and on July 3, 2026`, and back."""

from __future__ import annotations

import re

from vitality_lib.calendar.season_words import PIECE, read_season, say_season
from vitality_lib.calendar.spoken import DATE, HOLY_DAYS, ORDINALS, WEEK, any_of, key_of, read_date, say_date
from vitality_lib.models import Day

_WEEKDAY = re.compile(r"([1-5]|last)?(MO|TU|WE|TH|FR|SA|SU)")
_NTH = f"the ({any_of(ORDINALS)}) ({any_of(WEEK)}) of the month"
_ONE = f"(?:{re.sub('[(](?![?])', '(?:', _NTH)}|{any_of(WEEK)}s|{any_of(HOLY_DAYS)}|on {DATE}|{PIECE})"
EXCEPTIONS = f"except {_ONE}(?: and {_ONE})*"


def say_exceptions(exceptions: tuple[str, ...]) -> str:
    """Seasons joined by `+` are an exception each. Raises CannotBeSaidError for one that means nothing."""
    every = [one for given in exceptions for one in given.split("+")]
    return f"except {' and '.join(map(_say, every))}" if every else ""


def read_exceptions(words: str) -> tuple[str, ...]:
    """The exceptions that words in the pattern EXCEPTIONS say."""
    return tuple(map(_read, re.findall(_ONE, words.removeprefix("except "))))


def _say(one: str) -> str:
    if one in HOLY_DAYS:
        return HOLY_DAYS[Day(one)]
    if match := _WEEKDAY.fullmatch(one):
        weekday = WEEK[Day(match[2])]
        return f"the {ORDINALS[match[1]]} {weekday} of the month" if match[1] else f"{weekday}s"
    return f"on {say_date(one)}" if re.fullmatch(r"\d{4}-\d\d-\d\d", one) else say_season(one)


def _read(words: str) -> str:
    if words in HOLY_DAYS.values():
        return key_of(HOLY_DAYS, words).value
    if nth := re.fullmatch(_NTH, words):
        return f"{key_of(ORDINALS, nth[1])}{key_of(WEEK, nth[2]).value}"
    if re.fullmatch(f"{any_of(WEEK)}s", words):
        return key_of(WEEK, words[:-1]).value
    return read_date(words.removeprefix("on ")) if re.fullmatch(f"on {DATE}", words) else read_season(words)
