"""Reading HTML trees: visible text line by line, elements by class. All walks are iterative and safe on deep trees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml import etree, html

Element: TypeAlias = html.HtmlElement

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "br", "button", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
])  # fmt: skip
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "iframe", "object"})
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset({"span", "a", "b", "strong"})
_SPACES = re.compile(r"\s+")
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_TEXT = 200_000  # characters of one element that are read
_MOST_IN_ONE = 2000  # characters of what is read as one line: each of a thousand links may hold half of the page
_A_PIECE = 5  # characters that a piece counts for beside its own: empty elements take time, too
_SEAM = re.compile(r".{3}[\w.)]$"), re.compile(r"[A-ZÀ-Ý\d(]..|https?:|www\.")
_CLASSED = (re.compile(r".[\w.)]$"), re.compile(r"[A-ZÀ-Ý\d(][\w'’.]|https?:|www\.|[\w.+-]+@"))  # each has a class
_AREA_CODE = re.compile(r"\(\d{3}\)$")
_DEEP = 12  # elements in one another that are looked into


def body(tree: Element) -> Element:
    found = tree.find(".//body")
    return tree if found is None else found


def lines(node: Element, most: int = _MOST_TEXT) -> list[str]:
    """The visible text of an element as a browser would break it into lines; white space folded, empty lines gone.

    What follows the first `most` characters or so is not read.
    """
    pieces, length = [], 0
    for piece in _pieces(node, most):
        pieces.append(piece)
        length += len(piece) + _A_PIECE
        if length > most:
            break
    folded = (" ".join(line.split()) for line in "".join(pieces).replace("\u200b", "").split("\n"))
    return [line for line in folded if line.strip(" |•·,")]


def text(node: Element | None, most: int = _MOST_IN_ONE) -> str:
    """The visible text of a title, a link, a cell in one line, what is very long cut off; empty for None."""
    return "" if node is None else " ".join(lines(node, most))


def classes(node: Element) -> list[str]:
    return str(node.get("class") or "").split()


def by_class(node: Element, *names: str, tag: str = "*") -> list[Element]:
    """Descendants that have one of these classes, in document order."""
    tests = " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names)
    return found(node, f".//{tag}[{tests}]")


def first_by_class(node: Element, *names: str, tag: str = "*") -> Element | None:
    """The first descendant with the first of these classes that any has."""
    return next((one for name in names for one in by_class(node, name, tag=tag)), None)


def found(node: Element, path: str) -> list[Element]:
    """The elements at an XPath."""
    return [one for one in node.xpath(path) if isinstance(one, html.HtmlElement)]


def anchors(node: Element) -> Iterator[Element]:
    """The links of an element, itself included."""
    return (link for link in node.iter("a", "area") if link.get("href"))


def heading_level(node: Element) -> int | None:
    """1 to 6 for `h1` to `h6`, None for other elements."""
    return _LEVELS.get(node.tag)


def within(node: Element, tags: Iterable[str]) -> bool:
    """Whether an element stands inside one of these tags."""
    return next(node.iterancestors(*tags), None) is not None


def fragment(markup: str) -> Element:
    """A piece of HTML (of a feed's field) as an element; plain text becomes its text."""
    try:
        return html.fragment_fromstring(markup[:_MOST_TEXT], create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        empty = html.Element("div")
        empty.text = fit(markup[:_MOST_TEXT])
        return empty


def fit(words: str) -> str:
    """Words as a tree takes them from us: only the characters of XML 1.0, section 2.2. Pages may have others."""
    return _UNFIT.sub("", words)


def _pieces(node: Element, most: int) -> Iterator[str]:
    walk = etree.iterwalk(node, events=("start", "end", "comment", "pi"))
    for event, part in walk:
        tag = part.tag if isinstance(part.tag, str) else ""
        if event == "start" and tag in _UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            apart = tag in _BLOCKS or (part is not node and _is_glued(part))
            yield ("\n" if apart else "") + _flat(part.text, most)
        elif tag in _BLOCKS:
            yield "\n"
        if event != "start" and part is not node:
            yield _flat(part.tail, most)


def _is_glued(part: Element) -> bool:
    """Whether an inline element follows another with no space between, and each says something of its own: pages made
    by script have a `<span>` for each fact, and leave it to the style sheet to keep them apart.
    """
    before = part.getprevious()
    if before is None or before.tail or not {before.tag, part.tag} <= _INLINE:
        return False
    last, first = _edge(before, -1), _edge(part, 0)
    if _AREA_CODE.search(last) and first[:1].isdigit():
        return False
    styled = bool(before.get("class") and part.get("class"))
    ends, starts = _CLASSED if styled else _SEAM
    return bool(ends.search(last[-4:]) and starts.match(first))


def _edge(node: Element, end: int) -> str:
    """The text at an inline element's start (`end` 0) or end (-1), from inside the elements it begins or ends with."""
    for _ in range(_DEEP):
        said = node.text if end == 0 or not len(node) else node[-1].tail
        if said or not len(node):
            return said or ""
        node = node[end]
    return ""


def _flat(piece: str | None, most: int) -> str:
    return _SPACES.sub(" ", piece[:most]) if piece else ""
