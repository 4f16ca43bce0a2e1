"""Seasons, feasts and stretches of the year in English: `advent+lent` is `during Advent and Lent`, and back."""

from __future__ import annotations

import re

from vitality_lib.calendar import feasts
from vitality_lib.calendar.spoken import (
    MONTH_DAY,
    MONTHS,
    CannotBeSaidError,
    a_list_of,
    any_of,
    key_of,
    read_month_day,
    say_list,
    say_month_day,
)

_SEASONS = {
    "advent": "Advent", "christmas": "the Christmas season", "lent": "Lent", "holy_week": "Holy Week",
    "triduum": "the Triduum", "easter": "the Easter season", "summer": "summer", "winter": "winter",
    "academic_year": "the school year", "daylight_saving_time": "daylight saving time",
    "standard_time": "standard time",
}  # fmt: skip
_ODD_NAMES = {
    "new_years_day": "New Year's Day", "new_years_eve": "New Year's Eve", "mothers_day": "Mother's Day",
    "fathers_day": "Father's Day", "presidents_day": "Presidents' Day", "divine_mercy": "Divine Mercy Sunday",
    "first_sunday_of_advent": "the First Sunday of Advent", "day_after_thanksgiving": "the day after Thanksgiving",
}  # fmt: skip


_WITH_ARTICLE = {
    "annunciation", "ascension", "assumption", "baptism_of_the_lord", "holy_family", "immaculate_conception",
    "immaculate_heart", "presentation", "sacred_heart",
}  # fmt: skip


def _plain_name(name: str) -> str:
    """`All Souls`, `the Baptism of the Lord`"""
    plain = re.sub(r"\b(Of|The|And|After)\b", lambda word: word[0].lower(), name.replace("_", " ").title())
    return f"the {plain}" if name in _WITH_ARTICLE else plain


_FEASTS = {name: _ODD_NAMES.get(name, _plain_name(name)) for name in feasts.names()}
_MONTHS = {name.lower(): name for name in MONTHS}
# Where a stretch begins or ends, `easter` is the day and not the season.
_ENDS = _SEASONS | _FEASTS | _MONTHS


_SEASON, _MONTH = any_of(_SEASONS), any_of(_MONTHS)
_DAY = f"(?:{any_of(_FEASTS)}|{MONTH_DAY})"
_END = f"(?:{MONTH_DAY}|{any_of(_ENDS)})"
_STRETCH = f"from {_END} to {_END}"
_DURING = f"during {a_list_of(_SEASON)}"
PIECE = rf"(?:{_STRETCH}|during {_SEASON}|in {_MONTH} and {_MONTH}|in {_MONTH}|on {_DAY})\b"
SEASON = rf"(?:{_DURING}\b(?! and (?:from|during|in|on) )|{PIECE}(?: and {PIECE})*)"
_PIECES = re.compile(PIECE)


def say_season(notation: str) -> str:
    """A season as a phrase with its preposition. Raises CannotBeSaidError for a notation that means nothing."""
    parts = notation.split("+")
    if all(part in _SEASONS for part in parts):
        return f"during {say_list(_SEASONS[part] for part in parts)}"
    return " and ".join(map(_say_part, parts))


def read_season(words: str) -> str:
    """The notation of a phrase that the pattern SEASON matches in full."""
    if re.fullmatch(_DURING, words):
        return "+".join(key_of(_SEASONS, name) for name in re.findall(_SEASON, words.removeprefix("during ")))
    return "+".join(map(_read_part, _PIECES.findall(words)))


def _say_part(part: str) -> str:
    first, separator, last = part.partition("..")
    if separator:
        if _are_neighbours(first, last):
            return f"in {_MONTHS[first]} and {_MONTHS[last]}"
        return f"from {_say_end(first)} to {_say_end(last)}"
    if part in _SEASONS:
        return f"during {_SEASONS[part]}"
    return f"in {_MONTHS[part]}" if part in _MONTHS else f"on {_say_end(part)}"


def _read_part(words: str) -> str:
    preposition, _, rest = words.partition(" ")
    if preposition == "from":
        return "..".join(map(_read_end, rest.split(" to ")))
    if preposition == "in":
        return "..".join(key_of(_MONTHS, month) for month in rest.split(" and "))
    return key_of(_SEASONS, rest) if preposition == "during" else _read_end(rest)


def _are_neighbours(first: str, last: str) -> bool:
    """`july..august`: two months that follow each other."""
    names = list(_MONTHS)
    return first in _MONTHS and last in _MONTHS and (names.index(last) - names.index(first)) % len(names) == 1


def _say_end(name: str) -> str:
    if name in _ENDS:
        return _ENDS[name]
    if re.fullmatch(r"\d\d-\d\d", name):
        return say_month_day(name)
    raise CannotBeSaidError(f"no such season: {name}")


def _read_end(words: str) -> str:
    return read_month_day(words) if re.fullmatch(MONTH_DAY, words) else key_of(_ENDS, words)
