"""A directory that is a PDF, or the text of one, in one column or several; and, last of all, a page that only links to
such a PDF.

The text comes from pypdf with the words where they stand on paper, so that columns can be told apart. Titles and page
numbers that stand on most pages are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vitality_lib.directories.paper.listed_text import entries_in
from vitality_lib.directories.paper.paper_columns import columns_apart
from vitality_lib.directories.paper.running_heads import without_running_heads
from vitality_lib.directories.parish.listing import Listing, listing
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import DirectoryReading, Purpose, Request, Route
from vitality_lib.pdf_text import pdf_pages

_PDF = re.compile(
    r"\b(?:parish|church|diocesan|catholic)\b.{0,40}\b(?:director(?:y|ies)|list(?:ing)?)\b"
    r"|\b(?:director(?:y|ies)|list(?:ing)?)\b.{0,20}\b(?:parishes|churches)\b|\bdirectorio\b.{0,20}\bparroquias\b",
    re.I,
)
_NOT = re.compile(r"school|clergy|priest|deacon|staff|form|order|advert|mass times|guideline|music|employ", re.I)
_TIME = re.compile(r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b", re.I)
_MOST_PAGES, _MOST_LINES, _MOST_LINKS, _MOST_TEXT, _WIDEST = 80, 12_000, 3000, 400_000, 400
_FEWEST = 3  # parishes of a directory
_SENTENCE = 5  # words in lower case in a line of prose


def recognise(document: Document) -> float:
    if document.kind in {Kind.PDF, Kind.TEXT}:
        return 0.6
    return 0.1 if document.kind is Kind.HTML and _linked(document) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.HTML:
        return DirectoryReading("pdf_directory", Route.PDF, next=_linked(document)[:1])
    found = max((_listed(lines) for lines in _ways_to_read(document)), key=_facts, default=Listing((), ()))
    route = Route.PDF if document.kind is Kind.PDF else Route.STATIC
    return DirectoryReading("pdf_directory", route, found.parishes, left_out=found.left_out)


def _linked(document: Document) -> tuple[Request, ...]:
    """The PDFs that a page calls a directory of its parishes."""
    found: dict[str, None] = {}
    for link in list(markup.anchors(document.tree))[:_MOST_LINKS]:
        href = str(link.get("href"))
        said = f"{markup.text(link)} {re.sub(r'[-_/.]|%20', ' ', href)}"
        is_pdf = re.search(r"\.pdf(?:$|[?#])", href, re.I) or re.search(r"\bpdf\b", markup.text(link), re.I)
        if is_pdf and _PDF.search(said) and not _NOT.search(said) and (target := absolute(href, document.url)):
            found[target] = None
    return tuple(Request(target, Purpose.LIST, why="a PDF that is called a directory") for target in found)


def _ways_to_read(document: Document) -> Iterator[list[str]]:
    """The lines of a print: column after column, or straight across. Prose is no list, however it is read."""
    if document.kind is Kind.PDF:
        pages = _pages_of_pdf(document.page.body)
    else:
        pages = document.text[:_MOST_TEXT].split("\f")[:_MOST_PAGES]
    lines = [page[:_MOST_TEXT].splitlines()[: _MOST_LINES // len(pages)] for page in pages]
    printed = without_running_heads([[line[:_WIDEST].expandtabs()[:_WIDEST] for line in page] for page in lines])
    apart = [line for page in printed for line in columns_apart(page)]
    across = [line for page in printed for line in (*page, "")]
    if not _is_prose(printed):
        yield apart
        if [line for line in apart if line] != [line.strip() for line in across if line.strip()]:
            yield across


def _pages_of_pdf(body: bytes) -> list[str]:
    """The pages as they are laid out, or, where that fails, the text in the order in which the file has it."""
    pages = list(pdf_pages(body, _MOST_PAGES, columns=True))
    return pages if any(page.strip() for page in pages) else list(pdf_pages(body, _MOST_PAGES))


def _is_prose(pages: list[list[str]]) -> bool:
    """Whether most lines are parts of sentences: a letter, a newsletter."""
    said = [line.split() for page in pages for line in page if line.strip()]
    sentences = sum(sum(word[:1].islower() for word in words) >= _SENTENCE for words in said)
    return sentences * 2 > len(said)


def _listed(lines: list[str]) -> Listing:
    entries, others = entries_in(lines)
    found = listing(entries)
    placed = sum(bool(one.street or one.city or one.zip) for one in found.parishes)
    times = sum(bool(_TIME.search(line)) for line in lines)
    few = len(found.parishes) < _FEWEST or (placed * 2 < len(found.parishes) <= times * 2)
    return Listing(() if few else found.parishes, (*found.left_out, *others))


def _facts(found: Listing) -> int:
    fields = ("street", "city", "zip", "phone", "website")
    return sum(1 + sum(getattr(one, field) is not None for field in fields) for one in found.parishes)
