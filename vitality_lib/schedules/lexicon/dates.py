"""Dates and months, and the words that let a schedule begin or end at one."""

from __future__ import annotations

import re

from vitality_lib.schedules.lexicon.pattern import any_of, words

_NAMES = (
    ("january", "jan(?:uary)?", "enero"),
    ("february", "feb(?:ruary)?", "febrero"),
    ("march", "mar(?:ch)?", "marzo"),
    ("april", "apr(?:il)?", "abril"),
    ("may", "may", "mayo"),
    ("june", "june?", "junio"),
    ("july", "july?", "julio"),
    ("august", "aug(?:ust)?", "agosto"),
    ("september", "sept?(?:ember)?", "septiembre"),
    ("october", "oct(?:ober)?", "octubre"),
    ("november", "nov(?:ember)?", "noviembre"),
    ("december", "dec(?:ember)?", "diciembre"),
)
MONTHS = tuple(name for name, *_ in _NAMES)
_MONTH_NAME = any_of(*(pattern for _, *patterns in _NAMES for pattern in patterns))
_MONTH = rf"{_MONTH_NAME}\b\.?"
_YEAR = r"(?:19|20)\d\d"

DATE = "|".join(
    (
        # March 3rd, 2026; July 4 - 6
        rf"\b{_MONTH}\s{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?[:.]\d\d)(?:\s?(?:,|of|de)?\s?{_YEAR}\b)?"
        rf"(?:\s?(?:-|\u2013|&|and|to|through)\s?(?:{_MONTH}\s?)?\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?(?::|[ap]\.?m)))?",
        rf"\b\d{{1,2}}-\d{{1,2}}-{_YEAR}\b",
        # 3 de marzo de 2026, 4th of July
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s|de\s)?{_MONTH}(?:\s?(?:,|del?)?\s?{_YEAR}\b)?",
        r"\b\d{1,2}/\d{1,2}(?:/(?:19|20)?\d\d)?\b",
        rf"\b{_YEAR}\b",
        rf"\b{_MONTH}\s{_YEAR}\b",
    )
)
MONTH = rf"\b{_MONTH}"
SINCE = words(
    "beginning", "starting", "effective", "as of", "begins", "starts", "from now", "resum(?:es?|ing)",
    "a partir de[l]?", "desde el", rf"through(?= {_MONTH} \d)",
)  # fmt: skip

_DAY_OF = re.compile(
    rf"(?P<month>{_MONTH_NAME})\b\.?\s{{0,2}}(?P<day>\d{{1,2}})(?!\d)|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s|de\s)?"
    rf"(?P<month2>{_MONTH_NAME})\b|(?P<number>\d{{1,2}})[/-](?P<day3>\d{{1,2}})\b",
    re.I,
)
_LAST_DAY = re.compile(r"(?:-|\u2013|&|and|to|through)\s?(\d{1,2})(?:st|nd|rd|th)?$", re.I)
_WHOLE_YEAR = re.compile(rf"\b{_YEAR}\b|(?<=/)\d\d$")
_READ = tuple((re.compile(any_of(*patterns), re.I), number) for number, (_, *patterns) in enumerate(_NAMES, 1))


def month_of(word: str) -> str:
    """The month a token names, in English: `sept.` is `september`."""
    return MONTHS[_number(word) - 1]


def days_in(word: str) -> tuple[str, ...]:
    """The days a token of a date names: `2026-06-01`, or `06-01` when it names no year; none for a bare year."""
    found = [
        (_number(match["month"] or match["month2"]) if not match["number"] else int(match["number"]), int(day))
        for match in _DAY_OF.finditer(word)
        for day in [match["day"] or match["day2"] or match["day3"]]
    ]
    last = _LAST_DAY.search(word)
    if len(found) == 1 and last:
        found.append((found[0][0], int(last[1])))
    year = year_of(word)
    days = [f"{month:02d}-{day:02d}" for month, day in found if 1 <= month <= 12 and 1 <= day <= 31]
    return tuple(in_year(day, year) if year else day for day in days)


def year_of(word: str) -> int | None:
    match = _WHOLE_YEAR.search(word)
    return None if match is None else int(match[0]) if len(match[0]) == 4 else 2000 + int(match[0])


def in_year(day: str, year: int) -> str:
    """A day `06-01` in a year; one that has a year keeps it."""
    return day if len(day) > len("06-01") else f"{year}-{day}"


def _number(word: str) -> int:
    return next(number for pattern, number in _READ if pattern.match(word))
