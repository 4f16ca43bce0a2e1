"""Where on its page a link stands, and under what: the menu's item above it, the heading or the words before it."""

from __future__ import annotations

import re
from itertools import chain, islice

from vitality_lib.directories.pieces import markup

_MOST_ABOVE, _LEVELS, _BEFORE, _LONGEST, _MOST_INSIDE = 40, 6, 4, 60, 200
_MENU = re.compile(r"\b(?:nav|menu|navigation|navbar)")
_NEWS = re.compile(r"\b(?:news|blog|post(?![-_]?\d)|event)")
_PAGE = re.compile(r"\b(?:type-)?page\b")
_HEADING = re.compile(r"(?:^|[\s_-])(?:title|heading|headline)(?:$|[\s_-])", re.I)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLES = frozenset({*_HEADINGS, "summary", "legend", "dt", "label"})
_BORDERS = frozenset({"body", "main", "nav", "header", "footer", "aside", "table"})


def place(node: markup.Element) -> str:
    """menu, footer, news or main; a frame, a form and the page's own onward movement are places of their own."""
    if node.tag in {"iframe", "form"}:
        return str(node.tag)
    if node.tag in {"frame", "meta"}:
        return "onward"
    for above in [node, *islice(node.iterancestors(), _MOST_ABOVE)]:
        name = f"{above.get('id') or ''} {above.get('class') or ''} {above.get('role') or ''}".lower()
        if above.tag in {"body", "html", "main"}:
            break
        if above.tag == "footer" or "footer" in name:
            return "footer"
        if above.tag in {"nav", "header"} or _MENU.search(name):
            return "menu"
        if (above.tag == "article" or _NEWS.search(name)) and not _PAGE.search(name):
            return "news"
    return "main"


def above_it(node: markup.Element) -> str:
    """What a link stands under: words just before it on its line, its parent in a menu, or the heading of its block."""
    if words := _on_its_line(node):
        return words
    for above in islice(chain((node,), node.iterancestors()), _LEVELS):
        if above.tag in _BORDERS:
            return ""
        for before in islice(above.itersiblings(preceding=True), _BEFORE):
            if said := _title(before, under_it=above.tag in {"ul", "ol", "div"}):
                return said
    return ""


def _on_its_line(node: markup.Element) -> str:
    """`Find a <a>Parish</a>`: the text between the link and what stands before it, when it leaves something open."""
    before, parent = node.getprevious(), node.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    words = " ".join((text or "").split())
    return words if 2 < len(words) <= _LONGEST else ""


def _title(node: markup.Element, under_it: bool) -> str:
    """The text of a heading, or of a menu's item before the list under it; empty for other elements."""
    if not isinstance(node.tag, str):
        return ""
    item = under_it and node.tag in {"a", "button", "span", "strong", "b", "p"}
    if node.tag in _TITLES or item or (_HEADING.search(node.get("class") or "") and _first(node, "a") is None):
        return _short(node)
    inside = _first(node, *_HEADINGS) if _first(node, "a", "button") is None else None
    return "" if inside is None else _short(inside)


def _first(node: markup.Element, *tags: str) -> markup.Element | None:
    """The first such element in a node, not looked for any further where the node is all of the page."""
    return next((one for one in islice(node.iter("*"), _MOST_INSIDE) if one.tag in tags), None)


def _short(node: markup.Element) -> str:
    text = markup.text(node)
    return text if len(text) <= _LONGEST else ""
