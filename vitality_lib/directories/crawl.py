"""A directory read whole: feeds, next pages, frames and detail pages are followed to the end, with a bound.

Pure in what it decides: the pages come through the `fetch` that is passed in.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace

from vitality_lib.directories.detail_page import entry_of
from vitality_lib.directories.listing import listing, merge
from vitality_lib.directories.names import identity
from vitality_lib.directories.parts import PART
from vitality_lib.directories.registry import completeness, readings
from vitality_lib.directories.sitemaps import USUAL, common_section, detail_pages, sitemaps_in
from vitality_lib.directories.subject import is_about_parishes
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, host
from vitality_lib.models import DirectoryReading, LeftOut, Outcome, Page, ParishEntry, Purpose, Reason, Request, Route

Fetch = Callable[[Request], Awaitable[Page | Outcome]]
_MOST_PAGES = 100  # pages of a list that go on
_MOST_FRAMES = 5  # frames, and frames in frames
_MOST_SITEMAPS = 8
_SAME, _FRUITLESS = 3, 20  # pages in a row that bring the same parishes, or nothing: then a list has no more
_HOPELESS = 8  # pages in a row without a parish from the first on
_GONE = re.compile(r"\b4(?:04|10)\b")
_FEW, _SHARE = 3, 0.1  # a claim that is off by so few, or by this share, may count otherwise than we do
_ROUND = frozenset({10, 12, 15, 20, 24, 25, 30, 50, 100})  # so many rows may be a page of a list that goes on


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
    """What a crawl has seen so far. `left` is the number of requests it may still make; `lacks` says why the list is
    known to go on; `same` and `fruitless` count the pages in a row that brought nothing new, or nothing.
    """

    fetch: Fetch
    left: int
    asked: set[str]
    routes: list[str] = field(default_factory=list)
    entries: dict[str, ParishEntry] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    failures: list[Outcome] = field(default_factory=list)
    source: Page | None = None
    best: DirectoryReading | None = None
    claimed: int | None = None
    lacks: str = ""
    pages: int = 0
    frames: int = 0
    same: int = 0
    fruitless: int = 0


async def collect(document: Document, fetch: Fetch, most: int) -> Collection:
    """Read a directory from its first page to its end, with at most `most` requests.

    Where the best reading of the first page leads to nothing (a feed that fails), the next best is followed; where the
    list seems short, the site's sitemap says which parishes it lacks.
    """
    crawl = _Crawl(fetch, most, {document.url})
    for reading in readings(document):
        await _follow(crawl, document, reading)
        if crawl.entries:
            break
    if _seems_short(crawl, document):
        await _fill_from_sitemap(crawl, document)
    return _end(crawl, document)


async def _follow(crawl: _Crawl, document: Document, reading: DirectoryReading) -> None:
    """Keep what a reading holds, then all that it leads to: the pages of the list first, details after them."""
    waiting, details = _take(crawl, document, reading), []
    while waiting:
        request = waiting.pop(0)
        if request.purpose is Purpose.DETAIL:
            details.append(request)
            continue
        known, page = len(crawl.entries), await _ask(crawl, request)
        if page:
            further = Document(page)
            found = _like(reading.platform, further)
            if request.purpose is Purpose.FEED and _is_whole(found, reading):
                waiting = [one for one in waiting if one.purpose is not Purpose.NEXT]
            waiting += [one for one in _take(crawl, further, found) if not _posts_again(one, request)]
            crawl.same = crawl.same + 1 if found.parishes and len(crawl.entries) == known else 0
        crawl.fruitless = 0 if len(crawl.entries) > known else crawl.fruitless + 1
        if crawl.same >= _SAME or crawl.fruitless >= (_FRUITLESS if crawl.entries else _HOPELESS):
            waiting = [one for one in waiting if one.purpose is not Purpose.NEXT]
    for request in details:
        told = any(entry.website for entry in crawl.entries.values() if entry.detail_url == request.url)
        if not told and (page := await _ask(crawl, request)):
            _fill_in(crawl, request.url, Document(page))


def _like(platform: str, document: Document) -> DirectoryReading:
    """A further page's reading: by the platform that read the list so far when it finds parishes, else the best."""
    found = readings(document)
    return next((one for one in found if one.platform == platform and one.parishes), found[0])


