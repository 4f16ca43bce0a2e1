"""Entries that only line breaks keep apart: parishes after one another in a paragraph, a table's cell or a `<pre>`.

In a copy of the page each line becomes an element, and each run of lines between blank ones (an entry) another, so that
they are cards like any other and stand where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from itertools import groupby
from typing import TypeAlias

from lxml import html

from vitality_lib.directories.pieces import markup

_TAGS = frozenset({"p", "td", "div", "pre", "li", "dd", "section", "article", "blockquote", "span", "font", "strong"})
_LEAST_LINES, _MOST_LINES, _MOST_PARENTS = 3, 5000, 3000
_LABELLED = re.compile(r"\W*(?:e-?mail|phone|tel|telephone|ph|fax|web ?site|pastor|office)\b\W", re.I)  # go on
_Piece: TypeAlias = "str | markup.Element"
_Line: TypeAlias = list[_Piece]


def with_lines_apart(tree: markup.Element) -> markup.Element:
    """A copy of the tree whose lines and entries are elements; the tree itself where it has nothing of the kind."""
    if not any(_is_broken(node) for node in tree.iter(*_TAGS)):
        return tree
    copy = deepcopy(tree)
    parents = [node for node in copy.iter(*_TAGS) if _is_broken(node)]
    for parent in parents[:_MOST_PARENTS]:
        _take_apart(parent)
    return copy


def _is_broken(node: markup.Element) -> bool:
    """Whether an element has lines of its own, and no blocks."""
    if node.tag == "pre":
        return (node.text or "").count("\n") >= _LEAST_LINES or len(node) >= _LEAST_LINES
    breaks = sum(child.tag == "br" for child in node)
    return _LEAST_LINES - 1 <= breaks < _MOST_LINES and not any(
        child.tag in {"div", "p", "ul", "table"} for child in node
    )


def _take_apart(parent: markup.Element) -> None:
    lines = _lines(parent)
    for child in list(parent):
        parent.remove(child)
    parent.text = None
    runs = [list(run) for told, run in groupby(lines, key=lambda line: any(map(_says, line))) if told]
    entry = html.Element("div")
    for run in runs:
        wrapped = [_wrapped(line) for line in run]
        if not len(entry) or not all(_LABELLED.match(markup.text(line)) for line in wrapped):
            entry = html.Element("div")
            parent.append(entry)
        entry.extend(wrapped)


def _lines(parent: markup.Element) -> list[_Line]:
    lines: list[_Line] = [[]]
    breaks = "\n" if parent.tag == "pre" else "\0"

    def text(said: str | None) -> None:
        first, *more = (said or "").split(breaks)
        lines[-1].append(first)
        lines.extend([one] for one in more)

    text(parent.text)
    for child in parent:
        if child.tag in {"br", "hr"}:
            lines.append([])
        else:
            lines[-1].append(child)
        text(child.tail)
    return lines


def _says(piece: _Piece) -> bool:
    said = piece if isinstance(piece, str) else "".join(piece.itertext()) if isinstance(piece.tag, str) else ""
    return bool(said.strip())


def _wrapped(pieces: Iterable[_Piece]) -> markup.Element:
    """Pieces of a line in an element of their own. An element that is moved keeps no tail: it is a piece itself."""
    line = html.Element("div")
    for piece in pieces:
        if not isinstance(piece, str):
            piece.tail = None
            line.append(piece)
        elif len(line):
            line[-1].tail = (line[-1].tail or "") + markup.fit(piece)
        else:
            line.text = (line.text or "") + markup.fit(piece)
    return line
