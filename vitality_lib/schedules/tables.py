"""Tables of times: what the head of its column and the label of its row say of each cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain

from vitality_lib.schedules.context import Context
from vitality_lib.schedules.headings import under
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lines import Line
from vitality_lib.schedules.tokens import scan

_CLOCK = re.compile(
    r"\d\s?(?:[ap]\.?\s?m\b|[:.h]\d\d)|\bnoon\b|\bmidnight\b|mediod|24 hours"
    r"|appointment|by request|before |after |antes |cita\b",
    re.I,
)
_NOTHING = re.compile(r"\W*|\W*(?:no|none|no hay|n/?a)\b.{0,40}", re.I)
_LONGEST_LABEL = 90  # characters
_LONGEST_CELL = 600  # characters; a cell beyond it is a part of the page, and the table its layout
_SAYS = frozenset(
    {Kind.DAY, Kind.SERVICE, Kind.TOPIC, Kind.LANGUAGE, Kind.CHURCH, Kind.SEASON, Kind.VIGIL, Kind.ORDINAL}
)

_Row = dict[int, list[Line]]  # lines by column


def is_grid(lines: list[Line]) -> bool:
    """Whether a table holds data: two columns or more, and no cell that is a page of its own."""
    sizes: dict[tuple[int, int], int] = {}
    for line in lines:
        if line.cell:
            place = (line.cell.row, line.cell.column)
            sizes[place] = sizes.get(place, 0) + len(line.text)
    return len({column for _, column in sizes}) > 1 and max(sizes.values()) < _LONGEST_CELL


@dataclass(frozen=True)
class TimedLine:
    """A line that states a time, with the context its column's head and its row's labels give it."""

    context: Context
    line: Line


def timed_lines(context: Context, lines: list[Line]) -> Iterator[TimedLine]:
    """The lines of a table that state times; `context` is what is known above it."""
    timely_at = {line.start for line in lines if _CLOCK.search(line.text)}
    heads: _Row = {}
    label: list[Line] = []  # of a row above: it counts for rows that begin with a time
    for number, row in sorted(_rows(lines).items()):
        timely = {column: cell for column, cell in row.items() if any(line.start in timely_at for line in cell)}
        if not timely:
            if not (heads and _is_idle(row)):
                context, heads = _heads(context, heads, row)
                label = []
            continue
        labels = {column: cell for column, cell in row.items() if column not in timely and _is_short(cell)}
        first = min(row)
        if first in labels and _says_something(labels[first]):
            label = labels[first]
        beside = list(chain.from_iterable(labels[at] for at in sorted(labels)))
        read: dict[int, list[Context]] = {}  # a cell over several columns is read once, or once under each head
        for column, cell in sorted(timely.items()):
            above = label if first not in labels and column != first else []
            inherited = reduce(_add, [*heads.get(column, []), *above, *beside], context)
            for timed in _cell(inherited, cell, number):
                known = read.setdefault(timed.line.start, [])
                if timed.context not in known:
                    known.append(timed.context)
                    yield timed


def _rows(lines: list[Line]) -> dict[int, _Row]:
    """The lines by row and column; a cell that spans several stands in each of them."""
    rows: dict[int, _Row] = {}
    for line in lines:
        if line.cell:
            for row in range(line.cell.row, line.cell.row + line.cell.rows):
                for column in range(line.cell.column, line.cell.column + line.cell.columns):
                    rows.setdefault(row, {}).setdefault(column, []).append(line)
    return rows


def _heads(context: Context, heads: _Row, row: _Row) -> tuple[Context, _Row]:
    """A row without times: one cell over all columns heads the rows below, several head their columns."""
    distinct = {id(line): line for line in chain.from_iterable(row.values())}
    if len(distinct) == 1:
        (line,) = distinct.values()
        return under(context, line), heads
    return context, {column: cell for column, cell in row.items() if _is_short(cell)}


def _is_idle(row: _Row) -> bool:
    """A day on which nothing takes place: `Monday | - | No Mass`."""
    first, *others = (" ".join(line.text for line in row[column]) for column in sorted(row))
    return any(token.kind is Kind.DAY for token in scan(first)) and all(_NOTHING.fullmatch(cell) for cell in others)


def _cell(context: Context, cell: list[Line], row: int) -> Iterator[TimedLine]:
    """The lines of one cell; a line without a time heads those below it. A cell over several rows is read once."""
    for line in cell:
        if line.cell and line.cell.row != row:
            continue
        if _CLOCK.search(line.text):
            yield TimedLine(context, line)
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


def _is_short(cell: list[Line]) -> bool:
    return sum(len(line.text) for line in cell) <= _LONGEST_LABEL


def _says_something(cell: list[Line]) -> bool:
    return any(token.kind in _SAYS for line in cell for token in scan(line.text))
