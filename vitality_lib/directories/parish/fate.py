"""Whether a row speaks of a parish that is no more: closed or merged, and since when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateutil import parser as dates

from vitality_lib.models import Status

_CLOSED = re.compile(r"\b(?:closed|suppressed|closedparish|inactive|cerrad[ao])\b", re.I)
_MERGED = re.compile(r"\bmerged (?:in|with)|\(merged|^merged|\bmerged\b(?=.{0,20}\d{4})|\bfusionad[ao]\b", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = (
    r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}"
)
_DATE = re.compile(rf"\b(?:(?P<day>{_DAY})|(?P<month>{_MONTH},? \d{{4}})|(?P<year>(?:18|19|20)\d\d))\b", re.I)
_FORMS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


@dataclass(frozen=True)
class Fate:
    """`on` is an ISO 8601 date as exact as the text is: `2019`, `2019-06`, `2019-06-30`; None when it gives none."""

    status: Status = Status.OPEN
    on: str | None = None


def fate_of(name: str, status: str = "") -> Fate:
    """What a name (`St. Odo (closed June 30, 2019)`) or a directory's own word of the status says."""
    for text in (status, name):
        for kind, words in ((Status.MERGED, _MERGED), (Status.CLOSED, _CLOSED)):
            if match := words.search(text):
                return Fate(kind, _date(text[match.start() :]))
    return Fate()


def without_fate(name: str) -> str:
    """A name without what it says of the parish's end: `St. Odo (closed 2019)` and `St. Odo - Closed` are St. Odo."""
    found = [match for words in (_MERGED, _CLOSED) if (match := words.search(name))]
    start = min((match.start() for match in found), default=len(name))
    return name[:start].rstrip(" (-–—,*") or name


def _date(text: str) -> str | None:
    match = _DATE.search(text)
    if not match:
        return None
    kind = match.lastgroup or "year"
    try:
        return dates.parse(match[kind]).strftime(_FORMS[kind])
    except (ValueError, OverflowError):
        return None
