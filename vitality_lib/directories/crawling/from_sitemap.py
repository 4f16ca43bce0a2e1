"""The parishes that a list lacks, by the site's own sitemap: a page about each."""

from __future__ import annotations

from dataclasses import replace

from vitality_lib.directories.crawling.crawled import Crawl, ask, take
from vitality_lib.directories.crawling.sitemaps import USUAL, common_section, detail_pages, sitemaps_in
from vitality_lib.directories.crawling.subject import is_about_parishes
from vitality_lib.directories.detail_page import entry_of
from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import DirectoryReading, Purpose, Request, Route

_MOST_SITEMAPS = 8
_ROUND = frozenset({10, 12, 15, 20, 24, 25, 30, 50, 100})  # so many rows may be a page of a list that goes on


def seems_short(crawl: Crawl, document: Document) -> bool:
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


async def fill_from_sitemap(crawl: Crawl, document: Document) -> None:
    """Ask for the pages of the parishes that the list lacks, as the site's sitemap names them."""
    known = [entry.detail_url for entry in crawl.entries.values() if entry.detail_url]
    pages = await _pages_in_sitemap(crawl, document, known)
    missing = [url for url in pages if url not in known]
    if pages:
        crawl.routes.append(f"sitemap: {len(pages)} pages about a parish, {len(missing)} not in the list")
    for url in missing:
        page = await ask(crawl, Request(url, Purpose.DETAIL, why="in the sitemap, not in the list"))
        entry = entry_of(Document(page)) if page else None
        if page and entry and (entry.street or entry.city or entry.phone or entry.website):
            take(
                crawl, Document(page), DirectoryReading("detail_page", Route.DETAIL, (replace(entry, detail_url=url),))
            )
    if crawl.left <= 0 and len(pages) > len(crawl.entries):
        crawl.lacks = crawl.lacks or f"the sitemap names {len(pages)} pages about a parish"


async def _pages_in_sitemap(crawl: Crawl, document: Document, known: list[str]) -> list[str]:
    """The pages about one parish each that the first sitemap names: robots.txt says where it is, or it is as usual."""
    asked, found = 0, dict[str, None]()
    for start in ("/robots.txt", *USUAL):
        waiting = [absolute(start, document.url) or ""]
        while waiting and asked < _MOST_SITEMAPS:
            asked += 1
            page = await ask(crawl, Request(waiting.pop(0), Purpose.SITEMAP))
            if page:
                sitemap = Document(page)
                found |= dict.fromkeys(detail_pages(sitemap, known))
                waiting += sitemaps_in(sitemap)
        if found:
            break
    return list(found)
