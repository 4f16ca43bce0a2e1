"""WP Store Locator 2.2 (WordPress plugin `wp-store-locator`): an empty list in the page, all stores in one JSON feed.

The feed is `admin-ajax.php?action=store_search&autoload=1`; its address is in the page's `wpslSettings`. A list as long
as the locator's own `maxResults` may be capped: then the widest radius is asked for, too.
"""

from __future__ import annotations

import re

from vitality_lib.directories.feed import feed_address, rows
from vitality_lib.directories.names import sift
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if rows(document.json, "store", "address", "lat") else 0.0
    signs = ("wpslSettings", "wp-store-locator", 'id="wpsl-wrap"')
    return 0.95 if document.kind is Kind.HTML and any(sign in document.text for sign in signs) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        entries = [_entry(row, document.url) for row in rows(document.json, "store", "address", "lat")]
        parishes, left_out = sift([entry for entry in entries if entry])
        return DirectoryReading("wp_store_locator", Route.FEED, parishes, (), left_out)
    match = re.search(r'"ajaxurl"\s*:\s*"([^"]+)"', document.text)
    address = feed_address(document, match.group(1) if match else None, "action=store_search&autoload=1")
    return DirectoryReading("wp_store_locator", Route.FEED, (), (Request(address, Purpose.FEED),) if address else ())


def _entry(row: dict[str, object], base: str) -> ParishEntry | None:
    return clean_parish(
        row["store"],
        street=row.get("address"),
        city=row.get("city"),
        state=row.get("state"),
        zip_=row.get("zip"),
        phone=row.get("phone"),
        email=row.get("email"),
        website=row.get("url"),
        latitude=row.get("lat"),
        longitude=row.get("lng"),
        detail_url=row.get("permalink"),
        base=base,
    )
