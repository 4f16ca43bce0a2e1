"""Rows, columns and spans of HTML tables (HTML standard, 4.9.12: forming a table).

Other elements that say by their role (WAI-ARIA 1.2) or by a style of their own that they are tables count as such, and
so do rows and columns of style sheets that hold what a table would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import html

from vitality_lib.schedules.grid_of_rows import MAY_BE_GRIDS, is_grid_of_rows
from vitality_lib.schedules.lines import Cell

_MOST_COLUMNS = 12
_PARTS = {
    "table": "table", "grid": "table", "row": "tr", "cell": "td", "gridcell": "td", "columnheader": "td",
    "rowheader": "td",
}  # fmt: skip
_MOST_TAKEN = 1_000  # places that a table's cells over several rows keep free; further cells count for one place
_STYLED = re.compile(r"display\s*:\s*table(?:-(row|cell))?\s*(?:;|$)", re.I)
_MOST_PLACES = 60  # of one cell; a greater one lays out a page, and holds no times


def _part(node: html.HtmlElement) -> str:
    """The part that an element takes by its name, its role or its style."""
    tag = str(node.tag)
    if tag == "th":
        return "td"
    role, style = node.get("role"), node.get("style")
    if role and tag not in ("table", "tr", "td"):
        return _PARTS.get(role.strip().lower(), tag)
    if style and tag in ("div", "span", "li", "ul", "section") and (styled := _STYLED.search(style)):
        return _PARTS[(styled[1] or "table").lower()]
    return tag


class Tables:
    """The tables that are open while a page is walked through, and the cell the walk stands in."""

    def __init__(self) -> None:
        self._seen = 0
        self._open: list[_Table] = []
        self._cells: list[Cell] = []
        self._grids: dict[html.HtmlElement, str] = {}

    def part(self, node: html.HtmlElement) -> str:
        """`table`, `tr` or `td` for what takes that part in a table, else the element's own name."""
        if node.tag in MAY_BE_GRIDS and node not in self._grids and is_grid_of_rows(node):
            self._grids[node] = "table"
            for row in node:
                self._grids |= {row: "tr"} | dict.fromkeys(row, "td")
        known = self._grids.get(node) if self._grids else None
        return known or _part(node)

    @property
    def cell(self) -> Cell | None:
        """The innermost open cell."""
        return self._cells[-1] if self._cells else None

    def enter(self, part: str, node: html.HtmlElement) -> None:
        """Take note of a `table`, `tr` or `td` (see `part`); other elements are none of its business."""
        if part == "table":
            self._seen += 1
            self._open.append(_Table(self._seen))
        elif part == "tr" and self._open:
            self._open[-1].begin_row()
        elif part == "td":
            table = self._open[-1] if self._open else _Table(0)
            columns = _span(node, "colspan", _MOST_COLUMNS)
            self._cells.append(table.place(_span(node, "rowspan", _MOST_PLACES // columns), columns))

    def leave(self, part: str) -> None:
        if part == "table" and self._open:
            self._open.pop()
        elif part == "td" and self._cells:
            self._cells.pop()


@dataclass
class _Table:
    number: int
    row: int = -1
    column: int = 0
    taken: set[tuple[int, int]] = field(default_factory=set)

    def begin_row(self) -> None:
        self.row += 1
        self.column = 0

    def place(self, rows: int, columns: int) -> Cell:
        """The next free place of the row for one cell; what it spans is kept free in the rows below."""
        if len(self.taken) > _MOST_TAKEN:
            rows = columns = 1
        self.row = max(self.row, 0)
        while (self.row, self.column) in self.taken:
            self.column += 1
        cell = Cell(self.number, self.row, self.column, rows, columns)
        if rows > 1:
            self.taken |= {(self.row + down, self.column + right) for down in range(rows) for right in range(columns)}
        self.column += columns
        return cell


def _span(node: html.HtmlElement, name: str, most: int) -> int:
    value = (node.get(name) or "").strip()
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 4 else 1
