"""The list of all dioceses that the United States Conference of Catholic Bishops publishes (a Drupal view, one page).

Rows are `div.views-row` with an `article.node--type-da`; fields carry Drupal's classes (`field--name-field-da-...`).
Which of them a row has differs: city, state and ZIP have fields of their own, stand in a line, or are not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vitality_lib.directories.parish.address import Place
from vitality_lib.directories.parish.address_cells import join_place
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import website
from vitality_lib.models import Diocese

_KINDS = r"(?:arch)?(?:diocese|eparchy|exarchate)|ar?cheparchy|ordinariate|(?:apostolic|personal) \w+"
_IS_DIOCESE = re.compile(rf"\b(?:{_KINDS})\b", re.I)
_PART = "field--name-field-da-"


class NotTheDioceseList(ValueError):  # noqa: N818 - named after what is wrong
    """The page is not the list of dioceses. The message says what was looked for, and what to do."""


@dataclass(frozen=True)
class SkippedRow:
    """A row that gives no diocese, and why."""

    text: str
    why: str


@dataclass(frozen=True)
class DioceseReading:
    """The dioceses in the order of the page, and the rows that were no diocese."""

    dioceses: tuple[Diocese, ...]
    skipped: tuple[SkippedRow, ...] = ()


def read_dioceses(document: Document) -> DioceseReading:
    """Read the list. Raises NotTheDioceseList when the page holds not one diocese: an empty list is never a success."""
    rows = _rows(document) if document.kind is Kind.HTML else []
    read = [_diocese(row, document.url) for row in rows]
    dioceses: dict[str, Diocese] = {}
    for one in read:
        if isinstance(one, Diocese):
            dioceses.setdefault(one.name.casefold(), one)
    listed = tuple(dioceses.values())
    if not listed:
        raise NotTheDioceseList(_message(document, len(rows)))
    twice = len([one for one in read if isinstance(one, Diocese)]) - len(listed)
    skipped = tuple(one for one in read if isinstance(one, SkippedRow))
    return DioceseReading(listed, skipped + (SkippedRow("", f"{twice} rows repeat a name"),) * bool(twice))


def _rows(document: Document) -> list[markup.Element]:
    """The rows of the view: whole `views-row`s, else the articles, else whatever holds a title of a diocese."""
    tree = document.tree
    for names in (("views-row",), ("node--type-da",), ("da-wrap",)):
        rows = [row for row in markup.by_class(tree, *names) if _title(row) is not None]
        if rows:
            return rows
    return [row for row in (title.getparent() for title in markup.by_class(tree, "da-title")) if row is not None]


def _title(row: markup.Element) -> markup.Element | None:
    return markup.first_by_class(row, "da-title", "field--name-title")


def _diocese(row: markup.Element, base: str) -> Diocese | SkippedRow:
    name = markup.text(_title(row))
    if not name:
        return SkippedRow(markup.text(row)[:120], "no name")
    place = _place(row)
    if not _IS_DIOCESE.search(name) and not (place.street or place.city):
        return SkippedRow(name, "neither the name of a diocese nor an address")
    return Diocese(name, place.street, place.city, place.state, place.zip, _website(row, base))


def _place(row: markup.Element) -> Place:
    parts = {
        part: _field(row, part)
        for part in ("address-1", "address-2", "city", "state-abbreviation", "state", "zip-code", "zip")
    }
    state, zip_ = parts["state-abbreviation"] or parts["state"], parts["zip-code"] or parts["zip"]
    street = [part for part in (parts["address-1"], parts["address-2"]) if part]
    if not any(parts.values()):
        return join_place(address="\n".join(_plain_address(row)))
    if parts["city"] or len(street) == 0:
        return join_place(", ".join(street), city=parts["city"], state=state, zip=zip_)
    loose = _plain_address(row)
    place = join_place("\n".join(street), state=state, zip=zip_)
    more = join_place("\n".join(line for line in loose if line not in street))
    return place if place.city or not more.state else replace(more, street=place.street)


def _plain_address(row: markup.Element) -> list[str]:
    """The lines of the address block as they stand, without the website that is nested in it on some rows."""
    block = markup.first_by_class(row, "da-address", "address")
    site = markup.text(markup.first_by_class(row, "site"))
    lines = [] if block is None else markup.lines(block)
    return [
        line
        for line in lines
        if line != site and not re.match(r"(?:https?://|www\.|(?:tel|phone|fax)\b)|[\d\s().-]{10,}$", line, re.I)
    ]


def _field(row: markup.Element, part: str) -> str | None:
    return markup.text(markup.first_by_class(row, _PART + part)) or None


def _website(row: markup.Element, base: str) -> str | None:
    """The site in the field for it, else any link of the row that is not a bishop's (`.staff`)."""
    holders = markup.by_class(row, _PART + "site", "site") or [row]
    bishops = {link for staff in markup.by_class(row, "staff") for link in markup.anchors(staff)}
    anchors = [link for holder in holders for link in markup.anchors(holder) if link not in bishops]
    links = [str(link.get("href")) for link in anchors]
    texts = [markup.text(holder) for holder in holders if holder is not row]
    return next((found for found in (website(link, base) for link in [*links, *texts]) if found), None)


def _message(document: Document, rows: int) -> str:
    seen = (
        f"{rows} rows, none with a diocese's name"
        if rows
        else f"no such row in {len(document.page.body)} bytes of {document.kind}"
    )
    return (
        "this is not the USCCB's list of dioceses: looked for rows `.views-row` or `.node--type-da` with a title "
        f"`.da-title`, and found {seen}. Open the page in a browser; if the list is there, its markup has changed and "
        "vitality_lib/discovery/usccb.py must learn it; if the list has moved, set VITALITY_USCCB_URL"
    )
