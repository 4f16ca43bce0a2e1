"""Storepoint (hosted locator, API v1): `api.storepoint.co/v1/{key}/locations` gives all; the page names the key.

The address is one text. Its tags are the site's own: regions, deaneries, or what kind of place it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.data.feed import at, feed_reading, jsonp, named_feeds, rows, with_description
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry

_KEY = re.compile(
    r"""(?:storepoint\.co/(?:api/v\d/js/|v\d/)|data-map-id\s*=\s*["']?|StorepointWidget\(\s*["'])([A-Za-z0-9]{8,40})"""
)
_FEED = "https://api.storepoint.co/v1/{}/locations"


def recognise(document: Document) -> float:
    if _locations(document):
        return 1.0
    is_page = document.kind is Kind.HTML and "storepoint" in document.text
    return 0.9 if is_page and _KEY.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    found = _locations(document)
    if not found:
        return named_feeds("storepoint", document, _KEY, _FEED)
    return feed_reading("storepoint", found, lambda row: _entry(row, document.url))


def _locations(document: Document) -> list[dict[str, Any]]:
    return rows(at(jsonp(document), "results", "locations"), "name", "streetaddress")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    entry = clean_parish(
        row["name"],
        address=row["streetaddress"],
        phone=row.get("phone"),
        email=row.get("email"),
        website=row.get("website"),
        latitude=row.get("loc_lat"),
        longitude=row.get("loc_long"),
        base=base,
    )
    return with_description(entry, row.get("description"), base)
