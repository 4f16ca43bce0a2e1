"""GeoDirectory (WordPress plugin, 2.x): places as posts in its REST API, as pins for its maps, as cards in the page.

`/wp-json/geodir/v2/<type>?per_page=100&page=n` gives the posts whole, with address, telephone and website; its type
is `places`, or what a diocese calls its own. `/wp-json/geodir/v2/markers` gives names and coordinates alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vitality_lib.directories import cards
from vitality_lib.directories.data import wordpress
from vitality_lib.directories.data.feed import at, feed_reading, rows
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_SIGNS = re.compile(
    r"plugins/geodirectory|geodir_(?:map_)?params|geodir-category-list-view|geodir-loop|\btype-gd_\w"
    r"|geodir\\?/v2\\?/markers|geodir-map-canvas|gd_map_canvas"
)
_TYPE = re.compile(r"\b(?:post-type-archive-|type-|geodir-post-|post_type[\"'=: ]{1,6})gd_([a-z_]{3,20})")
_NAMED = re.compile(r"geodir\\?/v2\\?/([a-z][a-z_-]{2,40})")
_NO_TYPE = {"markers", "taxonomies", "types", "reviews", "locations", "countries", "regions", "cities", "fields"}


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if _posts(document.json) or _pins(document.json) else 0.0
    return 0.9 if document.kind is Kind.HTML and _SIGNS.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is not Kind.JSON:
        return _page(document)
    posts, pins = _posts(document.json), _pins(document.json)
    reading = feed_reading("geodirectory", posts or pins, lambda row: _entry(row, document.url))
    return replace(reading, next=wordpress.next_page(document, len(posts)) if posts else ())


def _page(document: Document) -> DirectoryReading:
    """The cards that the page shows, and the posts of their type in the REST API."""
    shown = cards.read(document)
    asks = (wordpress.rest(document, f"geodir/v2/{name}?per_page={wordpress.PER_PAGE}") for name in _types(document))
    feeds = tuple(Request(address, Purpose.FEED) for address in asks if address)
    return DirectoryReading("geodirectory", Route.FEED, shown.parishes, (*feeds, *shown.next), shown.left_out)


def _types(document: Document) -> list[str]:
    """What the REST API calls the posts of this page: as the page says, else by the type's name and the page's path."""
    said = [name for name in _NAMED.findall(document.text) if name not in _NO_TYPE]
    kinds = ["places" if kind == "place" else _plural(kind) for kind in _TYPE.findall(document.text)]
    path = re.findall(r"(?<=[^:/]/)(?:parish|church|place)[a-z]*(?=/|$)", document.url.partition("?")[0])
    return list(dict.fromkeys([*said, *kinds, *path[:1]]))[:2] or ["places"]


def _plural(kind: str) -> str:
    return kind if kind.endswith("s") else kind + ("es" if kind.endswith(("sh", "ch")) else "s")


def _posts(data: Any) -> list[dict[str, Any]]:
    posts = [one for one in rows(data, "title", "latitude", "longitude") if wordpress.plain(one["title"])]
    return [{**one, "tags": one.get("post_category")} for one in posts]


def _pins(data: Any) -> list[dict[str, Any]]:
    return rows(at(data, "items"), "lt", "ln", "t")


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    if "t" in row:
        return clean_parish(row["t"], latitude=row["lt"], longitude=row["ln"])
    body = wordpress.plain(row.get("content"))
    return wordpress.entry(wordpress.plain(row["title"]), wordpress.own_fields(row), None, body, base)
