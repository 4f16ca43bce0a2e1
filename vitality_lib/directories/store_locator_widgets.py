"""Store Locator Widgets (hosted locator): `cdn.storelocatorwidgets.com/json/{key}` gives all as JSONP, `slw({...})`;
the page names the key.
"""

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

_SIGN = "storelocatorwidgets.com"
_KEY = re.compile(r"""(?:data-uid\s*=\s*["']?|storelocatorwidgets\.com/json/)([A-Za-z0-9]{8,64})""", re.I)
_FEED = "https://cdn.storelocatorwidgets.com/json/{}"


def recognise(document: Document) -> float:
    if _stores(document):
        return 1.0
    is_page = document.kind is Kind.HTML and _SIGN in document.text
    return 0.9 if is_page and _KEY.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    found = _stores(document)
    if not found:
        return named_feeds("store_locator_widgets", document, _KEY, _FEED)
    return feed_reading("store_locator_widgets", found, lambda row: _entry(row, document.url))


def _stores(document: Document) -> list[dict[str, Any]]:
    found = rows(at(jsonp(document), "stores"), "name", "data")
    return [row for row in found if isinstance(row["data"], dict)]


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    data = {**row["data"], "name": row["name"]}
    entry = entry_by_keys(data, base, data.get("map_lat"), data.get("map_lng"))
    return with_description(entry, data.get("description"), base)
