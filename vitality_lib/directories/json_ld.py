"""schema.org data in a page (`<script type="application/ld+json">`): churches and places of worship with addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from vitality_lib.directories.names import sift
from vitality_lib.directories.paging import next_pages
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Route

_TYPES = frozenset({"CatholicChurch", "Church", "PlaceOfWorship"})
_MOST_NODES = 50_000


def recognise(document: Document) -> float:
    if document.kind is not Kind.HTML or "ld+json" not in document.text:
        return 0.0
    return 0.9 if sum(1 for _ in _churches(document)) > 1 else 0.0


def read(document: Document) -> DirectoryReading:
    entries = [entry for entry in (_entry(church, document.url) for church in _churches(document)) if entry]
    parishes, left_out = sift(entries)
    return DirectoryReading("json_ld", Route.BLOB, parishes, next_pages(document), left_out)


def _churches(document: Document) -> Iterator[dict[str, Any]]:
    for script in document.soup.find_all("script", type="application/ld+json", limit=500):
        try:
            waiting: list[Any] = [json.loads(script.get_text())]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                kinds = node.get("@type")
                if _TYPES & set(kinds if isinstance(kinds, list) else [kinds] if isinstance(kinds, str) else []):
                    yield node
                waiting += [v for key, v in node.items() if key in {"@graph", "itemListElement", "item", "mainEntity"}]


def _entry(church: dict[str, Any], base: str) -> ParishEntry | None:
    address = church.get("address")
    parts = address if isinstance(address, dict) else {}
    place = church.get("geo")
    geo = place if isinstance(place, dict) else {}
    same = church.get("sameAs")
    return clean_parish(
        church.get("name"),
        address=address if isinstance(address, str) else None,
        street=parts.get("streetAddress"),
        city=parts.get("addressLocality"),
        state=parts.get("addressRegion"),
        zip_=parts.get("postalCode"),
        phone=church.get("telephone"),
        email=church.get("email"),
        website=church.get("url") or (same[0] if isinstance(same, list) and same else same),
        latitude=geo.get("latitude"),
        longitude=geo.get("longitude"),
        detail_url=church.get("@id") or church.get("url"),
        base=base,
    )
