"""Plain HTML tables and the WordPress plugins that make them (TablePress 2, wpDataTables 3): a parish a row.

Columns are told by their headings, in English or Spanish; in a table without headings by what its cells look like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vitality_lib.directories import markup
from vitality_lib.directories.address import ends_with_place, looks_like_street, tidy_zip
from vitality_lib.directories.card import read_card
from vitality_lib.directories.fields import Field, field_named
from vitality_lib.directories.listing import listing, merge
from vitality_lib.directories.names import sounds_like_parish
from vitality_lib.directories.paging import next_pages
from vitality_lib.directories.records import clean_parish, phone_in
from vitality_lib.directories.states import state_code
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Route

_MOST_TABLES, _MOST_ROWS, _SAMPLE = 60, 1500, 25
_PLACES = {Field.ADDRESS, Field.STREET, Field.CITY, Field.ZIP, Field.PLACE, Field.PHONE, Field.WEBSITE}
Columns = dict[int, Field]


def recognise(document: Document) -> float:
    return 0.7 if document.kind is Kind.HTML and any(_columns(_rows(one)) for one in _tables(document)) else 0.0


def read(document: Document) -> DirectoryReading:
    found: list[ParishEntry | None] = []
    for table in _tables(document):
        rows = _rows(table)
        columns = _columns(rows)
        if columns:
            found += [_entry(row, columns, document.url) for row in rows if row.find("td") is not None]
    read = listing(found)
    return DirectoryReading("tables", Route.STATIC, read.parishes, next_pages(document), read.left_out)


def _tables(document: Document) -> list[markup.Element]:
    return list(document.tree.iter("table"))[:_MOST_TABLES]


def _rows(table: markup.Element) -> list[markup.Element]:
    """The rows of a table that belong to it and not to a table inside it."""
    return markup.found(table, "./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")[:_MOST_ROWS]


def _cells(row: markup.Element) -> list[markup.Element]:
    return markup.found(row, "./td | ./th")


def _columns(rows: Sequence[markup.Element]) -> Columns:
    """Which field each column holds; empty when this is no table of parishes."""
    head = next((row for row in rows[:5] if len(_cells(row)) > 1), None)
    if head is None:
        return {}
    columns: Columns = {}
    for number, cell in enumerate(_cells(head)):
        field = field_named(markup.text(cell))
        if field and field is not Field.OTHER and field not in columns.values():
            columns[number] = field
    if not columns and head.find("th") is None:
        columns = _by_looks([_cells(row) for row in rows[:_SAMPLE]])
    return columns if Field.NAME in columns.values() and _PLACES & set(columns.values()) else {}


def _by_looks(rows: Sequence[Sequence[markup.Element]]) -> Columns:
    """Columns of a table without headings: a field's, when most of its cells look like it."""
    tests = (
        (Field.PHONE, lambda said: phone_in(said) is not None and len(said) < 40),
        (Field.ADDRESS, lambda said: ends_with_place(said) or looks_like_street(said)),
        (Field.ZIP, lambda said: tidy_zip(said) is not None and len(said) <= 10),
        (Field.STATE, lambda said: state_code(said) is not None),
        (Field.WEBSITE, lambda said: bool(re.match(r"https?:|www\.|web ?site$", said, re.I))),
        (Field.NAME, sounds_like_parish),
        (Field.CITY, lambda said: bool(re.fullmatch(r"[A-Z][A-Za-z.'’ -]{2,30}", said))),
    )
    columns: Columns = {}
    for number in range(max((len(row) for row in rows), default=0)):
        said = [markup.text(row[number]) for row in rows if number < len(row)]
        filled = [text for text in said if text]
        for field, looks in tests:
            if field not in columns.values() and filled and sum(map(looks, filled)) * 10 >= len(filled) * 6:
                columns[number] = field
                break
    return columns


def _entry(row: markup.Element, columns: Columns, base: str) -> ParishEntry | None:
    cells = _cells(row)
    by = {field: cells[number] for number, field in columns.items() if number < len(cells)}
    names = markup.lines(by[Field.NAME]) if Field.NAME in by else []
    if not names or len(cells) * 2 < len(columns):
        return None
    whole = read_card([row], base, names[0])
    said = {field: "\n".join(markup.lines(cell)) for field, cell in by.items()}
    parts = (Field.ADDRESS, Field.STREET) if said.get(Field.CITY) else (Field.ADDRESS, Field.STREET, Field.PLACE)
    address = "\n".join(said[field] for field in parts if said.get(field))
    site = next(iter(markup.anchors(by[Field.WEBSITE])), None) if Field.WEBSITE in by else None
    told = clean_parish(
        names[0],
        address=address or said.get(Field.MAILING),
        city=said.get(Field.CITY),
        state=said.get(Field.STATE) or said.get(Field.PLACE),
        zip=said.get(Field.ZIP),
        phone=said.get(Field.PHONE),
        email=said.get(Field.EMAIL),
        website=site.get("href") if site is not None else said.get(Field.WEBSITE),
        pastor=said.get(Field.PASTOR),
        base=base,
    )
    return merge(told, whole) if told and whole else told
