"""The coordinates that a card carries: in attributes, in microdata, in its link to a map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from vitality_lib.directories.pieces import markup
from vitality_lib.hyperlinks import host

_PLACE = re.compile(r"(?<![\d.])(?P<lat>-?\d{1,2}\.\d{3,}),(?:\s|\+)*(?P<lon>-?\d{1,3}\.\d{3,})")
MAP_HOST = re.compile(r"(?:^|\.)(?:google|goo|apple|bing|openstreetmap|mapquest|waze)\.|^maps?\.", re.I)
_COORDINATES = tuple(
    (f"{prefix}{north}", f"{prefix}{east}")
    for prefix in ("data-", "")
    for north, east in (("latitude", "longitude"), ("lat", "lng"), ("lat", "lon"), ("lat", "long"))
)
_IN_ONE = ("data-position", "data-latlng", "data-coordinates", "data-coords", "data-location")


def place_of(elements: Sequence[markup.Element], links: Iterable[str]) -> tuple[str | None, str | None]:
    """Latitude and longitude as they are written, or None for both. `links` are the card's."""
    for node in elements:
        for north, east in _COORDINATES:
            if node.get(north) and node.get(east):
                return str(node.get(north)), str(node.get(east))
        found = next((match for key in _IN_ONE if (match := _PLACE.search(node.get(key) or ""))), None)
        if found:
            return found["lat"], found["lon"]
        if node.get("itemprop") in {"latitude", "longitude"} and (place := _microdata(elements)):
            return place
    for link in links:
        match = _PLACE.search(unquote(link)) if MAP_HOST.search(host(link)) else None
        if match:
            return match["lat"], match["lon"]
    return None, None


def _microdata(elements: Sequence[markup.Element]) -> tuple[str, str] | None:
    """schema.org's `GeoCoordinates` in `itemprop` attributes."""
    said = {str(node.get("itemprop")): str(node.get("content") or markup.text(node)) for node in elements}
    return (said["latitude"], said["longitude"]) if {"latitude", "longitude"} <= said.keys() else None
