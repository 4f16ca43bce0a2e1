"""What the crawl of one directory has seen so far: the pages asked for, the parishes known, and what was in the way."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace

from vitality_lib.directories.crawling.parts import PART
from vitality_lib.directories.detail_page import entry_of
from vitality_lib.directories.parish.listing import merge
from vitality_lib.directories.parish.names import identity
from vitality_lib.document import Document
from vitality_lib.hyperlinks import host
from vitality_lib.models import DirectoryReading, LeftOut, Outcome, Page, ParishEntry, Purpose, Request, Route

Fetch = Callable[[Request], Awaitable[Page | Outcome]]
_MOST_PAGES = 100  # pages of a list that go on
_MOST_FRAMES = 5  # frames, and frames in frames
_GONE = re.compile(r"\b4(?:04|10)\b")


@dataclass
class Crawl:
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


async def ask(crawl: Crawl, request: Request) -> Page | None:
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
    if request.browser:
        crawl.routes.append(f"browser {request.url}: {request.why or 'only a script fills the page'}")
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
        crawl.failures.clear()  # what a browser shows is what there is, whichever script could not be had
    return answer


def _refusal(crawl: Crawl, request: Request) -> str:
    """Why a page is not asked for: a bound that is reached; empty when none is."""
    if request.purpose is Purpose.NEXT and crawl.pages > _MOST_PAGES:
        return f"the list goes on past {_MOST_PAGES} pages"
    if request.purpose is Purpose.FRAME and crawl.frames > _MOST_FRAMES:
        return f"frames lead on past {_MOST_FRAMES} frames"
    return "the requests for one directory are spent" if crawl.left <= 0 else ""


def take(crawl: Crawl, document: Document, reading: DirectoryReading) -> list[Request]:
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


def _keep(crawl: Crawl, entries: Iterable[ParishEntry]) -> bool:
    """Add parishes to those known, each once; whether any of them is new."""
    known = len(crawl.entries)
    for entry in entries:
        key, site = identity(entry), host(entry.website or "")
        if (same := crawl.entries.get(key)) and site and same.website and host(same.website) != site:
            key = f"{key}|{site}"
        crawl.entries[key] = merge(crawl.entries[key], entry) if key in crawl.entries else entry
    return len(crawl.entries) > known


def fill_in(crawl: Crawl, url: str, document: Document) -> None:
    entry = entry_of(document)
    for key, one in crawl.entries.items():
        if entry and one.detail_url == url:
            crawl.entries[key] = merge(one, entry)
