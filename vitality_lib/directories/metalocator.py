"""MetaLocator (hosted locator): `code.metalocator.com/webapi/api/search/?Itemid={id}` gives all; the page names the id.

Its `link` is the location's own website.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.data.feed import at, entry_by_keys, jsonp, rows, with_description
from vitality_lib.directories.data.hosted import HostedLocator
from vitality_lib.document import Document
from vitality_lib.models import ParishEntry

_KEY = re.compile(
    r"(?:metalocator\.com/[^\"'\s<>]{0,600}?[?&;]Itemid=|\bml___Itemid[\"']?\s*[=:]\s*[\"']?)(\d{1,9})", re.I
)
_FEED = "https://code.metalocator.com/webapi/api/search/?Itemid={}&limit=100000"


def _locations(document: Document) -> list[dict[str, Any]]:
    data = jsonp(document)
    listed = at(data, "results") or data
    return rows(listed, "name", "address", "postalcode") or rows(listed, "name", "address", "address2", "lat", "lng")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    website = row.get("website") or row.get("url") or row.get("link")
    values = {key: value for key, value in row.items() if key not in {"link", "website", "url"}}
    return with_description(entry_by_keys({**values, "website": website}, base), row.get("description"), base)


_SERVICE = HostedLocator("metalocator", "itemid", _KEY, _FEED, _locations, _entry, sure=0.9)
recognise, read = _SERVICE.recognise, _SERVICE.read
