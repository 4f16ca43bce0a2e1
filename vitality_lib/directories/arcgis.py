"""ArcGIS Online and Server 10.0 and later: a layer's query, as GeoJSON or Esri JSON; layers and services that a page
names are asked for all their features in WGS 84, page by page.

Web maps, dashboards and other items that only lead to layers are `arcgis_items`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

from vitality_lib.directories import geojson
from vitality_lib.directories.data.arcgis_items import asks_of_json, asks_of_page
from vitality_lib.directories.data.data_row import entry_of
from vitality_lib.directories.data.feed import at
from vitality_lib.directories.parish.fields import field_named
from vitality_lib.directories.parish.listing import listing
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_OWN_KEYS = frozenset({"OBJECTID", "FID", "GLOBALID", "OBJECTID_1", "OBJECTID1"})
_MERCATOR = frozenset({3857, 102100, 102113, 900913})
_DEGREES = frozenset({None, 4326, 4269, 4267})
_RADIUS = 6378137.0  # metres, of the sphere of Web Mercator
_ROUND = frozenset({100, 200, 250, 500, 1000, 2000})  # usual values of maxRecordCount
_MOST = 20_000


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        if any(any(_entries(found, 20)) for found in _sets(document.json)) or _is_own_geojson(document):
            return 0.95
        return 0.9 if asks_of_json(document) else 0.0
    return 0.6 if document.kind is Kind.HTML and asks_of_page(document) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is not Kind.JSON:
        return DirectoryReading("arcgis", Route.FEED, next=asks_of_page(document))
    if geojson.features(document.json):
        found = geojson.listed(document.json, document.url)
    else:
        found = listing(entry for one in _sets(document.json) for entry in _entries(one))
    rest = _rest(document) if found.parishes or found.left_out else ()
    return DirectoryReading("arcgis", Route.FEED, found.parishes, (*asks_of_json(document), *rest), found.left_out)


def _is_own_geojson(document: Document) -> bool:
    """GeoJSON as a layer gives it: by its address, or by the names of its own columns."""
    some = geojson.features(document.json)[:20]
    rows = [row for one in some if isinstance(row := at(one, "properties"), dict)]
    keys = {str(key).upper() for row in rows for key in row}
    paged = at(document.json, "exceededTransferLimit") or at(document.json, "properties", "exceededTransferLimit")
    named = re.search(r"/(?:Feature|Map)Server/", document.url, re.I)
    return bool(some and (named or paged is not None or keys & _OWN_KEYS))


def _sets(data: Any) -> Iterator[Any]:
    """The feature sets of a query's answer, or of a web map that holds its features itself."""
    if isinstance(at(data, "features"), list):
        yield data
    layers = at(data, "operationalLayers")
    for layer in layers[:50] if isinstance(layers, list) else ():
        inner = at(layer, "featureCollection", "layers")
        yield from (at(one, "featureSet") for one in (inner if isinstance(inner, list) else ()))


def _entries(found: Any, most: int = _MOST) -> list[ParishEntry | None]:
    """The parishes of a feature set in Esri JSON."""
    rows = at(found, "features")
    if not isinstance(rows, list):
        return []
    aliases = at(found, "fieldAliases") or {}
    names = aliases if isinstance(aliases, dict) else {}
    kept: list[ParishEntry | None] = []
    for row in rows[:most]:
        attributes = at(row, "attributes")
        if isinstance(attributes, dict):
            told = {_called(key, names.get(key)): value for key, value in attributes.items()}
            kept.append(entry_of(told, "", *_degrees(at(row, "geometry"), at(found, "spatialReference"))))
    return kept


def _called(key: str, alias: Any) -> str:
    """A column's own name, or its alias where only that says what it holds."""
    return alias if isinstance(alias, str) and field_named(alias) and not field_named(key) else key


def _degrees(point: Any, reference: Any) -> tuple[float | None, float | None]:
    """Latitude and longitude of a point in degrees or in Web Mercator; unknown in any other system."""
    x, y = at(point, "x"), at(point, "y")
    system = at(point, "spatialReference") or reference
    code = at(system, "latestWkid") or at(system, "wkid")
    if not all(isinstance(one, (int, float)) and math.isfinite(one) for one in (x, y)):
        return None, None
    if code in _DEGREES and abs(x) <= 180 and abs(y) <= 90:
        return y, x
    if code in _MERCATOR and abs(y) < 2.1e7:
        north = math.degrees(2 * math.atan(math.exp(y / _RADIUS)) - math.pi / 2)
        return round(north, 6), round(math.degrees(x / _RADIUS), 6)
    return None, None


def _rest(document: Document) -> tuple[Request, ...]:
    """The next page of a query, when the server says that there is more, or gave as many features as it ever does."""
    rows = at(document.json, "features")
    count = len(rows) if isinstance(rows, list) else 0
    more = at(document.json, "exceededTransferLimit")
    more = at(document.json, "properties", "exceededTransferLimit") if more is None else more
    address, _, fields = document.url.partition("?")
    if not address.endswith("/query") or not (more is True or (more is None and count in _ROUND)):
        return ()
    query = dict(parse_qsl(fields))
    offset = query.get("resultOffset", "0")
    query["resultOffset"] = str((int(offset) if offset.isdecimal() else 0) + count)
    return (Request(f"{address}?{urlencode(query, safe='*')}", Purpose.NEXT),)
