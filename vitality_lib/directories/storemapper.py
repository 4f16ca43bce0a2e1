"""Storemapper (hosted locator, widget 3): `.../api/users/{id}/stores.js` gives all, bare or as JSONP; the page names
the id.
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

_KEY = re.compile(
    r"""(?:data-storemapper-id["']?\s*[=,]\s*["']?|storemapper[\w.-]{0,60}/api/users/)(\d{1,9}(?:-\w{1,40})?)""", re.I
)
_FEED = "https://storemapper-herokuapp-com.global.ssl.fastly.net/api/users/{}/stores.js"


def recognise(document: Document) -> float:
    if _stores(document):
        return 1.0
    return 0.9 if document.kind is Kind.HTML and _KEY.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    found = _stores(document)
    if not found:
        return named_feeds("storemapper", document, _KEY, _FEED)
    return feed_reading("storemapper", found, lambda row: _entry(row, document.url))


def _stores(document: Document) -> list[dict[str, Any]]:
    return rows(at(jsonp(document), "stores"), "name", "address")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    return with_description(entry_by_keys(row, base), row.get("description"), base)
