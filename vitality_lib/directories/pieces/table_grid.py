"""A table as rows of cells: merged cells spread over the rows and columns they cover, cells of a feed as such rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.columns import Cells

_MOST_SPAN = 50


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


def _span(cell: markup.Element, name: str) -> int:
    said = str(cell.get(name) or "1").strip()
    return max(1, min(int(said), _MOST_SPAN)) if said.isascii() and said.isdigit() and len(said) < 4 else 1


def texts(row: Row) -> list[str]:
    return [markup.text(cell) for cell in row.cells]


def label_of(row: Row) -> str:
    """What a row of one (merged) cell says, or of one bold cell among empty ones; empty for other rows."""
    filled = [cell for cell in dict.fromkeys(row.cells) if markup.text(cell)]
    if len(filled) != 1 or filled[0] not in list(row.node) or len(markup.lines(filled[0])) != 1:
        return ""
    merged = len(set(row.cells)) == 1
    bold = filled[0].tag == "th" or markup.text(next(filled[0].iter("b", "strong"), None)) == markup.text(filled[0])
    return markup.text(filled[0]).strip(" :-–—") if merged or bold else ""
