"""HTML parse trees that are never deeper than a reader can afford.

Each reader of cards, headings or links reads elements with all that stands in them: where thousands stand in one
another, as on a page that closes none of them, time grows with the square of the page. Browsers, too, stop at a depth
(Chromium at 512), and put what is deeper side by side; the parser (libxml2) drops all that follows a depth of 2048.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree, html

DEEPEST = 150  # elements in one another; page builders nest some sixty
_MOST_DEEP = 2**18  # bytes of a page that is too deep: nobody means such a page, and it is built in Python
_MOST_ELEMENTS = 80_000  # of a page: each takes half a KiB; a list of two hundred dioceses has 2,400
_MOST_SCRIPTS = 10_000  # among them: what nobody sees must not push out what is seen
_TAG = re.compile(rb"<[a-zA-Z]")
_SCRIPT = re.compile(rb"<script\b[^<]*</script\s*>", re.I)
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (DEEPEST + 1)})")
_ALL_ALIKE = etree.ElementDefaultClassLookup(element=html.HtmlElement)  # lxml.html asks Python for each element
_NAME = re.compile(r"[a-zA-Z_][\w.-]*", re.ASCII)
_NAMELESS = "span"
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # the builder takes XML's characters


def parsed(markup: bytes) -> html.HtmlElement:
    """The tree of a page in UTF-8, without comments; elements deeper than `DEEPEST` stand side by side there.

    What follows the first `_MOST_ELEMENTS` tags is not read, nor are more than `_MOST_SCRIPTS` short scripts.

    Raises lxml.etree.ParserError or ValueError when there is nothing to parse.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ALL_ALIKE)
    markup = _with_as_many_elements_as_are_read(markup)
    tree = html.document_fromstring(markup, parser=parser)
    return _flattened(markup, parser) if _TOO_DEEP(tree) else tree


def _with_as_many_elements_as_are_read(markup: bytes) -> bytes:
    if markup.count(b"<") <= _MOST_ELEMENTS:
        return markup
    number = itertools.count()
    markup = _SCRIPT.sub(lambda script: script[0] if next(number) < _MOST_SCRIPTS else b"", markup)
    first_too_many = next(itertools.islice(_TAG.finditer(markup), _MOST_ELEMENTS, None), None)
    return markup[: first_too_many.start()] if first_too_many else markup


def _flattened(markup: bytes, parser: html.HTMLParser) -> html.HtmlElement:
    target = _Flattening(parser)
    return html.document_fromstring(
        markup[:_MOST_DEEP], parser=etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    )


class _Flattening:
    """A target of the parser that ends an element of the greatest depth where the next one would begin in it."""

    def __init__(self, parser: html.HTMLParser) -> None:
        self._tree: Any = etree.TreeBuilder(element_factory=parser.makeelement)  # type: ignore[arg-type]  # takes all
        self._depth = 0  # as the page nests its elements
        self._deepest = ""  # the tag of the one that is open at the greatest depth

    def start(self, tag: Any, attributes: Mapping[Any, Any]) -> None:
        self._depth += 1
        called = tag if _NAME.fullmatch(tag) else _NAMELESS
        if self._depth > DEEPEST:
            self._tree.end(self._deepest)
        if self._depth >= DEEPEST:
            self._deepest = called
        named = {name: _UNFIT.sub("", value) for name, value in attributes.items() if _NAME.fullmatch(name)}
        self._tree.start(called, named)

    def end(self, tag: Any) -> None:
        self._depth -= 1
        if self._depth < DEEPEST:
            called = tag if _NAME.fullmatch(tag) else _NAMELESS
            self._tree.end(self._deepest if self._depth == DEEPEST - 1 else called)

    def data(self, data: Any) -> None:
        self._tree.data(_UNFIT.sub("", data))

    def comment(self, text: Any) -> None:
        """Comments go."""

    def close(self) -> Any:
        return self._tree.close()