def _is_whole(feed: DirectoryReading, page: DirectoryReading) -> bool:
    """Whether a feed has all, and no less of each parish than the page that names it: then no next page is needed."""
    if len(feed.parishes) <= len(page.parishes) or feed.incomplete or feed.next:
        return False
    of_feed, of_page = (sum(map(completeness, one.parishes)) / max(1, len(one.parishes)) for one in (feed, page))
    return of_feed >= of_page - 0.1


def _posts_again(request: Request, before: Request) -> bool:
    """Whether the answer to a menu's option posts the menu's options once more, with another state of the page."""
    return request.body is not None and request.why == before.why == PART


async def _ask(crawl: _Crawl, request: Request) -> Page | None:
    """Fetch a page once; None when it was asked for before, cannot be had, or the bounds are reached."""
    key = f"{request.url} {request.body or ''}".strip() + (" in a browser" if request.browser else "")
    if key in crawl.asked:
        return None
    crawl.asked.add(key)
    crawl.pages += request.purpose is Purpose.NEXT
    crawl.frames += request.purpose is Purpose.FRAME
    if refusal := _refusal(crawl, request):
        crawl.routes.append(f"{request.url}: left, {refusal}")
        crawl.lacks = crawl.lacks or (refusal if request.purpose in {Purpose.NEXT, Purpose.FEED} else "")
        return None
    crawl.left -= 1
    answer = await crawl.fetch(request)
    if isinstance(answer, Outcome):
        crawl.routes.append(f"{request.purpose} {request.url}: {answer.reason}")
        if request.purpose is not Purpose.SITEMAP:
            crawl.failures.append(answer)
        if request.purpose is Purpose.NEXT and request.why != PART and not _GONE.search(answer.detail):
            crawl.lacks = crawl.lacks or f"{request.url} could not be had: {answer.reason}"
        return None
    crawl.asked.add(answer.url)
    if request.browser:
        crawl.routes.append(f"browser {request.url}: {request.why}")
        crawl.failures.clear()  # what a browser shows is what there is, whichever script could not be had
    return answer


def _refusal(crawl: _Crawl, request: Request) -> str:
    """Why a page is not asked for: a bound that is reached; empty when none is."""
    if request.purpose is Purpose.NEXT and crawl.pages > _MOST_PAGES:
        return f"the list goes on past {_MOST_PAGES} pages"
    if request.purpose is Purpose.FRAME and crawl.frames > _MOST_FRAMES:
        return f"frames lead on past {_MOST_FRAMES} frames"
    return "the requests for one directory are spent" if crawl.left <= 0 else ""


def _take(crawl: _Crawl, document: Document, reading: DirectoryReading) -> list[Request]:
    """Keep what a page holds, and return what it asks for. A page of a list that brings nothing new ends the list."""
    if document.page.route == "browser":
        reading = replace(reading, route=Route.BROWSER)
    crawl.routes.append(f"{reading.platform} {reading.route} {document.url}: {len(reading.parishes)} parishes")
    if crawl.claimed is None and not crawl.entries:
        crawl.claimed = reading.claimed
    new = _keep(crawl, reading.parishes)
    crawl.left_out += [row for row in reading.left_out if row not in crawl.left_out]
    crawl.lacks = crawl.lacks or reading.incomplete
    if new and crawl.source is None:
        crawl.source = document.page
    if crawl.best is None or (new and not crawl.best.parishes):
        crawl.best = reading
    ended = bool(reading.parishes) and not new
    return [request for request in reading.next if not (ended and request.purpose is Purpose.NEXT)]


def _keep(crawl: _Crawl, entries: Iterable[ParishEntry]) -> bool:
    """Add parishes to those known, each once; whether any of them is new."""
    known = len(crawl.entries)
    for entry in entries:
        key, site = identity(entry), host(entry.website or "")
        if (same := crawl.entries.get(key)) and site and same.website and host(same.website) != site:
            key = f"{key}|{site}"
        crawl.entries[key] = merge(crawl.entries[key], entry) if key in crawl.entries else entry
    return len(crawl.entries) > known


