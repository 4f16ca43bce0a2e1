"""GeoJSON (RFC 7946) as ArcGIS feature services (10.5 and later) and map widgets publish it: a point a parish.

Property names differ from site to site and are told by what they mean. A page that names an ArcGIS layer leads to its
query, whole, in WGS 84.
"""

from __future__ import annotations

import re
from typing import Any

from vitality_lib.directories.feed import at, entry_by_keys
from vitality_lib.directories.listing import listing
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_LAYER = re.compile(
    r"https://[a-z0-9.-]{4,100}/[\w./-]{0,200}/rest/services/[\w./-]{1,200}/(?:Feature|Map)Server/\d{1,3}", re.I
)
_QUERY = "query?where=1%3D1&outFields=*&outSR=4326&f=geojson"
_MOST, _MOST_LAYERS = 20_000, 3


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 0.95 if any(_entry(feature, "") for feature in _features(document.json)[:20]) else 0.0
    return 0.6 if document.kind is Kind.HTML and _LAYER.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is not Kind.JSON:
        layers = list(dict.fromkeys(match[0] for match in _LAYER.finditer(document.text)))[:_MOST_LAYERS]
        asks = tuple(Request(f"{layer}/{_QUERY}", Purpose.FEED) for layer in layers)
        return DirectoryReading("geojson", Route.FEED, next=asks)
    found = listing(_entry(feature, document.url) for feature in _features(document.json))
    return DirectoryReading("geojson", Route.FEED, found.parishes, left_out=found.left_out)


def _features(data: Any) -> list[Any]:
    features = data.get("features") if at(data, "type") == "FeatureCollection" else None
    return features[:_MOST] if isinstance(features, list) else []


def _entry(feature: Any, base: str) -> ParishEntry | None:
    properties, point = at(feature, "properties"), at(feature, "geometry", "coordinates")
    if not isinstance(properties, dict):
        return None
    north, east = (point[1], point[0]) if isinstance(point, list) and len(point) >= 2 else (None, None)
    return entry_by_keys(properties, base, north, east)
