"""A directory that is a PDF, in one column or several; and, last of all, a page that only links to such a PDF.

The text comes from pypdf with the words where they stand on paper, so that columns can be told apart. Titles and page
numbers that stand on most pages are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from vitality_lib.directories import markup
from vitality_lib.directories.listed_text import entries_in
from vitality_lib.directories.listing import Listing, listing
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
_MOST_PAGES, _MOST_LINKS, _MOST_TEXT, _WIDEST = 80, 3000, 400_000, 400
_GUTTER = 3  # blank characters side by side that part columns


def recognise(document: Document) -> float:
    if document.kind is Kind.PDF:
        return 0.6
    return 0.1 if document.kind is Kind.HTML and _linked(document) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is not Kind.PDF:
        return DirectoryReading("pdf_directory", Route.PDF, next=_linked(document)[:1])
    pages = [text[: _MOST_TEXT // 10].split("\n") for text in pdf_pages(document.page.body, _MOST_PAGES, columns=True)]
    pages = _without_running_heads([[line[:_WIDEST].rstrip() for line in page] for page in pages])
    found = max((_listed(pages, apart) for apart in (True, False)), key=_facts)
    return DirectoryReading("pdf_directory", Route.PDF, found.parishes, left_out=found.left_out)


def _linked(document: Document) -> tuple[Request, ...]:
    """The PDFs that a page calls a directory of its parishes."""
    found: dict[str, None] = {}
    for link in list(markup.anchors(document.tree))[:_MOST_LINKS]:
        href = str(link.get("href"))
        said = f"{markup.text(link)} {re.sub(r'[-_/.]|%20', ' ', href)}"
        called = re.search(r"\.pdf(?:$|[?#])", href, re.I) and _PDF.search(said) and not _NOT.search(said)
        if called and (target := absolute(href, document.url)):
            found[target] = None
    return tuple(Request(target, Purpose.LIST, why="a PDF that is called a directory") for target in found)


def _listed(pages: list[list[str]], apart: bool) -> Listing:
    lines = (line for page in pages for line in (_columns_apart(page) if apart else page))
    entries, others = entries_in([re.sub(r"\s{3,}", " | ", line.strip()) for line in lines])
    found = listing(entries)
    return Listing(found.parishes, (*found.left_out, *others))


def _facts(found: Listing) -> int:
    fields = ("street", "city", "zip", "phone", "website")
    return sum(1 + sum(getattr(one, field) is not None for field in fields) for one in found.parishes)


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers, and without the lines at their edges that most pages have."""
    edges = Counter(_bare(line) for page in pages for line in {*_edge(page)})
    often = {line for line, count in edges.items() if count > 1 and count * 2 > len(pages)}
    return [
        [
            line
            for line in page
            if not re.fullmatch(r"\s*(?:page )?\d{1,3}(?: of \d+)?\s*", line, re.I) and _bare(line) not in often
        ]
        for page in pages
    ]


def _edge(page: list[str]) -> list[str]:
    said = [line for line in page if line.strip()]
    return said[:3] + said[-3:]


def _bare(line: str) -> str:
    return re.sub(r"\W|\d", "", line).lower() or line


def _columns_apart(page: list[str]) -> Iterator[str]:
    """The lines of a page, column after column. A line across the blank between two columns ends what stands above."""
    gutters = _gutters(page)
    starts = [0, *[(left + right) // 2 for left, right in gutters], _WIDEST]
    block: list[str] = []
    for line in [*page, None]:
        across = line is not None and any(line[left:right].strip() for left, right in gutters)
        if line is None or across:
            for start, end in pairwise(starts):
                yield from (one[start:end] for one in block)
                yield ""
            block = []
        if across and line is not None:
            yield line
        elif line is not None:
            block.append(line)


def _gutters(page: list[str]) -> list[tuple[int, int]]:
    """Where nearly all lines are blank, from place to place, with text on both sides."""
    said = [line for line in page if line.strip()]
    width = max(map(len, said), default=0)
    taken = [sum(len(line) > at and line[at] != " " for line in said) for at in range(width)]
    blank = "".join("." if count * 20 <= len(said) else "x" for count in taken)
    runs = re.finditer(rf"(?<=x)\.{{{_GUTTER},}}(?=x)", blank)
    return [run.span() for run in runs if min(sum(taken[: run.start()]), sum(taken[run.end() :])) > 40]
