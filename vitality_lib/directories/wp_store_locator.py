"""WP Store Locator 2.2 (WordPress plugin `wp-store-locator`): an empty list in the page, all stores in one JSON feed.

The feed is `admin-ajax.php?action=store_search&autoload=1`. A site may cap what loads by itself; a round number of
stores is taken for such a cap, and the widest search that the page's own menus offer is asked for, too. A page read
with a browser, or kept by a cache, has the rows of the list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from vitality_lib.directories import markup
from vitality_lib.directories.card import read_card
from vitality_lib.directories.feed import admin_ajax, entry_by_keys, feed_reading, rows, with_description
from vitality_lib.directories.listing import listing
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import own_page
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_NAME = "wp_store_locator"
_SIGNS = ("wpslSettings", "plugins/wp-store-locator", 'id="wpsl-wrap"', 'id="wpsl-stores"')
_MOST_SHOWN = 2000
_CAPS = frozenset({10, 20, 25, 50, 75, 100, 200, 250, 500})


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if _stores(document) else 0.0
    return 0.95 if document.kind is Kind.HTML and any(sign in document.text for sign in _SIGNS) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        return _of_feed(document, _stores(document))
    query = urlencode({"action": "store_search", "autoload": 1, **_widest_search(document)}, safe=",")
    address = admin_ajax(document, query)
    asks = (Request(address, Purpose.FEED),) if address else ()
    shown = markup.found(document.tree, "//*[@id='wpsl-stores']//li[@data-store-id]")
    found = listing(read_card([node], document.url) for node in shown[:_MOST_SHOWN])
    if not found.parishes:
        return DirectoryReading(_NAME, Route.FEED, next=asks)
    more = asks if len(shown) in _CAPS else ()
    return DirectoryReading(_NAME, Route.STATIC, found.parishes, more, found.left_out)


def _stores(document: Document) -> list[dict[str, Any]]:
    return rows(document.json, "store", "lat")


def _of_feed(document: Document, stores: list[dict[str, Any]]) -> DirectoryReading:
    """The stores of a feed; the wider search that follows where a cap is likely, or that there is none."""
    capped = len(stores) in _CAPS
    wider = _without_cap(document.url) if capped else ()
    why = f"{len(stores)} stores, a round number, may be all that the locator gives" if capped and not wider else ""
    reading = feed_reading(_NAME, stores, lambda row: _entry(row, document.url), incomplete=why)
    return replace(reading, next=wider)


def _widest_search(document: Document) -> dict[str, str]:
    """The centre of the map and the largest values of the page's menus, else the plugin's: others it ignores."""
    centre = re.search(r'"startLatlng"\s*:\s*"(-?[\d.]+),(-?[\d.]+)"', document.text)
    sizes = {"max_results": _largest(document, "results", "100"), "search_radius": _largest(document, "radius", "500")}
    return {"lat": centre[1], "lng": centre[2], **sizes} if centre else {}


def _largest(document: Document, menu: str, usual: str) -> str:
    found = markup.found(document.tree, f"//*[@id='wpsl-{menu}-dropdown']//option")
    numbers = [
        match[0] for option in found if (match := re.search(r"\d{1,6}", option.get("value") or markup.text(option)))
    ]
    return max(numbers, key=int, default=usual)


def _without_cap(url: str) -> tuple[Request, ...]:
    address, _, fields = url.partition("?")
    query = dict(parse_qsl(fields))
    if query.pop("autoload", None) and "search_radius" in query:
        why = "a round number of stores may be a cap"
        return (Request(f"{address}?{urlencode(query)}", Purpose.FEED, why=why),)
    return ()


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    said = {**row, "permalink": row.get("permalink") or own_page(row.get("url"), base) or ""}
    return with_description(entry_by_keys(said, base), row.get("description"), base)
