"""The small pieces of an English sentence about a service, each said and read: times, dates, numbers, lists.

Reading takes exactly what saying gives. Whatever has no place in English raises CannotBeSaidError.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from vitality_lib.models import Day, ServiceType

_K = TypeVar("_K")

TYPES = {
    ServiceType.MASS: "Mass",
    ServiceType.CONFESSION: "Confession",
    ServiceType.ADORATION: "Adoration",
    ServiceType.OTHER_DEVOTION: "Devotion",
}
WEEK = {
    Day.MO: "Monday", Day.TU: "Tuesday", Day.WE: "Wednesday", Day.TH: "Thursday", Day.FR: "Friday", Day.SA: "Saturday",
    Day.SU: "Sunday",
}  # fmt: skip
HOLY_DAYS = {Day.HOLYDAY: "holy days", Day.HOLYDAY_EVE: "eves of holy days"}
ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "last": "last"}
WEEKS = {2: "other", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LANGUAGES = {
    "en": "English", "es": "Spanish", "la": "Latin", "vi": "Vietnamese", "pl": "Polish", "pt": "Portuguese",
    "tl": "Tagalog", "ko": "Korean", "ht": "Haitian Creole", "fr": "French", "it": "Italian", "de": "German",
    "zh": "Chinese", "yue": "Cantonese", "ja": "Japanese", "lt": "Lithuanian", "hr": "Croatian", "sk": "Slovak",
    "sl": "Slovenian", "hu": "Hungarian", "uk": "Ukrainian", "ar": "Arabic", "syc": "Syriac", "arc": "Aramaic",
    "ml": "Malayalam", "ta": "Tamil", "kok": "Konkani", "ig": "Igbo", "sw": "Swahili", "ki": "Kikuyu", "hmn": "Hmong",
    "ha": "Hausa", "yo": "Yoruba", "my": "Burmese", "hi": "Hindi", "ilo": "Ilocano", "ru": "Russian", "cs": "Czech",
    "am": "Amharic", "gez": "Ge'ez", "lo": "Lao", "nv": "Navajo", "sm": "Samoan", "to": "Tongan",
    "ase": "American Sign Language", "ms": "Malay", "und": "a language not named",
}  # fmt: skip

CLOCK = r"(?:\d{1,2}:\d\d [AP]M|noon|midnight)"
MONTH_DAY = rf"(?:(?:{'|'.join(MONTHS)}) \d{{1,2}}(?!\d|, \d{{4}}))"
DATE = rf"(?:(?:{'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}})"
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class CannotBeSaidError(ValueError):
    """The service, or a part of it, has no meaning in words."""


def say_clock(time: str) -> str:
    """`8:00 AM`, `noon`, `midnight` for `HH:MM` from 00:00 to 23:59. Raises CannotBeSaidError for any other text."""
    match = _TIME.fullmatch(time)
    if not match:
        raise CannotBeSaidError(f"no such time of day: {time}")
    hours, minutes = int(match[1]), int(match[2])
    if minutes == 0 and hours in (0, 12):
        return "noon" if hours else "midnight"
    return f"{(hours - 1) % 12 + 1}:{minutes:02d} {'AM' if hours < 12 else 'PM'}"


def read_clock(words: str) -> str:
    """`HH:MM` of what `say_clock` says. Raises ValueError for an hour or a minute that no clock shows."""
    if words in ("noon", "midnight"):
        return "12:00" if words == "noon" else "00:00"
    hours, minutes = (int(part) for part in words[:-3].split(":"))
    if not (1 <= hours <= 12 and minutes <= 59):
        raise ValueError(f"no such time of day: {words}")
    return f"{hours % 12 + (12 if words.endswith('PM') else 0):02d}:{minutes:02d}"


def say_date(iso: str) -> str:
    """`July 4, 2026` for `2026-07-04`. Raises CannotBeSaidError for what is no ISO date."""
    try:
        day = date.fromisoformat(iso)
    except ValueError as error:
        raise CannotBeSaidError(f"no such date: {iso}") from error
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year:04d}"


def read_date(words: str) -> str:
    """The ISO date of what `say_date` says. Raises ValueError for a day that the month does not have."""
    month, day, year = words.replace(",", "").split()
    return date(int(year), MONTHS.index(month) + 1, int(day)).isoformat()


def say_month_day(notation: str) -> str:
    """`July 4` for `07-04`. Raises CannotBeSaidError for a day that no year has."""
    return say_date(f"2024-{notation}").removesuffix(", 2024")  # 2024: a leap year


def read_month_day(words: str) -> str:
    """`07-04` for `July 4`."""
    return read_date(f"{words}, 2024")[5:]


def say_nth(number: int) -> str:
    """`13th`; `last day` for -1."""
    if number == -1:
        return "last day"
    if not 1 <= number <= 31:
        raise CannotBeSaidError(f"no such day of the month: {number}")
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number in (11, 12, 13) else ends.get(number % 10, 'th')}"


def say_list(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def a_list_of(item: str, last: str = "and") -> str:
    """The pattern of a list of what `item` matches, as `say_list` writes it."""
    return rf"(?:{item}(?:, {item})*? {last} {item}|{item})"


def any_of(table: Mapping[_K, str]) -> str:
    """The pattern of the words of a table, the longest first: `Easter Sunday` before `Easter`."""
    return f"(?:{'|'.join(sorted(map(re.escape, table.values()), key=len, reverse=True))})"


def key_of(table: Mapping[_K, str], said: str) -> _K:
    """What the word of a table stands for; the last, where several have the same."""
    return next(key for key, word in reversed(list(table.items())) if word == said)


def looked_up(table: Mapping[_K, str], key: _K, what: str) -> str:
    """The word of a table, or CannotBeSaidError with `what` the key should have been."""
    if key not in table:
        raise CannotBeSaidError(f"no such {what}: {key}")
    return table[key]


def say_languages(code: str) -> str:
    """`in English and Spanish` for `en/es`. English goes without saying; one with no name is said by its code."""
    return "" if code == "en" else "in " + say_list(map(_say_language, code.split("/")))


def read_languages(words: str) -> str:
    """The codes that words in the pattern IN_LANGUAGES say; English for none."""
    names = (name for name in re.findall(_LANGUAGE, words.removeprefix("in ")) if name != "and")
    return "/".join(_CODES.get(name, name) for name in names) or "en"


def _say_language(code: str) -> str:
    if code not in LANGUAGES and (code == "and" or not re.fullmatch("[a-z]{2,3}", code)):
        raise CannotBeSaidError(f"no such language: {code}")
    return LANGUAGES.get(code, code)


_CODES = {name: code for code, name in LANGUAGES.items()}
_LANGUAGE = rf"(?:{any_of(LANGUAGES)}|\b[a-z]{{2,3}}\b)"
IN_LANGUAGES = f"in {a_list_of(_LANGUAGE)}"
