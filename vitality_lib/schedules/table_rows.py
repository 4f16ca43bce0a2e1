"""The lines of a table by row and column, and whether it holds data at all."""

from __future__ import annotations

from vitality_lib.schedules.lines import Line

_LONGEST_CELL = 600  # characters; a cell beyond it is a part of the page, and the table its layout

Row = dict[int, list[Line]]  # lines by column


def is_grid(lines: list[Line]) -> bool:
    """Whether a table holds data: two columns or more, and no cell that is a page of its own."""
    sizes: dict[tuple[int, int], int] = {}
    for line in lines:
        if line.cell:
            place = (line.cell.row, line.cell.column)
            sizes[place] = sizes.get(place, 0) + len(line.text)
    return len({column for _, column in sizes}) > 1 and max(sizes.values()) < _LONGEST_CELL


def rows_of(lines: list[Line]) -> dict[int, Row]:
    """The lines by row and column; a cell that spans several stands in each of them."""
    rows: dict[int, Row] = {}
    for line in lines:
        if line.cell:
            for row in range(line.cell.row, line.cell.row + line.cell.rows):
                for column in range(line.cell.column, line.cell.column + line.cell.columns):
                    rows.setdefault(row, {}).setdefault(column, []).append(line)
    return rows
