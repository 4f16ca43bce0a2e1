"""Tables that pages build of `<div class="row">` with columns in them, as Bootstrap and its like have them."""

from __future__ import annotations

import re

from lxml import html

_ROW = re.compile(r"(?:^|[\s_-])row(?:\s|$)", re.I)
_CLOCK = re.compile(r"\d\s?(?:[ap]\.?\s?m|:\d\d)|\bnoon\b", re.I)
MAY_BE_GRIDS = frozenset({"div", "section"})
_FEWEST, _MOST_ROWS, _MOST_COLUMNS = 3, 60, 12
_LONGEST_ROW = 300  # characters; longer ones lay out a page


def is_grid_of_rows(node: html.HtmlElement) -> bool:
    """Whether an element is a table of times by what it holds.

    Three rows or more, of as many columns each, with times, though not in the first row or the first column.
    """
    if node.tag not in MAY_BE_GRIDS or not _FEWEST <= len(node) <= _MOST_ROWS or not all(map(_is_row, node)):
        return False
    columns = {len(row) for row in node}
    if len(columns) > 1 or not _FEWEST <= columns.pop() <= _MOST_COLUMNS:
        return False
    heads, *rows = ([str(cell.text_content()) for cell in row] for row in node)
    if any(sum(map(len, row)) > _LONGEST_ROW for row in (heads, *rows)):
        return False
    labels = [*heads, *(row[0] for row in rows)]
    return not any(map(_CLOCK.search, labels)) and any(_CLOCK.search(cell) for row in rows for cell in row)


def _is_row(node: html.HtmlElement) -> bool:
    return node.tag == "div" and bool(_ROW.search(node.get("class") or ""))
