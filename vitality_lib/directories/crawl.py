"""A directory read whole: feeds, next pages, frames and detail pages are followed to the end, with a bound.

Pure in what it decides: the pages come through the `fetch` that is passed in.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from vitality_lib.directories.crawling.crawled import Crawl, Fetch, ask, fill_in, take
from vitality_lib.directories.crawling.from_sitemap import fill_from_sitemap, seems_short
from vitality_lib.directories.crawling.parts import PART
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.pieces.selected import read_pointed_out
from vitality_lib.directories.registry import completeness, readings
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, Outcome, Purpose, Reason, Request

Point = Callable[[Document], Awaitable[str | None]]
_SURE = 0.9  # a platform so sure of its page is asked for its feed before what stands in the page is believed
_NEARLY_ALL = 0.9  # of the parishes in the page: a feed that has fewer is not the whole
_SAME, _FRUITLESS = 3, 20  # pages in a row that bring the same parishes, or nothing: then a list has no more
_HOPELESS = 8  # pages in a row without a parish from the first on
_FEW, _SHARE = 3, 0.1  # a claim that is off by so few, or by this share, may count otherwise than we do


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


async def collect(document: Document, fetch: Fetch, most: int, point: Point | None = None) -> Collection:
    """Read a directory from its first page to its end, with at most `most` requests.

    Where the best reading of the first page leads to nothing (a feed that fails), the next best is followed; where the
    list seems short, the site's sitemap says which parishes it lacks. `point` names the element that repeats in a page
    that nobody could read; it is asked last.
    """
    crawl = Crawl(fetch, most, {document.url})
    found = _feeds_first(readings(document))
    in_page = max(len(reading.parishes) for reading in found)
    for reading in found:
        await _follow(crawl, document, reading)
        if len(crawl.entries) >= max(1, in_page * _NEARLY_ALL):
            break
    if not crawl.entries and point and (pointed := await read_pointed_out(document, point)):
        await _follow(crawl, document, pointed)
    if seems_short(crawl, document):
        await fill_from_sitemap(crawl, document)
    return _end(crawl, document)


def _feeds_first(found: Sequence[DirectoryReading]) -> list[DirectoryReading]:
    """The readings, those first that name the feed of a platform they are sure of: it has all, for one request."""
    return sorted(found, key=lambda one: not (one.sure >= _SURE and not one.parishes and _names_feed(one)))


def _names_feed(reading: DirectoryReading) -> bool:
    return any(request.purpose is Purpose.FEED for request in reading.next)


async def _follow(crawl: Crawl, document: Document, reading: DirectoryReading) -> None:
    """Keep what a reading holds, then all that it leads to: the pages of the list first, details after them."""
    waiting, details = take(crawl, document, reading), []
    while waiting:
        request = waiting.pop(0)
        if request.purpose is Purpose.DETAIL:
            details.append(request)
            continue
        known, page = len(crawl.entries), await ask(crawl, request)
        if page:
            further = Document(page)
            found = _like(reading.platform, further)
            if request.purpose is Purpose.FEED and (broken := _why_unreadable(further)):
                crawl.failures.append(Outcome(Reason.UNREADABLE, f"{further.url}: {broken}"))
            if request.purpose is Purpose.FEED and _is_whole(found, reading):
                waiting = [one for one in waiting if one.purpose is not Purpose.NEXT]
            waiting += [one for one in take(crawl, further, found) if not _posts_again(one, request)]
            crawl.same = crawl.same + 1 if found.parishes and len(crawl.entries) == known else 0
        crawl.fruitless = 0 if len(crawl.entries) > known else crawl.fruitless + 1
        if crawl.same >= _SAME or crawl.fruitless >= (_FRUITLESS if crawl.entries else _HOPELESS):
            waiting = [one for one in waiting if one.purpose is not Purpose.NEXT]
    for request in details:
        told = any(entry.website for entry in crawl.entries.values() if entry.detail_url == request.url)
        if not told and (page := await ask(crawl, request)):
            fill_in(crawl, request.url, Document(page))


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


# --- the end ---------------------------------------------------------------------------------------------------------


def _end(crawl: Crawl, document: Document) -> Collection:
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


def _incomplete(crawl: Crawl, reading: DirectoryReading) -> str:
    """Why the list is known to lack some, in one line; empty when nothing says so."""
    count, claimed = len(reading.parishes), reading.claimed or 0
    if count and claimed - count - len(reading.left_out) > max(_FEW, _SHARE * claimed):
        return f"the page speaks of {claimed} parishes, {count} were read"
    return crawl.lacks if count else ""


def _outcome(crawl: Crawl, reading: DirectoryReading, document: Document) -> Outcome:
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
