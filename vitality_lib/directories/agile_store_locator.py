"""Agile Store Locator (WordPress plugin `agile-store-locator`, 1.x to 5.x): all stores in one JSON feed.

The feed is `admin-ajax.php?action=asl_load_stores&load_all=1` (no nonce is asked for), or the same rows kept in
`uploads/agile-store-locator/`. A site's own fields (`pastor`, `deanery`) are further keys of a row. Stores without
coordinates are not in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from vitality_lib.directories.data.feed import admin_ajax, at, entry_by_keys, feed_reading, rows, with_description
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import own_page
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_NAME = "agile_store_locator"
_SIGN = re.compile(
    r"plugins/agile-store-locator|asl_configuration\s*=|ASL_REMOTE\s*=|id=[\"']?asl-storelocator|asl_load_stores"
)
_CACHED = re.compile(
    r"""(?<=["'])(?:https?:)?[\\/]{1,4}[^\s"'<>]{1,200}uploads\\?/agile-store-locator\\?/[\w-]{1,60}\.json"""
)
_MOST_SHOWN = 2000
_SHAPES = (("title", "street", "lat"), ("title", "postal_code", "lat"))


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if _stores(document) else 0.0
    return 0.95 if document.kind is Kind.HTML and _SIGN.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        return feed_reading(_NAME, _stores(document), lambda row: _entry(row, document.url))
    shown = markup.by_class(document.tree, "sl-item", tag="li") or markup.by_class(document.tree, "sl-item")
    found = listing(read_card([node], document.url) for node in shown[:_MOST_SHOWN])
    if found.parishes:
        return DirectoryReading(_NAME, Route.STATIC, found.parishes, left_out=found.left_out)
    address = _feed(document)
    return DirectoryReading(_NAME, Route.FEED, next=(Request(address, Purpose.FEED),) if address else ())


def _stores(document: Document) -> list[dict[str, Any]]:
    return next((found for keys in _SHAPES if (found := rows(document.json, *keys))), [])


def _feed(document: Document) -> str | None:
    """The feed of the stores that the page shows: its shortcode may keep to some categories, or to one language."""
    if cached := _CACHED.search(document.text):
        return own_page(cached[0].replace("\\/", "/"), document.url)
    limits = {"category": at(_settings(document, "asl_configuration"), "category")}
    limits["asl_lang"] = at(_settings(document, "ASL_REMOTE"), "lang")
    told = {key: value for key, value in limits.items() if isinstance(value, str) and re.fullmatch(r"[\w,-]+", value)}
    return admin_ajax(document, urlencode({"action": "asl_load_stores", "load_all": 1, **told}, safe=","))


def _settings(document: Document, name: str) -> Any:
    """The object that a script of the page gives this name."""
    start = re.search(rf"\b{name}\s*=\s*(?=\{{)", document.text)
    try:
        return json.JSONDecoder().raw_decode(document.text, start.end())[0] if start else None
    except (ValueError, RecursionError):
        return None


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    said = {**row, "permalink": row.get("permalink") or own_page(row.get("website"), base) or ""}
    entry = entry_by_keys(said, base)
    for text in (row.get("description"), row.get("description_2")):
        entry = with_description(entry, text, base)
    return entry
