"""The newest of the bulletins that a page links to: where times stand that stand nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

from vitality_lib.document import Document
from vitality_lib.schedules.links import is_own, links

_BULLETIN = re.compile(r"bulletin|bolet[ií]n", re.I)
_HOSTS = re.compile(
    r"(?:^|\.)(?:parishesonline|container\.parishesonline|discovermass|jspaluch|thecatholicdirectory|ecatholic|"
    r"files\.ecatholic|diocesan|wixstatic|usrfiles|squarespace|weebly|editmysite)\.\w+$",
    re.I,
)  # services that keep bulletins for parishes
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "|".join(_MONTHS)
_DATES = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-_./ ]?(?P<month>[01]\d)[-_./ ]?(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<month>[01]?\d)[-_./](?P<day>[0-3]?\d)[-_./](?P<year>(?:20)?\d\d)(?!\d)"),
    re.compile(rf"(?P<name>{_MONTH})[a-z]*\.?[-_ ]*(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[,\-_ ]+(?P<year>20\d\d)", re.I),
)
_OLDEST = date(1990, 1, 1)


@dataclass(frozen=True)
class Bulletins:
    """What a page links to: the `newest` bulletin that is a file, and the `page` on which bulletins are listed."""

    newest: str | None = None
    page: str | None = None


def bulletins(document: Document) -> Bulletins:
    """Of a page's links to PDFs of bulletins the one with the latest date, else the first; and the page of bulletins.

    On a page of bulletins (by its address) every PDF counts.
    """
    listed = bool(_BULLETIN.search(document.url))
    files: list[tuple[date, int, str]] = []
    page = None
    for number, link in enumerate(links(document)):
        path = unquote(urlsplit(link.url).path)
        if not (_BULLETIN.search(link.label) or _BULLETIN.search(path) or listed):
            continue
        if not is_own(link.url, document.url) and not _HOSTS.search(urlsplit(link.url).hostname or ""):
            continue
        if path.lower().endswith(".pdf"):
            files.append((_date(f"{link.label} {path}"), -number, link.url))
        elif page is None and _BULLETIN.search(f"{link.label} {path}"):
            page = link.url
    return Bulletins(max(files)[2] if files else None, page)


def _date(text: str) -> date:
    """The date that a label or a file's name bears; long ago where it bears none."""
    for pattern in _DATES:
        if match := pattern.search(text):
            said = match.groupdict()
            name = said.get("name")
            month = _MONTHS.index(name.lower()) + 1 if name else int(said["month"] or 0)
            try:
                return date(int(said["year"] or 0) % 2000 + 2000, month, int(said["day"] or 0))
            except ValueError:
                continue
    return _OLDEST
