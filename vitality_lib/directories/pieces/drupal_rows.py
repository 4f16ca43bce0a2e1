"""The rows of Drupal's views, and the parish in each: fields by their classes, addresses of the Address module."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from vitality_lib.directories.data.tags import why_no_parish
from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.listing import merge
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.document import Document
from vitality_lib.hyperlinks import website
from vitality_lib.models import ParishEntry

_FIELD = re.compile(r"(?:views-field-|field--name-|field-name-|(?=parish-))(?:field-)*(?P<name>.+?)(?:-\d+)?")
_LABEL = ("views-label", "field__label", "field-label")
_LINES = ("address-line1", "address-line2", "address-line3", "thoroughfare", "premise")
_PARTS = {"city": "locality", "state": "administrative-area", "zip": "postal-code"}
_KIND = re.compile(r"(?:\w+ )*(?:type|category|kind)")
_DEANERY = re.compile(r"deanery|vicariate|decanato|vicar[íi]a", re.I)
_MOST_ROWS, _MOST_BEFORE, _MOST_NODES = 1500, 400, 300
Row = tuple[markup.Element, str]


def rows_of_views(document: Document) -> list[list[Row]]:
    """The rows of each view with the heading of the group that each stands in."""
    tree = markup.body(document.tree)
    rows = dict.fromkeys(markup.by_class(tree, "views-row", "geolocation-location")[:_MOST_ROWS])
    inside = {row for row in rows for row in row.iter()}
    fields = markup.by_class(tree, "views-field")[: _MOST_ROWS * 20]
    rows |= dict.fromkeys(above for one in fields if one not in inside and (above := one.getparent()) is not None)
    outer = {above for row in rows for above in row.iterancestors()}
    views: dict[markup.Element, list[Row]] = defaultdict(list)
    for row in islice((row for row in rows if row not in outer and row.find("th") is None), _MOST_ROWS):
        views[_view_of(row)].append((row, _heading(row)))
    return list(views.values())


def _view_of(row: markup.Element) -> markup.Element:
    above = (one for one in row.iterancestors() if {"view-content", "view"} & set(markup.classes(one)))
    found = next(above, None)
    return row.getparent() if found is None else found


def _heading(row: markup.Element) -> str:
    """The heading before a row, or before what it stands in, or its table's caption: how a view groups its rows."""
    for node in [row, *islice(row.iterancestors("ul", "tbody", "table", "div"), 3)]:
        if {"view-content", "view"} & set(markup.classes(node)):
            break
        before = next((one for one in islice(node.itersiblings(preceding=True), _MOST_BEFORE) if _is_title(one)), None)
        if before is not None:
            return markup.text(before)
    return ""


def _is_title(node: markup.Element) -> bool:
    return node.tag == "caption" or (markup.heading_level(node) or 0) > 1


def _named(row: markup.Element) -> Iterator[tuple[str, markup.Element]]:
    """The parts of a row whose class names a field, with the name as words."""
    for node in islice(row.iter("*"), _MOST_NODES):
        for match in filter(None, map(_FIELD.fullmatch, markup.classes(node))):
            yield re.sub(r"[-_]+", " ", match["name"]), node


def _text(node: markup.Element) -> str:
    """What a field says, its label aside."""
    labels = " ".join(markup.text(label) for label in markup.by_class(node, *_LABEL))
    return "\n".join(markup.lines(node)).removeprefix(labels).lstrip(" :\n")


def other_kind(row: markup.Element, heading: str, name: str) -> str | None:
    """What a row is if no parish, by its field for types or the heading of its group."""
    said = [_text(node) for field, node in _named(row) if _KIND.fullmatch(field)] or [heading]
    return why_no_parish(name, [text for text in said if text], tagged=True)


def entry_of_row(row: markup.Element, heading: str, base: str) -> ParishEntry | None:
    """The parish of a row: by the names of its fields, and what they leave open as in any card."""
    said: dict[Field, str] = {}
    link: str | None = None
    for name, node in _named(row):
        field = field_named(name)
        text = _text(node) if field else ""
        if field and text and len(text) < 300:
            said.setdefault(field, text)
        if field is Field.WEBSITE and link is None:
            link = next((href for one in markup.anchors(node) if website(href := str(one.get("href")), base)), None)
    lines = "\n".join(filter(None, (markup.text(markup.first_by_class(row, one)) for one in _LINES)))
    parts = {part: markup.text(markup.first_by_class(row, name)) for part, name in _PARTS.items()}
    name = said.get(Field.NAME, "").partition("\n")[0]
    whole = read_card([row], base, name)
    told = clean_parish(
        name or (whole.name if whole else None),
        address=None if lines or parts["city"] else said.get(Field.ADDRESS),
        street=lines or said.get(Field.STREET),
        city=parts["city"] or said.get(Field.CITY),
        state=parts["state"] or said.get(Field.STATE),
        zip=parts["zip"] or said.get(Field.ZIP),
        phone=said.get(Field.PHONE),
        email=said.get(Field.EMAIL),
        website=link or said.get(Field.WEBSITE),
        pastor=said.get(Field.PASTOR),
        deanery=said.get(Field.DEANERY) or (heading if _DEANERY.search(heading) else None),
        rite=said.get(Field.RITE),
        languages=said.get(Field.LANGUAGES),
        status=said.get(Field.STATUS),
        base=base,
    )
    return merge(told, whole) if told and whole else told
