"""Super Store Finder (WordPress plugin `superstorefinder-wp`): all stores in one XML or JSON feed.

`ssf-wp-xml.php` gives `<locator><store><item>`, a file of the uploads the same as JSON. The address is one text, its
parts two spaces apart; a category is an element that says `true`. A page read with a browser has the rows, after a
hidden template of one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from lxml import etree

from vitality_lib.directories.data.feed import at, feed_reading, rows, with_description
from vitality_lib.directories.parish.fields import words_of
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, own_page
from vitality_lib.models import DirectoryReading, Page, ParishEntry, Purpose, Request, Route

_NAME = "super_store_finder"
_SIGN = re.compile(r"superstorefinder-wp|ssf_wp_(?:base|uploads)|store-locator__infobox|storeLocator__storeList")
_BASE = re.compile(
    r"""(?<=["'])(?:https?:)?[\\/]{1,4}[^\s"'<>]{1,200}plugins\\?/[\w-]*superstorefinder-wp(?=[\\/"'])"""
)
_FILE = re.compile(r"""(?<=["'])(?:https?:)?[\\/]{1,4}[^\s"'<>]{1,200}ssf-wp-uploads\\?/ssf-data\.json""")
_STORES = re.compile(r"<(?:locator|store)\b[^>]*>")
_PLACE = re.compile(r"daddr=\(?(?P<lat>-?\d{1,2}\.\d+),\s*(?P<lon>-?\d{1,3}\.\d+)")
_CLASSES = {"location": "store-location", "address": "store-address", "telephone": "store-tel", "email": "store-email",
            "website": "store-website", "exturl": "store-exturl", "description": "store-description"}  # fmt: skip
_MOST, _MOST_SHOWN, _MOST_FIELDS = 20_000, 2000, 80
_MOST_TEXT = 2000  # characters of one field of a row: rows that are never closed stand in one another


def recognise(document: Document) -> float:
    if _items(document):
        return 1.0
    return 0.95 if document.kind is Kind.HTML and _SIGN.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    if items := _items(document):
        return feed_reading(_NAME, items, lambda row: _entry(row, document.url))
    boxes = markup.by_class(document.tree, "store-locator__infobox")[:_MOST_SHOWN]
    shown = [row for node in boxes if (row := _shown(node))]
    found = feed_reading(_NAME, shown, lambda row: _entry(row, document.url), Route.STATIC)
    if found.parishes:
        return found
    address = _feed(document)
    return DirectoryReading(_NAME, Route.FEED, next=(Request(address, Purpose.FEED),) if address else ())


def _items(document: Document) -> list[dict[str, Any]]:
    """The stores of a feed. A server's warnings may stand before the XML."""
    if document.kind is Kind.JSON:
        return rows(at(document.json, "item"), "location", "address")
    start = _STORES.search(document.text[:20_000]) if "<item>" in document.text else None
    root = Document(Page("", document.text[start.start() :].encode("utf-8", "replace"))).xml if start else None
    found = [] if root is None else [_values(item) for item in root.iter("item") if item.find("location") is not None]
    return found[:_MOST]


def _values(item: etree._Element) -> dict[str, Any]:
    fields = islice(item.iterchildren("*"), _MOST_FIELDS)  # elements, and no entities
    values = {str(node.tag): "".join(map(str, node.itertext())) for node in fields}
    named = [words_of(tag.replace("_d_", "-")) for tag, value in values.items() if value == "true"]
    return {**values, "tags": named}


def _shown(node: markup.Element) -> dict[str, Any]:
    """A row of the list in the page; empty for the template of one, which the script fills for the store chosen."""
    if any(name.endswith("--main") for name in markup.classes(node)):
        return {}
    parts = {key: markup.first_by_class(node, name) for key, name in _CLASSES.items()}
    row: dict[str, Any] = {
        key: "\n".join(markup.lines(part, _MOST_TEXT)) for key, part in parts.items() if part is not None
    }
    for key in ("website", "exturl"):
        row[key] = next((link.get("href") for link in markup.anchors(node) if link.getparent() is parts[key]), "")
    links = (match for link in markup.anchors(node) if (match := _PLACE.search(link.get("href"))))
    place = next(links, None)
    return {**row, "latitude": place["lat"], "longitude": place["lon"]} if place else row


def _feed(document: Document) -> str | None:
    if named := _FILE.search(document.text):
        return absolute(named[0].replace("\\/", "/"), document.url)
    base = _BASE.search(document.text)
    root = base[0].replace("\\/", "/") if base else "/wp-content/plugins/superstorefinder-wp"
    return absolute(f"{root}/ssf-wp-xml.php", document.url)


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    links = [link for key in ("website", "exturl") if (link := row.get(key))]
    own = [page for link in links if (page := own_page(link, base))]
    entry = clean_parish(
        row.get("location"),
        address=re.sub(r" {2,}", "\n", str(row.get("address") or "")),
        phone=row.get("telephone"),
        email=row.get("email"),
        website=next((link for link in links if not own_page(link, base)), None),
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
        detail_url=own[0] if own else None,
        base=base,
    )
    return with_description(entry, row.get("description"), base)
