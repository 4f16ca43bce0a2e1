"""A page as a reader sees it: lines of visible text, each with the little of its markup that bears meaning."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass, field

from lxml import etree, html
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from vitality_lib.document import Document, Kind

MOST_CHARACTERS = 400_000  # of visible text; what lies behind is no weekly schedule
_MOST_PDF_PAGES = 8
_MOST_NODES = 60_000

BOLD_HEADING = 7  # a line that is bold from end to end, a <dt>, a <summary>: weaker than <h6>

_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "svg", "object", "select", "textarea"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "option",
        "button",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"dt": 7, "summary": 7, "caption": 7, "legend": 7}
_REGIONS = frozenset({"footer", "header", "aside", "nav", "main"})
_FOLDED = re.compile(r"accord|tab|collaps|panel|toggle|elementor|content", re.I)
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACES = re.compile(r"[ \t\r\f\v\n\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_GLUED = re.compile(r"[a-z\u00df-\u00ff]\|[A-Z\d\u00c0-\u00de]|\d\|[A-Z]")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F])


@dataclass(frozen=True)
class Cell:
    """Where a line stands in a table. Rows and columns count from 0; `header` is a `<th>`."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(frozen=True)
class Line:
    """One line of visible text, `text` == visible text[start:start + len(text)].

    `heading` is 0 for plain text, 1 to 6 for `<h1>` to `<h6>`, `BOLD_HEADING` for weaker ones.
    `block` numbers the paragraph, list or cell the line stands in; `region` the part of the page (header, footer, ...).
    """

    text: str
    start: int
    heading: int = 0
    item: bool = False
    link: bool = False
    block: int = 0
    region: int = 0
    cell: Cell | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Layout:
    """The visible text of a page and its lines in reading order. `method` is `html`, `pdf` or `text`."""

    text: str
    lines: tuple[Line, ...]
    method: str


def layout(document: Document) -> Layout:
    """The lines of a page, whatever its kind; no lines for what is no text (JSON, XML, binary)."""
    if document.kind is Kind.HTML:
        return _join(_Walk().through(document.tree), "html")
    if document.kind is Kind.PDF:
        return _join(_plain(_pdf_text(document.page.body)), "pdf")
    if document.kind is Kind.TEXT:
        return _join(_plain(document.text[:MOST_CHARACTERS]), "text")
    return Layout("", (), document.kind.value)


def _join(raw: list[_Raw], method: str) -> Layout:
    """One line per line; cells of one row stand on the same line, parted by tabs."""
    lines: list[Line] = []
    pieces: list[str] = []
    at = 0
    for one in raw:
        if lines:
            before = lines[-1].cell
            same_row = before and one.cell and (before.table, before.row) == (one.cell.table, one.cell.row)
            pieces.append("\t" if same_row and before and one.cell and before.column != one.cell.column else "\n")
            at += 1
        lines.append(Line(one.text, at, one.heading, one.item, one.link, one.block, one.region, one.cell))
        pieces.append(one.text)
        at += len(one.text)
        if at > MOST_CHARACTERS:
            break
    return Layout("".join(pieces), tuple(lines), method)


@dataclass
class _Raw:
    text: str
    heading: int
    item: bool
    link: bool
    block: int
    region: int
    cell: Cell | None


def tidy(text: str) -> str:
    """One line of text: NFC, every kind of space one blank, nothing that takes no room."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def _plain(text: str) -> list[_Raw]:
    """Lines of a text without markup; an empty line ends a block."""
    lines: list[_Raw] = []
    block = 0
    for part in text.splitlines():
        clean = tidy(part)
        if not clean:
            block += 1
        else:
            lines.append(_Raw(clean, 0, False, False, block, 0, None))
    return lines


def _pdf_text(body: bytes) -> str:
    """The text of a PDF's first pages, empty when it holds none or cannot be read."""
    try:
        pages = PdfReader(io.BytesIO(body)).pages
        return "\n\n".join(page.extract_text() for page in pages[:_MOST_PDF_PAGES])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        # pypdf meets damaged files with whatever its reading of them trips over; each is "no text" to us.
        return ""


@dataclass
class _Table:
    number: int
    row: int = -1
    column: int = 0
    taken: dict[tuple[int, int], bool] = field(default_factory=dict)

    def place(self, node: html.HtmlElement) -> Cell:
        """The next free place of the row for one cell, its spans kept free in the rows below (HTML 4.9.12)."""
        rows, columns = _span(node, "rowspan", 40), _span(node, "colspan", 20)
        self.row = max(self.row, 0)
        while (self.row, self.column) in self.taken:
            self.column += 1
        cell = Cell(self.number, self.row, self.column, rows, columns, node.tag == "th")
        for down in range(rows):
            for right in range(columns):
                self.taken[self.row + down, self.column + right] = True
        self.column += columns
        return cell


