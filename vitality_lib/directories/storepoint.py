"""Storepoint (hosted locator, API v1): `api.storepoint.co/v1/{key}/locations` gives all; the page names the key."""

from __future__ import annotations

import re
from typing import Any

from vitality_lib.directories.feed import at, rows
from vitality_lib.directories.listing import listing
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_KEY = re.compile(r"""(?:storepoint\.co/(?:api/v1/js/|v1/)|data-map-id=["'])([A-Za-z0-9]{8,40})""")


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if _locations(document) else 0.0
    return 0.9 if document.kind is Kind.HTML and "storepoint" in document.text and _KEY.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        found = listing(_entry(row, document.url) for row in _locations(document))
        return DirectoryReading("storepoint", Route.FEED, found.parishes, left_out=found.left_out)
    keys = dict.fromkeys(match[1] for match in _KEY.finditer(document.text))
    asks = tuple(Request(f"https://api.storepoint.co/v1/{key}/locations", Purpose.FEED) for key in list(keys)[:2])
    return DirectoryReading("storepoint", Route.FEED, next=asks)


def _locations(document: Document) -> list[dict[str, Any]]:
    return rows(at(document.json, "results", "locations"), "name", "streetaddress")


def _entry(row: dict[str, Any], base: str) -> ParishEntry | None:
    return clean_parish(
        row["name"],
        address=row["streetaddress"],
        phone=row.get("phone"),
        email=row.get("email"),
        website=row.get("website"),
        latitude=row.get("loc_lat"),
        longitude=row.get("loc_long"),
        base=base,
    )
