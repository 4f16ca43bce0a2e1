"""MetaLocator (hosted locator): `code.metalocator.com/webapi/api/search/?Itemid={id}` gives all; the page names the id.

Its `link` is the location's own website.
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
    r"(?:metalocator\.com/[^\"'\s<>]{0,600}?[?&;]Itemid=|\bml___Itemid[\"']?\s*[=:]\s*[\"']?)(\d{1,9})", re.I
)
_FEED = "https://code.metalocator.com/webapi/api/search/?Itemid={}&limit=100000"


def recognise(document: Document) -> float:
    if _locations(document):
        return 0.9
    return 0.9 if document.kind is Kind.HTML and _KEY.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    found = _locations(document)
    if not found:
        return named_feeds("metalocator", document, _KEY, _FEED)
    return feed_reading("metalocator", found, lambda row: _entry(row, document.url))


def _locations(document: Document) -> list[dict[str, Any]]:
    data = jsonp(document)
    listed = at(data, "results") or data
    return rows(listed, "name", "address", "postalcode") or rows(listed, "name", "address", "address2", "lat", "lng")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    website = row.get("website") or row.get("url") or row.get("link")
    values = {key: value for key, value in row.items() if key not in {"link", "website", "url"}}
    return with_description(entry_by_keys({**values, "website": website}, base), row.get("description"), base)
