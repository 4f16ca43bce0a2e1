"""Rows of a table as parishes: merged cells spread out, rows that name a town or a deanery for those after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vitality_lib.directories import markup
from vitality_lib.directories.card import is_parish, read_card
from vitality_lib.directories.columns import Cells, Columns, by_headings, by_looks, tell_parishes
from vitality_lib.directories.fields import Field
from vitality_lib.directories.listing import merge
from vitality_lib.directories.names import sounds_like_parish
from vitality_lib.directories.records import clean_parish
from vitality_lib.models import ParishEntry

_MOST_SPAN = 50
_DEANERY = re.compile(r"\b(?:deanery|vicariate|vicariato|decanato|vicar[íi]a)\b", re.I)
_TOWN = re.compile(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,3}(?:, [A-Z]{2})?")
_NO_TOWN = re.compile(
    r"\b(?:parish(?:es)?|church(?:es)?|missions?|schools?|county|region|district|area|diocese|directory|parroquias|"
    r"back|top|total)\b|\d",
    re.I,
)
_LINK_LABEL = re.compile(r"(?:visit |view |go to )?(?:parish |church )?(?:web ?site|site|link|here|web)\W*", re.I)


@dataclass(frozen=True)
class Row:
    """One row: the element, and its cells by column (a merged cell stands in each of its columns)."""

    node: markup.Element
    cells: Cells


def rows_of(table: markup.Element, most: int) -> list[Row]:
    """The rows of a table that belong to it and not to a table inside it, merged cells spread over rows and columns."""
    below: dict[int, tuple[markup.Element, int]] = {}  # column: the cell that reaches down, and how many rows more
    rows = []
    for node in markup.found(table, "./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")[:most]:
        cells: list[markup.Element] = []
        for cell in [*markup.found(node, "./td | ./th"), None]:
            while len(cells) in below:
                above, left = below.pop(len(cells))
                if left > 1:
                    below[len(cells)] = (above, left - 1)
                cells.append(above)
            if cell is not None:
                wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
                if deep > 1:
                    below |= dict.fromkeys(range(len(cells), len(cells) + wide), (cell, deep - 1))
                cells += [cell] * wide
        below = {column: value for column, value in below.items() if column < len(cells)}
        rows.append(Row(node, cells))
    return rows


def row_of(cells: Sequence[str]) -> Row:
    """A row of a feed: each cell a piece of HTML."""
    node = markup.fragment("")
    parts = [markup.fragment(cell) for cell in cells]
    node.extend(parts)
    return Row(node, parts)


def parishes(rows: Sequence[Row], columns: Columns, base: str) -> Iterator[ParishEntry]:
    """The parishes of a table's rows. A row of one cell names the town or the deanery of the rows after it."""
    town = deanery = None
    head = next((_texts(row) for row in rows[:5] if len(set(row.cells)) > 1), [])
    for number, row in enumerate(rows):
        label = _label(row)
        if label and _DEANERY.search(label):
            town, deanery = None, label
        elif label and _TOWN.fullmatch(label) and not _NO_TOWN.search(label):
            town = label.split(", ")[0]
        elif not label and not (number and _texts(row) == head) and (entry := _entry(row, columns, base)):
            yield replace(entry, city=entry.city or town, deanery=entry.deanery or deanery)


def entries_of(keys: Sequence[str], cells: Sequence[Sequence[str]], base: str) -> list[ParishEntry]:
    """The parishes of a feed of table rows: columns told by their keys, else by what the cells look like."""
    lines = [row_of(row) for row in cells]
    columns = by_headings(keys)
    if not tell_parishes(columns):
        columns = by_looks([line.cells for line in lines])
    return list(parishes(lines, columns, base)) if tell_parishes(columns) else []


def speaks_of_parishes(entries: Sequence[ParishEntry], rows: int) -> bool:
    """Whether the rows of a table whose headings say little are parishes with an address, a telephone, a website."""
    good = [entry for entry in entries if is_parish(entry, False) and sounds_like_parish(entry.name)]
    return len(good) >= 3 and len(good) * 2 >= rows - 1


def _span(cell: markup.Element, name: str) -> int:
    said = str(cell.get(name) or "1").strip()
    return max(1, min(int(said), _MOST_SPAN)) if said.isascii() and said.isdigit() and len(said) < 4 else 1


def _texts(row: Row) -> list[str]:
    return [markup.text(cell) for cell in row.cells]


def _label(row: Row) -> str:
    """What a row of one (merged) cell says, or of one bold cell among empty ones; empty for other rows."""
    filled = [cell for cell in dict.fromkeys(row.cells) if markup.text(cell)]
    if len(filled) != 1 or filled[0] not in list(row.node) or len(markup.lines(filled[0])) != 1:
        return ""
    merged = len(set(row.cells)) == 1
    bold = filled[0].tag == "th" or markup.text(next(filled[0].iter("b", "strong"), None)) == markup.text(filled[0])
    return markup.text(filled[0]).strip(" :-–—") if merged or bold else ""


def _entry(row: Row, columns: Columns, base: str) -> ParishEntry | None:
    cells = row.cells
    by = {field: cells[number] for number, field in columns.items() if number < len(cells)}
    names = markup.lines(by[Field.NAME]) if Field.NAME in by else []
    if not names or len(cells) * 2 < len(columns) or (row.node.find("td") is None and row.node.find("th") is not None):
        return None
    whole = read_card([row.node], base, names[0])
    told = _told(names[0], {field: "\n".join(markup.lines(cell)) for field, cell in by.items()}, by, base)
    return merge(told, whole) if told and whole else told


def _told(name: str, said: dict[Field, str], by: dict[Field, markup.Element], base: str) -> ParishEntry | None:
    """The record that the cells of known columns make."""
    parts = (Field.ADDRESS, Field.STREET) if said.get(Field.CITY) else (Field.ADDRESS, Field.STREET, Field.PLACE)
    address = "\n".join(said[field] for field in parts if said.get(field))
    return clean_parish(
        name,
        address=address or said.get(Field.MAILING),
        city=said.get(Field.CITY),
        state=said.get(Field.STATE) or said.get(Field.PLACE),
        zip=said.get(Field.ZIP),
        phone=said.get(Field.PHONE),
        email=said.get(Field.EMAIL),
        website=_link(by.get(Field.WEBSITE), base) or _shown(said.get(Field.WEBSITE)),
        pastor=said.get(Field.PASTOR),
        latitude=said.get(Field.LATITUDE),
        longitude=said.get(Field.LONGITUDE),
        deanery=said.get(Field.DEANERY),
        rite=said.get(Field.RITE),
        languages=said.get(Field.LANGUAGES),
        churches=said.get(Field.CHURCHES),
        status=said.get(Field.STATUS),
        base=base,
    )


def _link(cell: markup.Element | None, base: str) -> str | None:
    """The first web link of a cell; one without a scheme (`//host`) has the page's, and https on a page without one."""
    links = [str(link.get("href")).strip() for link in markup.anchors(cell)] if cell is not None else []
    link = next((link for link in links if not link.lower().startswith(("mailto:", "tel:", "javascript:"))), None)
    return f"https:{link}" if link and link.startswith("//") and not base else link


def _shown(said: str | None) -> str | None:
    """A web address that stands in a cell as text; a mere label (`Website`) is none."""
    return None if not said or _LINK_LABEL.fullmatch(said) else said
