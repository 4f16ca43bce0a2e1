"""Closeby (hosted locator): `www.closeby.co/embed/{key}/locations` gives all; the page names the key, 32 hex digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.data.feed import (
    at,
    entry_by_keys,
    feed_reading,
    jsonp,
    named_feeds,
    rows,
    with_description,
)
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry

_KEY = re.compile(r"""(?:closeby\.co/(?:embed|map)/|\bmapKey["']?\s*[:=]\s*["'])([0-9a-f]{32})\b""", re.I)
_FEED = "https://www.closeby.co/embed/{}/locations"


def recognise(document: Document) -> float:
    if _locations(document):
        return 1.0
    is_page = document.kind is Kind.HTML and "closeby" in document.text
    return 0.9 if is_page and _KEY.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    found = _locations(document)
    if not found:
        return named_feeds("closeby", document, _KEY, _FEED)
    limited = at(jsonp(document), "is_limited_results") is True
    incomplete = "the feed says that it is limited" if limited else ""
    return feed_reading("closeby", found, lambda row: _entry(row, document.url), incomplete=incomplete)


def _locations(document: Document) -> list[dict[str, Any]]:
    listed = at(jsonp(document), "locations")
    return rows(listed, "address_full") or rows(listed, "title", "geometry") or rows(listed, "name", "geometry")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    point = at(row, "geometry", "coordinates")
    east, north = point[:2] if isinstance(point, list) and len(point) > 1 else (None, None)
    return with_description(entry_by_keys(row, base, north, east), row.get("description"), base)
