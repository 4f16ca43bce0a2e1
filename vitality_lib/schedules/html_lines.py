"""The visible lines of an HTML page, in document order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

from vitality_lib.schedules.lines import BOLD_HEADING, MOST_LINES, Line, next_start, tidy
from vitality_lib.schedules.table_cells import Tables

_MOST_NODES = 60_000

_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "svg", "object", "select", "textarea"})
_STRUCK_OUT = frozenset({"s", "strike", "del"})  # what no longer holds, shown only to say so
_NOT_READ = _UNSEEN | _STRUCK_OUT
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | dict.fromkeys(
    ("dt", "summary", "caption", "legend"), BOLD_HEADING
)
_REGIONS = frozenset({"footer", "header", "aside", "nav", "main"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_FOLDED = re.compile(r"accord|tab|collaps|panel|toggle|elementor|content", re.I)
_NOT_DISPLAYED = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[\w-]*\s*:\s*line-through", re.I
)
_NEXT_LINE = re.compile(r"\n\s*")  # of what is set as it is typed
_GLUED = re.compile(
    r"[a-z\u00df-\u00ff]\|[A-Z\d\u00c0-\u00de]|[A-Z\u00c0-\u00de]{3}\|\d|\d\|(?!(?:ST|ND|RD|TH)\b)[A-Z]"
    r"|\d\s?(?i:[ap]\.?m)\.?\|\w|(?:DAY|MASS|CONFESSION|ADORATION|ROSARY)S?\|(?!E?S\b)[A-Z]"
)


def lines_of(tree: html.HtmlElement, most_characters: int) -> list[Line]:
    """The lines of a parse tree, up to about `most_characters` of visible text."""
    return _Walk(most_characters).through(tree)


def is_hidden(node: html.HtmlElement) -> bool:
    """Whether a page keeps an element from being shown, or strikes it out.

    The closed parts of tabs and accordions count as shown.
    """
    hidden, style = node.get("hidden"), node.get("style")
    if hidden is None and style is None:
        return False
    if hidden is not None or _NOT_DISPLAYED.search(style or ""):
        named = f"{node.get('class', '')} {node.get('role', '')} {node.get('id', '')}"
        return not _FOLDED.search(named)
    return False


@dataclass(slots=True)
class _Gathered:
    """The text of the line that is being walked through. Sizes count its characters without outer blanks."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    bold: int = 0
    linked: int = 0

    def add(self, text: str, *, bold: bool, linked: bool) -> int:
        """Returns the size of what was added."""
        if self.parts and _GLUED.search(f"{self.parts[-1][-11:]}|{text[:3]}"):
            self.parts.append(" ")  # <span>Monday</span><span>19:00</span>, which a style sheet sets apart
        self.parts.append(text)
        size = len(text.strip())
        self.size += size
        self.bold += size if bold else 0
        self.linked += size if linked else 0
        return size


class _Walk:
    """One pass over a parse tree, without recursion: nesting may be as deep as a page likes."""

    def __init__(self, room: int) -> None:
        self.lines: list[Line] = []
        self.gathered = _Gathered()
        self.tables = Tables()
        self.headings: list[int] = []
        self.open_parts: list[str] = []
        self.open_bold = self.open_links = self.open_items = self.open_pre = self.region = 0
        self.room = room

    def through(self, tree: html.HtmlElement) -> list[Line]:
        walk = etree.iterwalk(tree, events=("start", "end"))
        nodes, skipped = 0, False
        for event, node in walk:
            if event == "start":
                nodes += 1
                skipped = node.tag in _NOT_READ or is_hidden(node)
                if skipped:
                    walk.skip_subtree()  # its end is the next event
                    continue
                self._enter(node)
                said = node.text
            else:
                if not skipped:
                    self._leave()
                skipped = False
                said = node.tail
            if said and (self.gathered.parts or not said.isspace()):  # blanks before a line are no part of it
                self._say(said)
            if nodes > _MOST_NODES or len(self.lines) > MOST_LINES or self.room <= 0:
                break
        self._end_line()
        return self.lines

    def _enter(self, node: html.HtmlElement) -> None:
        tag = self.tables.part(node)
        self.open_parts.append(tag)
        if tag in _BLOCKS:
            if self.gathered.parts:
                self._end_line()
            self._begin_block(tag, node)
        elif tag == "br":
            self._end_line()
        elif tag in ("b", "strong"):
            self.open_bold += 1
        elif tag == "a":
            self.open_links += 1

    def _begin_block(self, tag: str, node: html.HtmlElement) -> None:
        if tag in _HEADINGS:
            self.headings.append(_HEADINGS[tag])
        elif tag in _REGIONS:
            self.region += 1
        elif tag == "li":
            self.open_items += 1
        elif tag == "pre":
            self.open_pre += 1
        else:
            self.tables.enter(tag, node)

    def _leave(self) -> None:
        tag = self.open_parts.pop()
        if tag in _BLOCKS:
            if self.gathered.parts:
                self._end_line()
            self._end_block(tag)
        elif tag in ("b", "strong"):
            self.open_bold -= 1
        elif tag == "a":
            self.open_links -= 1

    def _end_block(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.headings.pop()
        elif tag in _REGIONS:
            self.region += 1
        elif tag == "li":
            self.open_items -= 1
        elif tag == "pre":
            self.open_pre -= 1
        else:
            self.tables.leave(tag)

    def _say(self, text: str) -> None:
        if self.open_pre:
            first, *others = _NEXT_LINE.split(text[: self.room])
            self._add(first)
            for other in others:
                self._end_line()
                self._add(other)
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        self.room -= self.gathered.add(text[: self.room], bold=self.open_bold > 0, linked=self.open_links > 0)

    def _end_line(self) -> None:
        gathered, self.gathered = self.gathered, _Gathered()
        text = tidy("".join(gathered.parts)) if gathered.size else ""
        if not text:
            return
        heading = self.headings[-1] if self.headings else 0
        if not heading and gathered.bold >= gathered.size:
            heading = BOLD_HEADING
        link = gathered.linked >= gathered.size
        at = next_start(self.lines)
        self.lines.append(Line(text, at, heading, self.open_items > 0, link, self.region, self.tables.cell))
