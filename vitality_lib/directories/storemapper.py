"""Storemapper (hosted locator, widget 3): `.../api/users/{id}/stores.js` gives all, bare or as JSONP; the page names
the id.
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
    r"""(?:data-storemapper-id["']?\s*[=,]\s*["']?|storemapper[\w.-]{0,60}/api/users/)(\d{1,9}(?:-\w{1,40})?)""", re.I
)
_FEED = "https://storemapper-herokuapp-com.global.ssl.fastly.net/api/users/{}/stores.js"


def _stores(document: Document) -> list[dict[str, Any]]:
    return rows(at(jsonp(document), "stores"), "name", "address")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    return with_description(entry_by_keys(row, base), row.get("description"), base)


_SERVICE = HostedLocator("storemapper", "storemapper", _KEY, _FEED, _stores, _entry)
recognise, read = _SERVICE.recognise, _SERVICE.read
