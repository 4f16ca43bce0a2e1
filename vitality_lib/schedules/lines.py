"""A page as a reader sees it: lines of visible text, each with the little of its markup that bears meaning."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

BOLD_HEADING = 7  # a line that is bold from end to end, a <dt>, a <summary>: weaker than <h6>
MOST_LINES = 1_500  # of one page; what lies behind is no weekly schedule

_SPACES = re.compile(r"[ \t\r\f\v\n\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"))
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F])


@dataclass(frozen=True)
class Cell:
    """Where a line stands in a table, and over how many rows and columns. Rows and columns count from 0."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Line:
    """One line of visible text, `text` == visible text[start:end] but for its dashes, which are all `-`.

    `heading` is 0 for plain text, 1 to 6 for `<h1>` to `<h6>`, `BOLD_HEADING` for weaker ones.
    `region` numbers the part of the page the line stands in (header, footer, ...). `church`: by its place it names
    a church, whatever it says.
    """

    text: str
    start: int
    heading: int = 0
    item: bool = False
    link: bool = False
    region: int = 0
    cell: Cell | None = None
    church: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Layout:
    """The visible text of a page and its lines in reading order. `method` is `html`, `pdf` or `text`."""

    text: str
    lines: tuple[Line, ...]
    method: str

    @classmethod
    def of(cls, lines: list[Line], method: str) -> Layout:
        """The lines joined, each at the `start` it has; cells of one row stand on one line, parted by tabs.

        The text keeps the dashes as the page writes them.
        """
        pieces: list[str] = []
        for before, line in zip([None, *lines], lines, strict=False):
            if before is not None:
                pieces.append("\t" if _side_by_side(before.cell, line.cell) else "\n")
            pieces.append(line.text)
        return cls("".join(pieces), tuple(map(_with_plain_dashes, lines)), method)


def _with_plain_dashes(line: Line) -> Line:
    plain = line.text.translate(_DASHES) if not line.text.isascii() else line.text
    return line if plain == line.text else replace(line, text=plain)


def _side_by_side(left: Cell | None, right: Cell | None) -> bool:
    if left is None or right is None or left.column == right.column:
        return False
    return (left.table, left.row) == (right.table, right.row)


def next_start(lines: list[Line]) -> int:
    """Where the next line begins: one character, a line break or a tab, parts it from the last."""
    return lines[-1].end + 1 if lines else 0


def tidy(text: str) -> str:
    """One line of text: NFC, every kind of space one blank, nothing that takes no room."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()