def _span(node: html.HtmlElement, name: str, most: int) -> int:
    value = node.get(name, "1").strip()
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 4 else 1


class _Walk:
    """One pass over a parse tree, in document order, without recursion: nesting may be as deep as a page likes."""

    def __init__(self) -> None:
        self.lines: list[_Raw] = []
        self.parts: list[str] = []
        self.size = self.bold = self.linked = 0
        self.block = self.region = self.tables_seen = self.nodes = self.written = 0
        self.open_bold = self.open_links = 0
        self.headings: list[int] = []
        self.items = 0
        self.tables: list[_Table] = []
        self.cells: list[Cell] = []

    def through(self, tree: html.HtmlElement) -> list[_Raw]:
        walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event in ("comment", "pi"):
                self._say(node.tail)
            elif event == "start":
                self.nodes += 1
                if node.tag in _UNSEEN or _hidden(node):
                    walk.skip_subtree()
                    continue
                self._enter(node)
                self._say(node.text)
            else:
                if node.tag not in _UNSEEN and not _hidden(node):
                    self._leave(node)
                self._say(node.tail)
            if self.nodes > _MOST_NODES or self.written > MOST_CHARACTERS:
                break
        self._flush()
        return self.lines

    def _enter(self, node: html.HtmlElement) -> None:
        tag = node.tag
        if tag == "br":
            self._flush()
        elif tag in ("b", "strong"):
            self.open_bold += 1
        elif tag == "a":
            self.open_links += 1
        elif tag in _BLOCKS:
            self._flush()
            self.block += 1
            if tag in _REGIONS:
                self.region += 1
            self._enter_structure(node)

    def _enter_structure(self, node: html.HtmlElement) -> None:
        tag = node.tag
        if tag in _HEADINGS:
            self.headings.append(_HEADINGS[tag])
        elif tag == "li":
            self.items += 1
        elif tag == "table":
            self.tables_seen += 1
            self.tables.append(_Table(self.tables_seen))
        elif tag == "tr" and self.tables:
            self.tables[-1].row += 1
            self.tables[-1].column = 0
        elif tag in ("td", "th"):
            self.cells.append((self.tables[-1] if self.tables else _Table(0)).place(node))

    def _leave(self, node: html.HtmlElement) -> None:
        tag = node.tag
        if tag in ("b", "strong"):
            self.open_bold -= 1
        elif tag == "a":
            self.open_links -= 1
        elif tag in _BLOCKS:
            self._flush()
            self.block += 1
            if tag in _HEADINGS and self.headings:
                self.headings.pop()
            elif tag == "li":
                self.items -= 1
            elif tag == "table" and self.tables:
                self.tables.pop()
            elif tag in ("td", "th") and self.cells:
                self.cells.pop()
            elif tag in _REGIONS:
                self.region += 1

    def _say(self, text: str | None) -> None:
        if not text:
            return
        room = MOST_CHARACTERS - self.written
        text = text[: max(room, 0)]
        weight = len(text.strip())
        if self.parts and _GLUED.search(self.parts[-1][-1:] + "|" + text[:1]):
            self.parts.append(" ")  # <span>Monday</span><span>19:00</span>, which a style sheet sets apart
        self.parts.append(text)
        self.size += weight
        self.written += weight
        if self.open_bold > 0:
            self.bold += weight
        if self.open_links > 0:
            self.linked += weight

    def _flush(self) -> None:
        if self.size:
            text = tidy("".join(self.parts))
            if text:
                heading = self.headings[-1] if self.headings else 0
                if not heading and self.bold >= self.size:
                    heading = BOLD_HEADING
                link = self.linked >= self.size
                cell = self.cells[-1] if self.cells else None
                self.lines.append(_Raw(text, heading, self.items > 0, link, self.block, self.region, cell))
        self.parts.clear()
        self.size = self.bold = self.linked = 0


def _hidden(node: html.HtmlElement) -> bool:
    """Whether a page keeps an element from being shown. The closed parts of tabs and accordions count as shown."""
    attributes = node.attrib
    if "hidden" not in attributes and "style" not in attributes:
        return False
    if "hidden" in attributes or _NOT_DISPLAYED.search(attributes["style"]):
        named = f"{attributes.get('class', '')} {attributes.get('role', '')} {attributes.get('id', '')}"
        return not _FOLDED.search(named)
    return False
