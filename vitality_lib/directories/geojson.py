"""GeoJSON (RFC 7946) as ArcGIS feature services and map widgets publish it: a point a parish, its facts as properties.

Property names differ from site to site and are told by what they mean. A page that names an ArcGIS layer leads to its
query, whole, in WGS 84.
"""

from __future__ import annotations

import re
from typing import Any

from vitality_lib.directories.feed import at
from vitality_lib.directories.names import sift
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_LAYER = re.compile(
    r"https://[a-z0-9.-]{4,100}/[\w./-]{0,200}/rest/services/[\w./-]{1,200}/(?:Feature|Map)Server/\d{1,3}", re.I
)
_QUERY = "query?where=1%3D1&outFields=*&outSR=4326&f=geojson"
_FIELDS = {
    "name": r"^(?:parish|church|name|title|parish_?name|church_?name|label)$",
    "street": r"^(?:street|address_?1|addr|street_?address|address_?line_?1)$",
    "address": r"^(?:full_?address|address)$",
    "city": r"^(?:city|town|locality)$",
    "state": r"^(?:state|st|region)$",
    "zip_": r"^(?:zip|zip_?code|postal|postal_?code|postcode)$",
    "phone": r"^(?:phone|telephone|tel|phone_?number)$",
    "email": r"^e_?mail$",
    "website": r"^(?:parish_?)?(?:website|web|url|web_?site|homepage)$",
    "pastor": r"^(?:pastor|clergy|priest)$",
    "detail_url": r"^(?:link|permalink|detail_?url)$",
}
_MOST = 20_000


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 0.95 if any(_field(p, "name") for p, _ in _features(document.json)[:20]) else 0.0
    return 0.6 if document.kind is Kind.HTML and _LAYER.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is not Kind.JSON:
        layers = dict.fromkeys(match.group(0) for match in _LAYER.finditer(document.text))
        return DirectoryReading(
            "geojson", Route.FEED, (), tuple(Request(f"{url}/{_QUERY}", Purpose.FEED) for url in list(layers)[:3])
        )
    entries = [_entry(properties, point, document.url) for properties, point in _features(document.json)]
    parishes, left_out = sift([entry for entry in entries if entry])
    return DirectoryReading("geojson", Route.FEED, parishes, (), left_out)


def _features(data: Any) -> list[tuple[dict[str, Any], list[Any]]]:
    if at(data, "type") != "FeatureCollection" or not isinstance(data.get("features"), list):
        return []
    found = []
    for feature in data["features"][:_MOST]:
        properties, point = at(feature, "properties"), at(feature, "geometry", "coordinates")
        if isinstance(properties, dict):
            found.append((properties, point if isinstance(point, list) and len(point) >= 2 else [None, None]))
    return found


def _field(properties: dict[str, Any], field: str) -> Any:
    return next(
        (v for key, v in properties.items() if re.match(_FIELDS[field], key.strip(), re.I) and v not in (None, "")),
        None,
    )


def _entry(properties: dict[str, Any], point: list[Any], base: str) -> ParishEntry | None:
    values = {field: _field(properties, field) for field in _FIELDS}
    if not values["city"] and values["address"]:
        values["street"] = None  # one whole address says more than its first line
    elif not values["street"]:
        values["street"], values["address"] = values["address"], None
    return clean_parish(values.pop("name"), latitude=point[1], longitude=point[0], base=base, **values)
