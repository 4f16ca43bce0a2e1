"""eCatholic parish finder (hosted, as of 2025; path `/parishfinder`): all sites as `li.site` under categories.

Only categories of parishes and missions are read; schools and cemeteries have categories of their own. Where the list
is filled by script (none, or a template without names), the page is asked for again with a browser.
"""

from __future__ import annotations

import re

from vitality_lib.directories import markup
from vitality_lib.directories.listing import listing
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, LeftOut, ParishEntry, Purpose, Request, Route

_OTHERS = re.compile(r"school|cemeter|office|universit|hospital|charit|convent|retreat|camp|ministr|institution", re.I)


def recognise(document: Document) -> float:
    if document.kind is not Kind.HTML:
        return 0.0
    if any(site.get("data-latitude") for site in _sites(document)):
        return 1.0
    finder = "parishfinder" in document.url.lower() or markup.found(document.tree, "//*[@id='parishFinder']")
    return 0.8 if finder and "ecatholic" in document.text.lower() else 0.0


def read(document: Document) -> DirectoryReading:
    sites = [site for site in _sites(document) if _name(site)]
    above = _categories(document)
    other = {site: kind for site in sites if _OTHERS.search(kind := above.get(site, ""))}
    others = tuple(LeftOut(_name(site), f"listed under {kind}") for site, kind in other.items())
    found = listing(_entry(site, document.url) for site in sites if site not in other)
    again = Request(document.url, Purpose.BROWSER, why="the finder's list is filled by script")
    following = (again,) if document.url and not sites and document.page.route != "browser" else ()
    return DirectoryReading("ecatholic", Route.BLOB, found.parishes, following, (*others, *found.left_out))


def _sites(document: Document) -> list[markup.Element]:
    return markup.by_class(document.tree, "site", tag="li")


def _categories(document: Document) -> dict[markup.Element, str]:
    """The category of each site: the name that its category has, else the last one before it in the page."""
    found, last = dict[markup.Element, str](), ""
    for node in markup.by_class(document.tree, "category", "categoryName", "site"):
        names = markup.classes(node)
        if "site" in names:
            found[node] = last
        else:
            last = markup.text(node) if "categoryName" in names else ""
    return found


def _name(site: markup.Element) -> str:
    return markup.text(markup.first_by_class(site, "name"))


def _entry(site: markup.Element, base: str) -> ParishEntry | None:
    def said(name: str) -> str:
        found = markup.first_by_class(site, name)
        return "" if found is None else "\n".join(markup.lines(found))

    def href(name: str) -> str | None:
        link = markup.first_by_class(site, name, tag="a")
        return None if link is None else link.get("href")

    return clean_parish(
        _name(site),
        address=said("address"),
        city=said("city"),
        phone=said("phone"),
        email=href("email"),
        website=href("urlLink"),
        pastor=said("details"),
        latitude=site.get("data-latitude"),
        longitude=site.get("data-longitude"),
        base=base,
    )