def _fill_in(crawl: _Crawl, url: str, document: Document) -> None:
    entry = entry_of(document)
    for key, one in crawl.entries.items():
        if entry and one.detail_url == url:
            crawl.entries[key] = merge(one, entry)


# --- the sitemap -----------------------------------------------------------------------------------------------------


def _seems_short(crawl: _Crawl, document: Document) -> bool:
    """Whether a sitemap may know of more parishes: the page claims more, stops at a round number, or tells none."""
    read_as_data = crawl.best is not None and crawl.best.parishes and crawl.best.route in {Route.FEED, Route.BLOB}
    if read_as_data or not document.url or crawl.left <= 0:
        return False
    count = len(crawl.entries)
    if not count:
        return is_about_parishes(document)
    if crawl.claimed is not None and crawl.claimed > count + len(crawl.left_out):
        return True
    details = [entry.detail_url for entry in crawl.entries.values() if entry.detail_url]
    return count in _ROUND and not crawl.pages and bool(common_section(details))


async def _fill_from_sitemap(crawl: _Crawl, document: Document) -> None:
    """Ask for the pages of the parishes that the list lacks, as the site's sitemap names them."""
    known = [entry.detail_url for entry in crawl.entries.values() if entry.detail_url]
    pages = await _pages_in_sitemap(crawl, document, known)
    missing = [url for url in pages if url not in known]
    if pages:
        crawl.routes.append(f"sitemap: {len(pages)} pages about a parish, {len(missing)} not in the list")
    for url in missing:
        page = await _ask(crawl, Request(url, Purpose.DETAIL, why="in the sitemap, not in the list"))
        entry = entry_of(Document(page)) if page else None
        if page and entry and (entry.street or entry.city or entry.phone or entry.website):
            _take(
                crawl, Document(page), DirectoryReading("detail_page", Route.DETAIL, (replace(entry, detail_url=url),))
            )
    if crawl.left <= 0 and len(pages) > len(crawl.entries):
        crawl.lacks = crawl.lacks or f"the sitemap names {len(pages)} pages about a parish"


async def _pages_in_sitemap(crawl: _Crawl, document: Document, known: list[str]) -> list[str]:
    """The pages about one parish each that the first sitemap names: robots.txt says where it is, or it is as usual."""
    asked, found = 0, dict[str, None]()
    for start in ("/robots.txt", *USUAL):
        waiting = [absolute(start, document.url) or ""]
        while waiting and asked < _MOST_SITEMAPS:
            asked += 1
            page = await _ask(crawl, Request(waiting.pop(0), Purpose.SITEMAP))
            if page:
                sitemap = Document(page)
                found |= dict.fromkeys(detail_pages(sitemap, known))
                waiting += sitemaps_in(sitemap)
        if found:
            break
    return list(found)


# --- the end ---------------------------------------------------------------------------------------------------------


def _end(crawl: _Crawl, document: Document) -> Collection:
    found = listing(crawl.entries.values())
    reading = crawl.best or readings(document)[0]
    reading = replace(
        reading,
        parishes=found.parishes,
        next=(),
        left_out=(*crawl.left_out, *found.left_out),
        claimed=crawl.claimed if crawl.claimed is None or crawl.claimed >= len(found.parishes) else None,
    )
    reading = replace(reading, incomplete=_incomplete(crawl, reading))
    outcome = _outcome(crawl, reading, document)
    source = crawl.source
    return Collection(reading, outcome, source.sha256 if source else "", source.url if source else "")


def _incomplete(crawl: _Crawl, reading: DirectoryReading) -> str:
    """Why the list is known to lack some, in one line; empty when nothing says so."""
    count, claimed = len(reading.parishes), reading.claimed or 0
    if count and claimed - count - len(reading.left_out) > max(_FEW, _SHARE * claimed):
        return f"the page speaks of {claimed} parishes, {count} were read"
    return crawl.lacks if count else ""


def _outcome(crawl: _Crawl, reading: DirectoryReading, document: Document) -> Outcome:
    routes = tuple(crawl.routes)
    if reading.parishes:
        lacks = f"; {reading.incomplete}" if reading.incomplete else ""
        return Outcome(Reason.OK, f"{len(reading.parishes)} parishes by {reading.platform}{lacks}", routes)
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
