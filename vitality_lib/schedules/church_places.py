"""Names of churches that only their place tells: beside others, at the head of a column or of a part of a page.

`Dearest Heart of Mary` says of itself no more than `Makers of Lamps`; between `St. Fictus Church` and `Holy Lamp
Chapel`, with a schedule of its own, it is the third church.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from vitality_lib.schedules.kept import kept
from vitality_lib.schedules.lexicon.churches import churches_in
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lines import BOLD_HEADING, Cell, Line
from vitality_lib.schedules.tokens import scan

_LONGEST = 60  # characters of a name
_LIKE_A_NAME = re.compile(r"(?:(?:[A-Z\u00c0-\u00de(][\w.'\u2019)&-]*|of|the|and|de|del|la|las|los|y|&|-)[ ,]*){2,8}")
_NO_NAME = re.compile(
    r"\b(?:time|hour|hora|day|d[ií]a|date|notes?|comments?|place|lugar|location|language|idioma|celebrant|priest"
    r"|schedule|type|week\w*|our|contact|address|phone|info\w*|church|parish|iglesia|parroquia)s?\b",
    re.I,
)
_CLOCK = re.compile(r"\d\s?(?:[ap]\.?\s?m\b|[ap]\b|[:.h]\d\d)|\bnoon\b", re.I)
_SERVICE = re.compile(r"\b(?:mass(?:es)?|misas?|confession\w*|reconciliation|liturg\w+|eucharist|adoration)\b", re.I)
_MARKS = frozenset({Kind.COMMA, Kind.DASH, Kind.JOIN, Kind.OPEN, Kind.CLOSE, Kind.NOISE, Kind.BREAK})


def with_church_places(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those marked as a `church` that are one by their place."""
    found = {line.start for line in _heads_of_parts(lines)} | {line.start for line in _heads_in_tables(lines)}
    return tuple(replace(line, church=True) if line.start in found else line for line in lines) if found else (*lines,)


# --- headings of one level


@dataclass(frozen=True)
class _Part:
    heading: Line
    lines: Sequence[Line]  # below it

    @property
    def states_times(self) -> bool:
        return bool(_CLOCK.search(self._below))

    @property
    def names_service(self) -> bool:
        return bool(_SERVICE.search(self._below))

    @cached_property
    def _below(self) -> str:
        return "\n".join(line.text for line in self.lines)


def _heads_of_parts(lines: Sequence[Line]) -> Iterator[Line]:
    """Headings beside those of two churches, whose parts name services just as theirs do."""
    for parts in _runs(lines):
        named = [part for part in parts if _names_church(part.heading.text)]
        if len(named) < 2:
            continue
        with_services = any(part.names_service for part in named)
        for at, part in enumerate(parts):
            beside = [*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]]
            alike = part.states_times and part.names_service == with_services
            if alike and any(other in named for other in beside) and _may_be_name(part.heading.text):
                yield part.heading


def _runs(lines: Sequence[Line]) -> Iterator[list[_Part]]:
    """Parts under headings of one level, as far as no heading of a higher level stands between them."""
    headings = [at for at, line in enumerate(lines) if 0 < line.heading < BOLD_HEADING]
    for level in sorted({lines[at].heading for at in headings}):
        run: list[_Part] = []
        upper = [at for at in headings if lines[at].heading <= level]
        for at, following in zip(upper, [*upper[1:], len(lines)], strict=True):
            if lines[at].heading < level:
                yield run
                run = []
                continue
            run.append(_Part(lines[at], lines[at + 1 : following]))
        yield run


# --- rows and columns


def _heads_in_tables(lines: Sequence[Line]) -> Iterator[Line]:
    """Cells of a row or of a column of names, one of which names a church and none anything else."""
    for _, table in groupby((line for line in lines if line.cell), key=lambda line: line.cell and line.cell.table):
        labels, rows = _first_lines(table)
        yield from _beside_churches([line for line in labels if not _NO_NAME.search(line.text)])
        for row in rows:
            yield from _beside_churches(row)


def _first_lines(table: Iterable[Line]) -> tuple[list[Line], list[list[Line]]]:
    """The first line of each cell: those of the first column, and row by row those of the others."""
    labels: list[Line] = []
    rows: dict[int, list[Line]] = {}
    seen: Cell | None = None
    for line in table:
        if line.cell and line.cell != seen:
            seen = line.cell
            (rows.setdefault(seen.row, []) if seen.column else labels).append(line)
    return labels, list(rows.values())


def _beside_churches(cells: list[Line]) -> list[Line]:
    if len(cells) < 2 or any(len(line.text) > _LONGEST for line in cells):
        return []
    others = [line for line in cells if not _names_church(line.text)]
    return others if 0 < len(others) < len(cells) and all(_may_be_name(line.text) for line in others) else []


# --- names


@kept
def _names_church(text: str) -> bool:
    """Whether a text begins with the name of a church."""
    return len(text) <= _LONGEST and any(start == 0 for start, _ in churches_in(text))


@kept
def _may_be_name(text: str) -> bool:
    """Whether a text looks like a name, and says nothing else that counts in a schedule."""
    like = len(text) <= _LONGEST and _LIKE_A_NAME.fullmatch(text) and not _NO_NAME.search(text)
    return bool(like) and all(token.kind in _MARKS for token in scan(text))
