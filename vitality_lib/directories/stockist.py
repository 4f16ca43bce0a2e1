"""Stockist (hosted locator, API v1): `stockist.co/api/v1/{key}/locations/all` gives all; the page names the key.

A site may have switched that off: then its search answers, with the nearest locations only. What a site adds of its own
stands under `custom_fields`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.data.feed import at, entry_by_keys, jsonp, rows, with_description
from vitality_lib.directories.data.hosted import HostedLocator
from vitality_lib.document import Document
from vitality_lib.models import ParishEntry

_KEY = re.compile(r"""(?:data-stockist-widget-tag\s*=\s*["']?|stockist\.co/api/v1/)([A-Za-z0-9_-]{2,40})""", re.I)
_FEED = "https://stockist.co/api/v1/{}/locations/all"
_NEAREST = "this is the answer to a search: it gives the nearest locations only"


def _incomplete(document: Document) -> str:
    return _NEAREST if isinstance(jsonp(document), dict) else ""


def _locations(document: Document) -> list[dict[str, Any]]:
    data = jsonp(document)
    return rows(at(data, "locations") or data, "name", "address_line_1")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    own = {str(one["name"]): one.get("value") for one in rows(row.get("custom_fields"), "name")}
    return with_description(entry_by_keys({**row, **own, "name": row["name"]}, base), row.get("description"), base)


_SERVICE = HostedLocator("stockist", "stockist", _KEY, _FEED, _locations, _entry, incomplete=_incomplete)
recognise, read = _SERVICE.recognise, _SERVICE.read
