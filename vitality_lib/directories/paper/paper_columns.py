"""The columns of a page of text, one after another: words stand where they do on paper, with blanks between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_WIDEST = 400
_GUTTER = 3  # blank characters side by side that part columns
_FEW = 16  # one line in so many may be too long for its column
_LEAST = 40  # characters that a column has at least
_SEAM = re.compile(
    r"(?<=[a-z.)])(?=[A-Z(]|\d+[A-Za-z]? [A-Z])|(?<=\d)(?=[A-Z(][a-z\d])|(?<=\S)(?=www\.|https?:)"
)  # words printed over others


def columns_apart(page: Sequence[str]) -> Iterator[str]:
    """The lines of a page, column after column, a blank line after each.

    A line across the blank between two columns, alone between blank lines, ends what stands above it; any other such
    line is one that is too long for its column.
    """
    lines = [line[:_WIDEST].rstrip() for line in page]
    gutters = _gutters(lines)
    block: list[list[str]] = []
    for number, line in enumerate(lines):
        if _crosses(line, gutters) and _stands_alone(lines, number):
            yield from _one_by_one(block)
            yield from (line.strip(), "")
            block = []
        else:
            block.append(_cells(line, gutters))
    yield from _one_by_one(block)


def _one_by_one(block: Sequence[Sequence[str]]) -> Iterator[str]:
    for column in zip(*block, strict=True):
        yield from column
        yield ""


def _crosses(line: str, gutters: Sequence[tuple[int, int]]) -> bool:
    return any(line[left:right].strip() for left, right in gutters)


def _stands_alone(lines: Sequence[str], number: int) -> bool:
    """Whether the lines before and after are blank, or one of them is and the other is the edge of the page."""
    around = [lines[at] for at in (number - 1, number + 1) if 0 <= at < len(lines)]
    return not any(line.strip() for line in around) or (number == 0 and not re.search(r"\S\s{3,}\S", lines[0]))


def _cells(line: str, gutters: Sequence[tuple[int, int]]) -> list[str]:
    """A line cut at the gutters, or behind the words that stand in one: at the next wide blank, or where words meet."""
    cuts = [0]
    for left, right in gutters:
        middle = (left + right) // 2
        if not line[left:right].strip() or len(line) <= middle:
            cuts.append(max(cuts[-1], middle))
            continue
        wide = re.compile(r"\s{2,}(?=\S)").search(line, left)
        seam = wide or _SEAM.search(line, left)
        cuts.append(max(cuts[-1], seam.end() if seam else len(line)))
    return [line[start:end].strip() for start, end in pairwise([*cuts, None])]


def _gutters(page: Sequence[str]) -> list[tuple[int, int]]:
    """Where nearly all lines are blank, from place to place, with text on both sides. Titles do not count."""
    said = [line for number, line in enumerate(page) if line.strip() and not _stands_alone(page, number)]
    width = max(map(len, said), default=0)
    taken = [sum(len(line) > at and line[at] != " " for line in said) for at in range(width)]
    blank = "".join("." if count <= max(1, len(said) // _FEW) else "x" for count in taken)
    runs = re.finditer(rf"(?<=x)\.{{{_GUTTER},}}(?=x)", blank)
    return [run.span() for run in runs if min(sum(taken[: run.start()]), sum(taken[run.end() :])) > _LEAST]
