"""Tables of times: what the head of its column and the label of its row say of each cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vitality_lib.schedules.context import Context
from vitality_lib.schedules.headings import under
from vitality_lib.schedules.layout import Line
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.tokens import scan

_CLOCK = re.compile(r"\d\s?(?:[ap]\.?\s?m\b|[:.h]\d\d)|\bnoon\b|\bmidnight\b|mediod|24 hours|appointment", re.I)
_LONGEST_LABEL = 90
_SAYS = frozenset(
    {Kind.DAY, Kind.SERVICE, Kind.TOPIC, Kind.LANGUAGE, Kind.CHURCH, Kind.SEASON, Kind.VIGIL, Kind.ORDINAL}
)


def is_grid(lines: list[Line]) -> bool:
    """Whether a table holds data: two columns or more, and no cell that is a page of its own."""
    columns = {line.cell.column for line in lines if line.cell}
    per_cell: dict[tuple[int, int], int] = {}
    for line in lines:
        if line.cell:
            key = (line.cell.row, line.cell.column)
            per_cell[key] = per_cell.get(key, 0) + len(line.text)
    return len(columns) > 1 and max(per_cell.values(), default=0) < 600


def cells_under(context: Context, lines: list[Line]) -> Iterator[tuple[Context, Line]]:
    """Each line that states a time, with the context its column's head and its row's labels give it."""
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        if line.cell:
            for down in range(line.cell.rows):
                for right in range(line.cell.columns):
                    cells.setdefault((line.cell.row + down, line.cell.column + right), []).append(line)
    rows = sorted({row for row, _ in cells})
    heads: dict[int, list[Line]] = {}
    label: list[Line] = []
    for row in rows:
        columns = sorted(column for at, column in cells if at == row)
        timely = [column for column in columns if any(_CLOCK.search(line.text) for line in cells[row, column])]
        if not timely:
            context, heads, label = _head(context, heads, label, {column: cells[row, column] for column in columns})
            continue
        labels = {
            column: cells[row, column] for column in columns if column not in timely and _short(cells[row, column])
        }
        if labels and columns[0] in labels and _says_day_or_service(labels[columns[0]]):
            label = labels[columns[0]]
        for column in timely:
            here = context
            for line in [
                *heads.get(column, []),
                *([] if labels.get(columns[0]) else label if columns[0] != column else []),
            ]:
                here = _add(here, line)
            for other in labels.values():
                for line in other:
                    here = _add(here, line)
            yield from _cell(here, cells[row, column], row)


def _head(
    context: Context, heads: dict[int, list[Line]], label: list[Line], cells: dict[int, list[Line]]
) -> tuple[Context, dict[int, list[Line]], list[Line]]:
    """A row without times: one cell over all columns heads the rows below, several head their columns."""
    distinct = {id(line): line for lines in cells.values() for line in lines}
    if len(distinct) == 1:
        (line,) = distinct.values()
        return under(context, line), heads, []
    kept = {column: lines for column, lines in cells.items() if _short(lines)}
    return context, {**kept}, []


def _cell(context: Context, lines: list[Line], row: int) -> Iterator[tuple[Context, Line]]:
    """The lines of one cell; a line without a time heads those below it."""
    for line in lines:
        if line.cell and line.cell.row != row:
            continue
        if _CLOCK.search(line.text):
            yield context, line
        else:
            context = _add(context, line)


def _add(context: Context, line: Line) -> Context:
    """A label's own words over what is known; words it does not have leave the rest as it was."""
    below = under(replace(context, level=9), replace(line, heading=0))
    if not below.services and not below.topic:
        below = replace(below, services=context.services, topic=context.topic)
    return replace(
        below,
        days=below.days or context.days,
        dated=below.dated or context.dated,
        language=below.language or context.language,
        church=below.church or context.church,
        season=below.season or context.season,
    )


def _short(lines: list[Line]) -> bool:
    return sum(len(line.text) for line in lines) <= _LONGEST_LABEL


def _says_day_or_service(lines: list[Line]) -> bool:
    return any(token.kind in _SAYS for line in lines for token in scan(line.text))
