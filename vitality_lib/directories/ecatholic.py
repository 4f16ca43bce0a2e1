"""eCatholic parish finder (hosted, as of 2025; path `/parishfinder`): `li.site` under categories, schools apart.

Where a script fills the list, the page is asked for again with a browser.
"""

from __future__ import annotations

import re

from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, LeftOut, ParishEntry, Purpose, Request, Route

_OTHERS = re.compile(r"school|cemeter|office|universit|hospital|charit|convent|retreat|camp|ministr|institution", re.I)
_FIELDS = {"address": "address", "city": "city", "phone": "phone", "details": "pastor"}  # class of a text: field
_LINKS = {"email": "email", "urlLink": "website"}  # class of a link: field


def recognise(document: Document) -> float:
    if document.kind is Kind.HTML and markup.found(document.tree, "//li[contains(@class, 'site')][@data-latitude]"):
        return 1.0
    named = "parishfinder" in document.url.lower() or markup.found(document.tree, "//*[@id='parishFinder']")
    return 0.8 if document.kind is Kind.HTML and named and "ecatholic" in document.folded else 0.0


def read(document: Document) -> DirectoryReading:
    sites = {site: why for site, why in _sites(document).items() if _name(site)}
    others = tuple(LeftOut(_name(site), why) for site, why in sites.items() if why)
    found = listing(_entry(site, document.url) for site, why in sites.items() if not why)
    again = Request(document.url, Purpose.BROWSER, why="the finder's list is filled by script")
    following = (again,) if document.url and not sites and document.page.route != "browser" else ()
    return DirectoryReading("ecatholic", Route.BLOB, found.parishes, following, (*others, *found.left_out))


def _sites(document: Document) -> dict[markup.Element, str]:
    """The sites, and why each is no parish by its category: the one it stands in, else the last one before it."""
    found, category = dict[markup.Element, str](), ""
    for node in markup.by_class(document.tree, "category", "categoryName", "site"):
        names = markup.classes(node)
        if node.tag == "li" and "site" in names:
            found[node] = f"listed under {category}" if _OTHERS.search(category) else ""
        else:
            category = markup.text(node) if "categoryName" in names else ""
    return found


def _name(site: markup.Element) -> str:
    return markup.text(markup.first_by_class(site, "name"))


def _entry(site: markup.Element, base: str) -> ParishEntry | None:
    texts = {field: markup.first_by_class(site, name) for name, field in _FIELDS.items()}
    links = {field: markup.first_by_class(site, name, tag="a") for name, field in _LINKS.items()}
    said = {field: "\n".join(markup.lines(node)) for field, node in texts.items() if node is not None}
    said |= {field: str(node.get("href") or "") for field, node in links.items() if node is not None}
    said |= {field: str(site.get(f"data-{field}") or "") for field in ("latitude", "longitude")}
    return clean_parish(_name(site), **said, base=base)
