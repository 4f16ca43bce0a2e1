"""A page laid out as lines, whatever kind of document it is."""

from __future__ import annotations

import io

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from vitality_lib.document import Document, Kind
from vitality_lib.schedules.html_lines import lines_of
from vitality_lib.schedules.lines import Layout, Line, next_start, tidy

_MOST_CHARACTERS = 150_000  # of visible text; what lies behind is no weekly schedule
_MOST_PDF_PAGES = 8


def layout(document: Document) -> Layout:
    """The lines of a page; none for what is no text (JSON, XML, binary)."""
    if document.kind is Kind.HTML:
        return Layout.of(lines_of(document.tree, _MOST_CHARACTERS), "html")
    if document.kind is Kind.PDF:
        return Layout.of(_plain(_pdf_text(document.page.body)), "pdf")
    if document.kind is Kind.TEXT:
        return Layout.of(_plain(document.text), "text")
    return Layout("", (), document.kind.value)


def _plain(text: str) -> list[Line]:
    """The lines of a text without markup."""
    lines: list[Line] = []
    for part in text[:_MOST_CHARACTERS].splitlines():
        if clean := tidy(part):
            lines.append(Line(clean, next_start(lines)))
    return lines


def _pdf_text(body: bytes) -> str:
    """The text of a PDF's first pages, empty when it holds none or cannot be read."""
    try:
        pages = PdfReader(io.BytesIO(body)).pages
        return "\n\n".join(page.extract_text() for page in pages[:_MOST_PDF_PAGES])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        # pypdf meets damaged files with whatever its reading of them trips over; each is "no text" to us.
        return ""
