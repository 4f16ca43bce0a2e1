"""Tables of times: what the head of its column and the label of its row say of each cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from vitality_lib.schedules.context import Context
from vitality_lib.schedules.headings import under
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lines import Line
from vitality_lib.schedules.table_labels import is_idle, is_short, is_time_only, labelled, opened, says, takes_place
from vitality_lib.schedules.table_rows import Row, rows_of

_CLOCK = re.compile(
    r"\d\s?(?:[ap]\.?\s?m\b|[ap]\b|[:.h]\d\d)|\bnoon\b|\bmidnight\b|mediod|24 hours|appointment|by request|before "
    r"|after |antes |cita\b",
    re.I,
)


@dataclass(frozen=True)
class TimedLine:
    """A line that states a time, with the context its column's head and its row's labels give it."""

    context: Context
    line: Line


def timed_lines(context: Context, lines: list[Line]) -> Iterator[TimedLine]:
    """The lines of a table that state times; `context` is what is known above it."""
    table = _Table(context, frozenset(line.start for line in lines if _CLOCK.search(line.text)))
    for number, row in sorted(rows_of(lines).items()):
        yield from table.read(number, row)


@dataclass
class _Table:
    """A table while its rows are read: `heads` are those of the columns, `above` the labels of the row above.

    `timely` are the starts of lines that state a time.
    """

    context: Context
    timely: frozenset[int]
    heads: Row = field(default_factory=dict)
    above: Row = field(default_factory=dict)

    def read(self, number: int, row: Row) -> Iterator[TimedLine]:
        timely = {column: cell for column, cell in row.items() if any(line.start in self.timely for line in cell)}
        if self._is_row_of_clocks(row, timely):
            self.heads, self.above = row, {}
        elif crossings := list(self._crossings(row, timely)):
            yield from crossings
        elif timely:
            yield from self._timed(number, row, timely)
        elif self.heads and is_idle(row):
            self.above = {min(row): row[min(row)]}
        else:
            self._head(row)

    # --- cells with times

    def _timed(self, number: int, row: Row, timely: Row) -> Iterator[TimedLine]:
        labels = {column: cell for column, cell in row.items() if column not in timely and is_short(cell)}
        labels = self._continued(row, labels)
        beside = [labels[at] for at in sorted(labels)]
        read: dict[int, list[Context]] = {}  # a cell over several columns is read once, or once under each head
        for column, cell in sorted(timely.items()):
            known = labelled(self.context, [*self._corner(column, timely), self.heads.get(column, []), *beside])
            for timed in self._cell(known, cell, number):
                before = read.setdefault(timed.line.start, [])
                if timed.context not in before:
                    before.append(timed.context)
                    yield timed

    def _cell(self, context: Context, cell: list[Line], row: int) -> Iterator[TimedLine]:
        """The lines of one cell; a line without a time heads those below it. One over several rows is read once."""
        for line in cell:
            if line.cell and line.cell.row != row:
                continue
            if line.start in self.timely:
                yield TimedLine(context, line)
            else:
                context = labelled(context, [[line]])

    def _continued(self, row: Row, labels: Row) -> Row:
        """A row's labels; one that begins with empty cells goes on under the labels of the row above."""
        first = min(row)
        missing = {column: cell for column, cell in self.above.items() if column < first}
        leading = {column: cell for column, cell in {**missing, **labels}.items() if column < min({*row} - {*labels})}
        self.above = leading or self.above
        return {**missing, **labels}

    def _corner(self, column: int, timely: Row) -> list[list[Line]]:
        """What stands above the labels of the rows counts for each cell beside them: `SUNDAY | St. X | St. Y`."""
        return [] if column == 0 or 0 in timely else [self.heads.get(0, [])]

    # --- cells that say what takes place, with times beside or above them

    def _is_row_of_clocks(self, row: Row, timely: Row) -> bool:
        """`| 8:00 am | 10:00 am`: times alone, on no day that is known, head the columns below them."""
        bare = len(timely) > 1 and 0 not in timely and all(is_time_only(cell) for cell in timely.values())
        days_known = self.context.when or self._names_day(
            chain(*row.values(), *self.heads.values(), *self.above.values())
        )
        return bare and not days_known

    def _crossings(self, row: Row, timely: Row) -> Iterator[TimedLine]:
        """Each cell that says what takes place at the time beside it, or above it."""
        side = timely.get(0, []) if len(timely) == 1 and is_time_only(timely.get(0, [])) else []
        for column, cell in sorted(row.items()):
            head = self.heads.get(column, [])
            clock = side if side and self._names_day(head) else [line for line in head if line.start in self.timely]
            if column and column not in timely and clock and takes_place(cell):
                label = [] if side else row.get(0, [])
                yield TimedLine(labelled(self.context, [head, label, opened(cell)]), clock[0])

    def _names_day(self, lines: Iterable[Line]) -> bool:
        return any(says([line], Kind.DAY) for line in lines)

    # --- rows without times

    def _head(self, row: Row) -> None:
        """One cell over all columns heads the rows below, several head their columns."""
        self.above = {}
        distinct = {id(line): line for line in chain.from_iterable(row.values())}
        if len(distinct) == 1:
            (line,) = distinct.values()
            self.context = under(self.context, line)
        else:
            self.heads = {column: cell for column, cell in row.items() if is_short(cell)}
