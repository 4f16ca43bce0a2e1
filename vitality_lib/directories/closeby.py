"""Closeby (hosted locator): `www.closeby.co/embed/{key}/locations` gives all; the page names the key, 32 hex digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.data.feed import at, entry_by_keys, jsonp, rows, with_description
from vitality_lib.directories.data.hosted import HostedLocator
from vitality_lib.document import Document
from vitality_lib.models import ParishEntry

_KEY = re.compile(r"""(?:closeby\.co/(?:embed|map)/|\bmapKey["']?\s*[:=]\s*["'])([0-9a-f]{32})\b""", re.I)
_FEED = "https://www.closeby.co/embed/{}/locations"


def _incomplete(document: Document) -> str:
    return "the feed says that it is limited" if at(jsonp(document), "is_limited_results") is True else ""


def _locations(document: Document) -> list[dict[str, Any]]:
    listed = at(jsonp(document), "locations")
    return rows(listed, "address_full") or rows(listed, "title", "geometry") or rows(listed, "name", "geometry")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    point = at(row, "geometry", "coordinates")
    east, north = point[:2] if isinstance(point, list) and len(point) > 1 else (None, None)
    return with_description(entry_by_keys(row, base, north, east), row.get("description"), base)


_SERVICE = HostedLocator("closeby", "closeby", _KEY, _FEED, _locations, _entry, incomplete=_incomplete)
recognise, read = _SERVICE.recognise, _SERVICE.read
