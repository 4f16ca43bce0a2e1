"""WP Store Locator 2.2 (WordPress plugin `wp-store-locator`): an empty list in the page, all stores in one JSON feed.

A round number of stores is taken for a cap. A page read with a browser, or kept by a cache, has the rows of the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from vitality_lib.directories.data.feed import admin_ajax, entry_by_keys, feed_reading, rows, with_description
from vitality_lib.directories.data.widest_search import CAPS, widest_search, without_cap
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import own_page
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_NAME, _MOST_SHOWN = "wp_store_locator", 2000
_SIGNS = ("wpslSettings", "plugins/wp-store-locator", 'id="wpsl-wrap"', 'id="wpsl-stores"')


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if _stores(document) else 0.0
    return 0.95 if document.kind is Kind.HTML and any(sign in document.text for sign in _SIGNS) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        return _of_feed(document, _stores(document))
    search = {"action": "store_search", "autoload": 1, **widest_search(document)}
    address = admin_ajax(document, urlencode(search, safe=","))
    asks = (Request(address, Purpose.FEED),) if address else ()
    shown = markup.found(document.tree, "//*[@id='wpsl-stores']//li[@data-store-id]")
    found = listing(read_card([node], document.url) for node in shown[:_MOST_SHOWN])
    if not found.parishes:
        return DirectoryReading(_NAME, Route.FEED, next=asks)
    return DirectoryReading(_NAME, Route.STATIC, found.parishes, asks if len(shown) in CAPS else (), found.left_out)


def _stores(document: Document) -> list[dict[str, Any]]:
    return rows(document.json, "store", "lat")


def _of_feed(document: Document, stores: list[dict[str, Any]]) -> DirectoryReading:
    """The stores of a feed; the wider search that follows where a cap is likely, or that there is none."""
    capped = len(stores) in CAPS
    wider = without_cap(document.url) if capped else ()
    why = f"{len(stores)} stores, a round number, may be all that the locator gives" if capped and not wider else ""
    reading = feed_reading(_NAME, stores, lambda row: _entry(row, document.url), incomplete=why)
    return replace(reading, next=wider)


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    said = {**row, "permalink": row.get("permalink") or own_page(row.get("url"), base) or ""}
    return with_description(entry_by_keys(said, base), row.get("description"), base)
