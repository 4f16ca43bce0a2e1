"""Storepoint (hosted locator): `api.storepoint.co/v1/{key}/locations` gives all locations; the page names the key."""

from __future__ import annotations

import re
from typing import Any

from vitality_lib.directories.feed import at, rows
from vitality_lib.directories.names import sift
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_KEY = re.compile(r"""(?:storepoint\.co/(?:api/v1/js/|v1/)|data-map-id=["'])([A-Za-z0-9]{8,40})""")


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if rows(at(document.json, "results", "locations"), "name", "streetaddress") else 0.0
    return 0.9 if document.kind is Kind.HTML and "storepoint" in document.text and _KEY.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        found = rows(at(document.json, "results", "locations"), "name", "streetaddress")
        parishes, left_out = sift([entry for entry in (_entry(row, document.url) for row in found) if entry])
        return DirectoryReading("storepoint", Route.FEED, parishes, (), left_out)
    match = _KEY.search(document.text)
    feed = f"https://api.storepoint.co/v1/{match.group(1)}/locations" if match else ""
    return DirectoryReading("storepoint", Route.FEED, (), (Request(feed, Purpose.FEED),) if feed else ())


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
