"""GeoJSON (RFC 7946): a file that a page links or loads, or a collection in the page's own scripts; a point a parish.

Property names differ from site to site and are told by what they mean; popups in HTML are read like cards.
"""

from __future__ import annotations

import json
import re
from collections import deque
from typing import Any

from vitality_lib.directories.data.data_row import entry_of
from vitality_lib.directories.data.feed import at
from vitality_lib.directories.data.javascript import literals
from vitality_lib.directories.parish.listing import Listing, listing
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_FILE = re.compile(
    r"""["'`(]([^"'`()\s<>{}]{1,300}(?:\.geojson|/geojson|(?:parish|church|point|map|marker)[\w.-]{0,40}\.json)"""
    r"""(?:\?[^"'`()\s<>]{0,200})?)["'`)]""",
    re.I,
)
_MOST, _MOST_FILES, _MOST_NODES = 20_000, 3, 20_000


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 0.9 if any(_entry(feature, "") for feature in features(document.json)[:20]) else 0.0
    if document.kind is not Kind.HTML:
        return 0.0
    return 0.8 if "FeatureCollection" in document.text else 0.6 if _FILE.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    inline = document.kind is not Kind.JSON
    data = _inline(document) if inline else document.json
    if features(data):
        found = listed(data, document.url)
        route = Route.BLOB if inline else Route.FEED
        return DirectoryReading("geojson", route, found.parishes, left_out=found.left_out)
    files = dict.fromkeys(absolute(match[1], document.url) for match in _FILE.finditer(document.text))
    asks = tuple(Request(url, Purpose.FEED) for url in list(files)[:_MOST_FILES] if url)
    return DirectoryReading("geojson", Route.FEED, next=asks)


def listed(data: Any, base: str) -> Listing:
    """The parishes of a collection."""
    return listing(_entry(feature, base) for feature in features(data))


def features(data: Any) -> list[Any]:
    """The features of a collection; empty when it is none."""
    found = data.get("features") if at(data, "type") == "FeatureCollection" else None
    return found[:_MOST] if isinstance(found, list) else []


def _entry(feature: Any, base: str) -> ParishEntry | None:
    properties, point = at(feature, "properties"), at(feature, "geometry", "coordinates")
    if not isinstance(properties, dict):
        return None
    if at(feature, "geometry", "type") == "MultiPoint" and isinstance(point, list) and point:
        point = point[0]
    north, east = (point[1], point[0]) if isinstance(point, list) and len(point) >= 2 else (None, None)
    return entry_of(properties, base, north, east)


def _inline(document: Document) -> Any:
    """All collections in the scripts of a page as one, however deep in the arguments of a call."""
    found: list[Any] = []
    for script in markup.found(document.tree, "//script[contains(., 'FeatureCollection')]"):
        text = script.text or ""
        try:
            waiting: deque[Any] = deque([json.loads(text)])
        except (ValueError, RecursionError):
            waiting = deque(literals(text))
        for _ in range(min(_MOST_NODES, len(text))):
            node = waiting.popleft() if waiting else None
            if inside := features(node):
                found += inside
            elif isinstance(node, (dict, list)):
                waiting.extend(node.values() if isinstance(node, dict) else node)
    return {"type": "FeatureCollection", "features": found}
