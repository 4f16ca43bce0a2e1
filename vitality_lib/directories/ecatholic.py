"""eCatholic parish finder (path `/parishfinder`): all sites as `li.site` under categories, in the page itself.

Only categories of parishes and missions are read; schools and cemeteries have categories of their own.
"""

from __future__ import annotations

import re

from bs4 import Tag

from vitality_lib.directories.names import sift
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_OTHERS = re.compile(r"school|cemeter|office|universit|hospital|charit|convent|retreat|camp", re.I)


def recognise(document: Document) -> float:
    if document.kind is not Kind.HTML:
        return 0.0
    if document.soup.select_one("li.site[data-latitude]"):
        return 1.0
    finder = (
        "parishfinder" in document.url.lower() or document.soup.select_one("#parishFinder, #parishfinder") is not None
    )
    return 0.8 if finder and "ecatholic" in document.text.lower() else 0.0


def read(document: Document) -> DirectoryReading:
    sites = [site for site in document.soup.select("li.site") if not _OTHERS.search(_category(site))]
    parishes, left_out = sift([entry for entry in (_entry(site, document.url) for site in sites) if entry])
    again = () if sites else (Request(document.url, Purpose.BROWSER, why="the finder's list is filled by script"),)
    return DirectoryReading("ecatholic", Route.BLOB, parishes, again if document.url else (), left_out)


def _category(site: Tag) -> str:
    above = site.find_parent(class_="category") or site.find_parent(["div", "section", "ul"])
    name = above.find(class_="categoryName") if above else None
    return name.get_text(" ", strip=True) if name else ""


def _entry(site: Tag, base: str) -> ParishEntry | None:
    def text(selector: str) -> str | None:
        found = site.select_one(selector)
        return found.get_text(" ", strip=True) if found else None

    link, email = site.select_one("a.urlLink[href]"), site.select_one("a.email[href]")
    return clean_parish(
        text(".name"),
        address=text(".address"),
        city=text(":scope > .city"),
        phone=text(".phone"),
        email=email["href"] if email else None,
        website=link["href"] if link else None,
        pastor=text(".details"),
        latitude=site.get("data-latitude"),
        longitude=site.get("data-longitude"),
        base=base,
    )
