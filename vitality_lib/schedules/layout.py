"""A page laid out as lines, whatever kind of document it is."""

from __future__ import annotations

from dataclasses import replace

from vitality_lib.document import Document, Kind
from vitality_lib.pdf_text import pdf_pages
from vitality_lib.schedules.church_places import with_church_places
from vitality_lib.schedules.html_lines import lines_of
from vitality_lib.schedules.lines import MOST_LINES, Layout, Line, next_start, tidy
from vitality_lib.schedules.orders import without_orders

_MOST_CHARACTERS = 60_000  # of visible text
_MOST_PDF_PAGES = 8


def layout(document: Document) -> Layout:
    """The lines of a page, without orders to machines; none for what is no text (JSON, XML, binary)."""
    page = without_orders(_laid_out(document))
    return replace(page, lines=with_church_places(page.lines))


def _laid_out(document: Document) -> Layout:
    if document.kind is Kind.HTML:
        return Layout.of(lines_of(document.tree, _MOST_CHARACTERS), "html")
    if document.kind is Kind.PDF:
        return Layout.of(_plain("\n\n".join(pdf_pages(document.page.body, _MOST_PDF_PAGES))), "pdf")
    if document.kind is Kind.TEXT:
        return Layout.of(_plain(document.text), "text")
    return Layout("", (), document.kind.value)


def _plain(text: str) -> list[Line]:
    """The lines of a text without markup."""
    lines: list[Line] = []
    for part in text[:_MOST_CHARACTERS].splitlines():
        if clean := tidy(part):
            lines.append(Line(clean, next_start(lines)))
        if len(lines) > MOST_LINES:
            break
    return lines
