"""Storepoint (hosted locator, API v1): `api.storepoint.co/v1/{key}/locations` gives all; the page names the key.

The address is one text. Its tags are the site's own: regions, deaneries, or what kind of place it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vitality_lib.directories.data.feed import at, jsonp, rows, with_description
from vitality_lib.directories.data.hosted import HostedLocator
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.document import Document
from vitality_lib.models import ParishEntry

_KEY = re.compile(
    r"""(?:storepoint\.co/(?:api/v\d/js/|v\d/)|data-map-id\s*=\s*["']?|StorepointWidget\(\s*["'])([A-Za-z0-9]{8,40})"""
)
_FEED = "https://api.storepoint.co/v1/{}/locations"


def _locations(document: Document) -> list[dict[str, Any]]:
    return rows(at(jsonp(document), "results", "locations"), "name", "streetaddress")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    entry = clean_parish(
        row["name"],
        address=row["streetaddress"],
        phone=row.get("phone"),
        email=row.get("email"),
        website=row.get("website"),
        latitude=row.get("loc_lat"),
        longitude=row.get("loc_long"),
        base=base,
    )
    return with_description(entry, row.get("description"), base)


_SERVICE = HostedLocator("storepoint", "storepoint", _KEY, _FEED, _locations, _entry)
recognise, read = _SERVICE.recognise, _SERVICE.read
