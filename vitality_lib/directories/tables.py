"""Plain HTML tables and the WordPress plugins that make them (TablePress 2, wpDataTables 3): a parish a row.

Or a parish a record: its name, then rows of a label and a value, in one table or a small one for each. A page may have
several tables: those under a heading that says schools or cemeteries are left out with that reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from vitality_lib.directories.crawling.paging import next_pages
from vitality_lib.directories.parish.fields import Field
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.columns import Columns, by_headings, by_looks, tell_parishes
from vitality_lib.directories.pieces.record_tables import is_of_records, turned
from vitality_lib.directories.pieces.table_grid import Row, rows_of
from vitality_lib.directories.pieces.table_rows import are_mostly_parishes, parishes, speaks_of_parishes
from vitality_lib.directories.pieces.titles import Titles, titles_above
from vitality_lib.directories.pieces.under_headings import another_kind, placed_by_titles
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, LeftOut, ParishEntry, Route

_MOST_TABLES, _MOST_RECORDS, _MOST_ROWS, _MOST_LABELS, _HEAD = 60, 1500, 1500, 20_000, 5


def recognise(document: Document) -> float:
    return 0.7 if document.kind is Kind.HTML and any(map(_is_of_parishes, _sheets(document))) else 0.0


def read(document: Document) -> DirectoryReading:
    sheets = [(sheet, rows) for sheet in _sheets(document) if (rows := _entries(sheet, document.url))]
    found: list[tuple[ParishEntry, Titles]] = []
    others: list[LeftOut] = []
    for (sheet, rows), above in zip(sheets, titles_above([sheet.table for sheet, _ in sheets]), strict=True):
        titles = (*above, *map(markup.text, sheet.table.findall("caption")))
        why = another_kind(titles)
        for row in rows:
            if why or isinstance(row, LeftOut):
                others.append(row if isinstance(row, LeftOut) else LeftOut(row.name, why or ""))
            else:
                found.append((row, titles))
    read = listing(placed_by_titles([entry for entry, _ in found], [titles for _, titles in found]))
    return DirectoryReading("tables", Route.STATIC, read.parishes, next_pages(document), (*read.left_out, *others))


@dataclass(frozen=True)
class _Sheet:
    """Rows and their columns, and the table (the first, of several small ones) that they stand in. `told`: by the
    columns' headings, that the rows are parishes; else the rows have to tell.
    """

    table: markup.Element
    rows: list[Row]
    columns: Columns
    told: bool


def _sheets(document: Document) -> Iterator[_Sheet]:
    """The tables of a page; those of records, which may be one for each parish, turned round and put together."""
    tables = [(table, rows_of(table, _MOST_ROWS)) for table in islice(document.tree.iter("table"), _MOST_RECORDS)]
    records = {table: rows_of(table, _MOST_LABELS) for table, rows in tables if is_of_records(table, rows)}
    kinds = map(another_kind, titles_above(list(records)))
    for _, some in groupby(zip(kinds, records, strict=True), key=lambda one: one[0]):
        alike = [table for _, table in some]
        rows, columns = turned((table, records[table]) for table in alike)
        yield _Sheet(alike[0], rows[:_MOST_ROWS], columns, told=False)
    around = {above for table in records for above in table.iterancestors("table")}  # they keep the page in shape
    for table, rows in tables[:_MOST_TABLES]:
        if table not in records and table not in around:
            columns = columns_of(rows)
            yield _Sheet(table, rows[:_MOST_ROWS], columns, tell_parishes(columns))


def _is_of_parishes(sheet: _Sheet) -> bool:
    return (sheet.told and not _only_says_name(sheet)) or bool(_entries(sheet, ""))


def _entries(sheet: _Sheet, base: str) -> list[ParishEntry | LeftOut]:
    """The parishes of a table; none when it is a table of something else."""
    entries = parishes(sheet.rows, sheet.columns, base) if Field.NAME in sheet.columns.values() else []
    if sheet.told:
        return entries if not _only_says_name(sheet) or are_mostly_parishes(entries) else []
    return entries if speaks_of_parishes(entries, len(sheet.rows)) else []


def _only_says_name(sheet: _Sheet) -> bool:
    """Whether the names stand under `Name`, as those of a staff do, and not under `Parish`."""
    head = next((row for row in sheet.rows[:_HEAD] if len(set(row.cells)) > 1), None)
    column = next(number for number, field in sheet.columns.items() if field is Field.NAME)
    return head is not None and re.fullmatch(r"\W*name\W*", markup.text(head.cells[column]), re.I) is not None


def columns_of(rows: list[Row]) -> Columns:
    """Which field each column holds: by the first row of several cells, else by what the cells look like."""
    head = next((row for row in rows[:_HEAD] if len(set(row.cells)) > 1), None)
    if head is None:
        return {}
    columns = by_headings([markup.text(cell) for cell in head.cells])
    titled = all(cell.tag == "th" for cell in head.cells)
    if not tell_parishes(columns) and not titled:
        looks = by_looks([row.cells for row in rows])
        return looks if tell_parishes(looks) else columns
    return columns
