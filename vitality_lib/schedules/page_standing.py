"""How much a page's service times count beside another page's: what it is for, and from when it says it holds."""

from __future__ import annotations

import re
from datetime import datetime

from vitality_lib.document import Document, Kind
from vitality_lib.models import Service
from vitality_lib.schedules.about import one_subject
from vitality_lib.schedules.contradictions import PageServices
from vitality_lib.schedules.lexicon.pattern import any_of

_SAMPLE = 20_000  # characters of a page in which it says how old it is
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6})\.?"
_YEAR = r"(?P<year>20\d\d)"
_HOLDS_FROM = re.compile(
    any_of("effective", "updated", "revised", "as of", "beginning", "starting", "in effect from", "valid from")
    + r"\W{1,3}(?:on |from )?(?:\w{3,9}day,? )?"
    + any_of(rf"{_MONTH} (?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? )?{_YEAR}", r"(?P<us>\d{1,2}/\d{1,2}/20\d\d)"),
    re.I,
)
_OLD = re.compile(
    r"\b(?:old|former|previous|past|archived?)[ _-](?:mass(?:es)?|schedules?|service|times)\b|\bno longer in effect\b"
    r"|/archives?/",
    re.I,
)


def standing(document: Document, text: str, services: tuple[Service, ...]) -> PageServices:
    """A page's services with what tells how much they count; `text` is the visible text."""
    title = (document.tree.findtext(".//title") or "")[:300] if document.kind is Kind.HTML else text[:100]
    return PageServices(
        document.page.url,
        services,
        about_schedules=bool(one_subject(document, text)),
        said_on=said_on(text, document.page.fetched_at),
        superseded=bool(_OLD.search(title) or _OLD.search(document.page.url)),
    )


def said_on(text: str, fetched_at: datetime | None) -> str | None:
    """The newest date from which a page says it holds, `2026-09-07` or `2026-09`; none that lay ahead when fetched."""
    dates = [date for match in _HOLDS_FROM.finditer(text[:_SAMPLE]) if (date := _iso(match))]
    today = fetched_at.date().isoformat() if fetched_at else "9999"
    return max((date for date in dates if date <= today), default=None)


def _iso(match: re.Match[str]) -> str | None:
    if match["us"]:
        month, day, year = (int(part) for part in match["us"].split("/"))
        return f"{year}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None
    number = _MONTHS.index(match["month"][:3].lower()) + 1
    return f"{match['year']}-{number:02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
