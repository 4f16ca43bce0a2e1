"""Store Locator Widgets (hosted locator): `cdn.storelocatorwidgets.com/json/{key}` gives all as JSONP, `slw({...})`;
the page names the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.data.feed import at, entry_by_keys, jsonp, rows, with_description
from vitality_lib.directories.data.hosted import HostedLocator
from vitality_lib.document import Document
from vitality_lib.models import ParishEntry

_KEY = re.compile(r"""(?:data-uid\s*=\s*["']?|storelocatorwidgets\.com/json/)([A-Za-z0-9]{8,64})""", re.I)
_FEED = "https://cdn.storelocatorwidgets.com/json/{}"


def _stores(document: Document) -> list[dict[str, Any]]:
    found = rows(at(jsonp(document), "stores"), "name", "data")
    return [row for row in found if isinstance(row["data"], dict)]


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    data = {**row["data"], "name": row["name"]}
    entry = entry_by_keys(data, base, data.get("map_lat"), data.get("map_lng"))
    return with_description(entry, data.get("description"), base)


_SERVICE = HostedLocator("store_locator_widgets", "storelocatorwidgets.com", _KEY, _FEED, _stores, _entry)
recognise, read = _SERVICE.recognise, _SERVICE.read
