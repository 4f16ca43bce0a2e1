"""StoreRocket (hosted locator): `storerocket.io/api/user/{id}/locations` gives all; the page names the id.

What a site adds of its own stands under `fields`.
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
    r"""(?:data-storerocket-(?:id|account)\s*=\s*["']?|storerocket\.io/(?:api/user|store-?locator)/"""
    r"""|(?:StoreRocket\.init\(\s*\{|storerocket-store-locator["'])[^{}]{0,400}?\b(?:project|account|id)["']?\s*:\s*["'])([A-Za-z0-9]{4,40})""",
    re.I,
)
_FEED = "https://storerocket.io/api/user/{}/locations"


def _locations(document: Document) -> list[dict[str, Any]]:
    found = rows(at(jsonp(document), "results", "locations"), "name")
    return [row for row in found if "streetaddress" not in row]  # those are Storepoint's


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    own = {str(one["name"]): one.get("value") for one in rows(row.get("fields"), "name")}
    return with_description(entry_by_keys({**row, **own, "name": row["name"]}, base), row.get("description"), base)


_SERVICE = HostedLocator("storerocket", "storerocket", _KEY, _FEED, _locations, _entry)
recognise, read = _SERVICE.recognise, _SERVICE.read
