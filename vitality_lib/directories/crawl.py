"""A directory read whole: feeds, next pages, frames and detail pages are followed to the end, with a bound.

Pure in what it decides: the pages come through the `fetch` that is passed in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from vitality_lib.directories.detail_page import entry_of
from vitality_lib.directories.listing import listing, merge
from vitality_lib.directories.registry import readings
from vitality_lib.document import Document, Kind
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
    """What a crawl has seen so far. `left` is the number of requests it may still make."""

    fetch: Fetch
    left: int
    asked: set[str]
    routes: list[str] = field(default_factory=list)
    entries: dict[ParishEntry, None] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    failures: list[Outcome] = field(default_factory=list)
    source: Page | None = None
    best: DirectoryReading | None = None
    pages: int = 0


async def collect(document: Document, fetch: Fetch, most: int) -> Collection:
    """Read a directory from its first page to its end, with at most `most` requests.

    Where the best reading of the first page leads to nothing (a feed that fails), the next best is followed.
    """
    crawl = _Crawl(fetch, most, {document.url})
    for reading in readings(document):
        await _follow(crawl, document, reading)
        if crawl.entries:
            break
    return _end(crawl, document)


async def _follow(crawl: _Crawl, document: Document, reading: DirectoryReading) -> None:
    """Keep what a reading holds, then all that it leads to: the pages of the list first, details after them."""
    waiting, details = _take(crawl, document, reading), []
    while waiting:
        request = waiting.pop(0)
        if request.purpose is Purpose.DETAIL:
            details.append(request)
        elif page := await _ask(crawl, request):
            further = Document(page)
            waiting += _take(crawl, further, _like(reading.platform, further))
    for request in details:
        if page := await _ask(crawl, request):
            _fill_in(crawl, request.url, Document(page))


def _like(platform: str, document: Document) -> DirectoryReading:
    """A further page's reading: by the platform that read the list so far when it finds parishes, else the best."""
    found = readings(document)
    return next((one for one in found if one.platform == platform and one.parishes), found[0])


async def _ask(crawl: _Crawl, request: Request) -> Page | None:
    """Fetch a page once; None when it was asked for before, cannot be had, or the bounds are reached."""
    key = f"{request.url} {request.body or ''}".strip() + (" in a browser" if request.browser else "")
    if key in crawl.asked or crawl.left <= 0:
        return None
    crawl.asked.add(key)
    crawl.pages += request.purpose is Purpose.NEXT
    if request.purpose is Purpose.NEXT and crawl.pages > _MOST_PAGES:
        crawl.routes.append(f"{request.url}: left, the list goes on past {_MOST_PAGES} pages")
        return None
    crawl.left -= 1
    answer = await crawl.fetch(request)
    if isinstance(answer, Outcome):
        crawl.routes.append(f"{request.purpose} {request.url}: {answer.reason}")
        crawl.failures.append(answer)
        return None
    crawl.asked.add(answer.url)
    return answer


def _take(crawl: _Crawl, document: Document, reading: DirectoryReading) -> list[Request]:
    """Keep what a page holds, and return what it asks for. A page of a list that brings nothing new ends the list."""
    new = [entry for entry in reading.parishes if entry not in crawl.entries]
    crawl.routes.append(f"{reading.platform} {reading.route} {document.url}: {len(reading.parishes)} parishes")
    crawl.entries |= dict.fromkeys(new)
    crawl.left_out += [row for row in reading.left_out if row not in crawl.left_out]
    if new and crawl.source is None:
        crawl.source = document.page
    if crawl.best is None or (new and not crawl.best.parishes):
        crawl.best = reading
    ended = bool(reading.parishes) and not new
    return [request for request in reading.next if not (ended and request.purpose is Purpose.NEXT)]


def _fill_in(crawl: _Crawl, url: str, document: Document) -> None:
    entry = entry_of(document)
    if entry:
        known = (merge(one, entry) if one.detail_url == url else one for one in crawl.entries)
        crawl.entries = dict.fromkeys(known)


def _end(crawl: _Crawl, document: Document) -> Collection:
    found = listing(crawl.entries)
    reading = crawl.best or readings(document)[0]
    reading = replace(reading, parishes=found.parishes, next=(), left_out=(*crawl.left_out, *found.left_out))
    outcome = _outcome(crawl, reading, document)
    source = crawl.source
    return Collection(reading, outcome, source.sha256 if source else "", source.url if source else "")


def _outcome(crawl: _Crawl, reading: DirectoryReading, document: Document) -> Outcome:
    routes = tuple(crawl.routes)
    if reading.parishes:
        return Outcome(Reason.OK, f"{len(reading.parishes)} parishes by {reading.platform}", routes)
    if crawl.failures:
        return Outcome(crawl.failures[-1].reason, crawl.failures[-1].detail, routes)
    if unreadable := _why_unreadable(document):
        return Outcome(Reason.UNREADABLE, unreadable, routes)
    left_out = f"; {len(reading.left_out)} rows were left out" if reading.left_out else ""
    return Outcome(Reason.NO_DIRECTORY, f"the page lists no parishes{left_out}", routes)


def _why_unreadable(document: Document) -> str:
    """Why nobody could read a page at all; empty when it is a page like any other."""
    if not document.page.body.strip():
        return "the answer is empty"
    if document.kind is Kind.BINARY:
        return "these bytes are no text"
    if document.kind is not Kind.JSON and document.text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return "the JSON is cut off or broken"
    return ""
