"""schema.org data in a page (`<script type="application/ld+json">`, JSON-LD 1.1): churches with their addresses.

A church is told by its type; in an `ItemList` any kind of organisation or place with an address is one of the list.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from vitality_lib.directories.crawling.paging import next_pages
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import website
from vitality_lib.models import DirectoryReading, ParishEntry, Route

_CHURCHES = frozenset({"CatholicChurch", "Church", "PlaceOfWorship"})
_PLACES = frozenset({"Place", "LocalBusiness", "Organization", "ReligiousOrganization", "CivicStructure", "NGO"})
_INSIDE = ("@graph", "itemListElement", "item", "mainEntity", "hasPart", "subOrganization", "department", "location")
_MOST_SCRIPTS, _MOST_NODES = 3000, 50_000


def recognise(document: Document) -> float:
    if document.kind is not Kind.HTML or "ld+json" not in document.text:
        return 0.0
    return 0.9 if len(churches(document)) > 1 else 0.0


def read(document: Document) -> DirectoryReading:
    found = listing(entry_of(church, document.url) for church in churches(document))
    return DirectoryReading("json_ld", Route.BLOB, found.parishes, next_pages(document), found.left_out)


def churches(document: Document) -> list[dict[str, Any]]:
    """The nodes that describe a church, in the order of the page."""
    scripts = markup.found(document.tree, "//script[contains(@type, 'ld+json')]")[:_MOST_SCRIPTS]
    return [node for script in scripts for node in _nodes(_data(script.text or ""))]


def entry_of(church: dict[str, Any], base: str) -> ParishEntry | None:
    """The parish that a node describes."""
    address = _first(church.get("address"))
    parts = address if isinstance(address, dict) else {}
    geo = _first(church.get("geo"))
    point = geo if isinstance(geo, dict) else {}
    contacts = _first(church.get("contactPoint"))
    contact = contacts if isinstance(contacts, dict) else {}
    pages = [page for page in (church.get("url"), *_all(church.get("sameAs"))) if isinstance(page, str)]
    own = next((page for page in pages if website(page, base)), None)
    return clean_parish(
        church.get("name"),
        address=address if isinstance(address, str) else None,
        street=parts.get("streetAddress"),
        city=parts.get("addressLocality"),
        state=parts.get("addressRegion"),
        zip=parts.get("postalCode"),
        phone=_first(church.get("telephone")) or contact.get("telephone"),
        email=_first(church.get("email")) or contact.get("email"),
        website=own,
        latitude=point.get("latitude"),
        longitude=point.get("longitude"),
        detail_url=next((page for page in pages if page == church.get("url") != own), None),
        base=base,
    )


def _data(script: str) -> Any:
    """The script as JSON, or None: one that is broken must not hide the others."""
    bare = re.sub(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$", "", script)
    try:
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    waiting: deque[tuple[Any, bool]] = deque([(data, False)])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node, listed = waiting.popleft()
        if isinstance(node, list):
            waiting.extend((one, listed) for one in node)
        elif isinstance(node, dict):
            kinds = {kind for kind in _all(node.get("@type")) if isinstance(kind, str)}
            if kinds & _CHURCHES or (listed and kinds & _PLACES and node.get("address")):
                yield node
            in_list = listed or "ItemList" in kinds
            waiting.extend((node[key], in_list) for key in _INSIDE if key in node)


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    return next(iter(_all(value)), None)
