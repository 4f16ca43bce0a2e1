"""A directory read whole: feeds, next pages, frames and detail pages are followed to the end, with a bound.

Pure in what it decides: the pages come through the `fetch` that is passed in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from vitality_lib.directories.detail_page import entry_of, merge
from vitality_lib.directories.names import sift
from vitality_lib.directories.registry import read_directory
from vitality_lib.document import Document
from vitality_lib.models import DirectoryReading, LeftOut, Outcome, Page, ParishEntry, Purpose, Reason, Request

Fetch = Callable[[Request], Awaitable[Page | Outcome]]
_MOST_PAGES = 100  # pages of a list that go on


@dataclass(frozen=True)
class Collection:
    """All that a directory holds. `outcome` says how it ended, with every route tried; `page_hash` and `page_url` name
    the page that the parishes were read from (the first of them, where a list has several).
    """

    reading: DirectoryReading
    outcome: Outcome
    page_hash: str = ""
    page_url: str = ""

    @property
    def routes(self) -> tuple[str, ...]:
        return self.outcome.routes


@dataclass
class _Crawl:
    fetch: Fetch
    most: int
    routes: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    entries: list[ParishEntry] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    source: Page | None = None
    best: DirectoryReading | None = None
    failures: list[Outcome] = field(default_factory=list)
    pages: int = 0


async def collect(document: Document, fetch: Fetch, most: int) -> Collection:
    """Read a directory from its first page to its end, with at most `most` requests."""
    crawl = _Crawl(fetch, most, asked={document.url})
    waiting = _take(crawl, document)
    details: list[Request] = []
    while waiting and crawl.most > 0:
        request = waiting.pop(0)
        if request.purpose is Purpose.DETAIL:
            details.append(request)
            continue
        page = await _ask(crawl, request)
        if page:
            waiting += _take(crawl, Document(page))
    for request in details:
        if crawl.most <= 0:
            break
        await _fill_in(crawl, request)
    return _end(crawl)


async def _ask(crawl: _Crawl, request: Request) -> Page | None:
    key = f"{request.purpose is Purpose.BROWSER} {request.url} {request.body or ''}"
    if key in crawl.asked or (
        request.purpose is not Purpose.BROWSER and request.url in crawl.asked and not request.body
    ):
        return None
    crawl.asked |= {key, request.url}
    if request.purpose is Purpose.NEXT:
        crawl.pages += 1
        if crawl.pages > _MOST_PAGES:
            crawl.routes.append(f"{request.url}: left, the list goes on past {_MOST_PAGES} pages")
            return None
    crawl.most -= 1
    answer = await crawl.fetch(request)
    if isinstance(answer, Outcome):
        crawl.routes.append(f"{request.purpose} {request.url}: {answer.reason}")
        crawl.failures.append(answer)
        return None
    return answer


def _take(crawl: _Crawl, document: Document) -> list[Request]:
    """Keep what a page holds, and return what it asks for. A page of a list that brings nothing new ends the list."""
    reading = read_directory(document)
    new = [entry for entry in reading.parishes if entry not in crawl.entries]
    crawl.routes.append(f"{reading.platform} {reading.route} {document.url}: {len(reading.parishes)} parishes")
    crawl.entries += new
    crawl.left_out += reading.left_out
    if new and crawl.source is None:
        crawl.source = document.page
    if crawl.best is None or (new and not crawl.best.parishes):
        crawl.best = reading
    if reading.parishes and not new:
        return [request for request in reading.next if request.purpose is not Purpose.NEXT]
    return list(reading.next)


async def _fill_in(crawl: _Crawl, request: Request) -> None:
    page = await _ask(crawl, request)
    entry = entry_of(Document(page)) if page else None
    if entry:
        crawl.entries = [merge(known, entry) if known.detail_url == request.url else known for known in crawl.entries]


def _end(crawl: _Crawl) -> Collection:
    parishes, twice = sift(crawl.entries)
    reading = crawl.best or DirectoryReading("none", read_directory(Document(Page("", b""))).route)
    reading = replace(reading, parishes=parishes, next=(), left_out=(*crawl.left_out, *twice))
    routes = tuple(crawl.routes)
    if parishes:
        outcome = Outcome(Reason.OK, f"{len(parishes)} parishes by {reading.platform}", routes)
    elif crawl.failures:
        outcome = Outcome(crawl.failures[-1].reason, crawl.failures[-1].detail, routes)
    else:
        outcome = Outcome(Reason.NO_DIRECTORY, "the page lists no parishes", routes)
    source = crawl.source
    return Collection(reading, outcome, source.sha256 if source else "", source.url if source else "")
