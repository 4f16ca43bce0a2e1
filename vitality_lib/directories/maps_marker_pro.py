"""Maps Marker Pro (WordPress plugin, 4.x): markers as GeoJSON by a posted form, the texts of their pop-ups by another.

The markers give name, coordinates and mostly an address; a site that loads pop-ups late gives their texts (telephone,
website) only when asked for them by number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from vitality_lib.directories.data import wordpress
from vitality_lib.directories.data.feed import at, rows
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.directories.pieces.markup import fragment
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_SIGNS = ("maps-marker-pro", "mapsmarkerpro", "mmp_map_markers")
_OPTIONS = re.compile(r"MapsMarkerPro\(\s*\{([^{}]{1,600})")
_MAP = re.compile(r"""\bid["']?\s*:\s*["']?(\d[\d,]{0,200})""")
_MOST_POPUPS = 2000


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 1.0 if _markers(document.json) or _popups(document.json) else 0.0
    return 0.9 if document.kind is Kind.HTML and any(sign in document.folded for sign in _SIGNS) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is not Kind.JSON:
        maps = [match[1] for one in _OPTIONS.finditer(document.text) if (match := _MAP.search(one[1]))]
        form = {"action": "mmp_map_markers", "type": "map"} | ({"id": ",".join(dict.fromkeys(maps))} if maps else {})
        address = wordpress.ajax(document)
        asks = (Request(address, Purpose.FEED, urlencode(form, safe=",")),) if address else ()
        return DirectoryReading("maps_marker_pro", Route.FEED, next=asks)
    markers = _markers(document.json)
    texts = [_told(popup, document.url) for popup in _popups(document.json)]
    found = listing([*(_entry(marker, document.url) for marker in markers), *texts])
    return DirectoryReading(
        "maps_marker_pro", Route.FEED, found.parishes, _ask_popups(document, markers), found.left_out
    )


def _markers(data: Any) -> list[dict[str, Any]]:
    features = rows(at(data, "data", "features"), "geometry", "properties")
    return [one for one in features if isinstance(at(one, "properties", "name"), str)]


def _popups(data: Any) -> list[dict[str, Any]]:
    return [one for one in rows(at(data, "data"), "id", "popup") if isinstance(one["popup"], str)]


def _ask_popups(document: Document, markers: list[dict[str, Any]]) -> tuple[Request, ...]:
    """The form that asks for the pop-ups that the markers leave out."""
    late = [str(at(one, "properties", "id")) for one in markers if at(one, "properties", "popup") is None]
    numbers = ",".join(number for number in late[:_MOST_POPUPS] if number.isdecimal())
    form = urlencode({"action": "mmp_marker_popups", "id": numbers, "lang": ""}, safe=",")
    return (Request(document.url, Purpose.FEED, form),) if numbers and document.url else ()


def _entry(marker: Mapping[str, Any], base: str) -> ParishEntry | None:
    said: Mapping[str, Any] = marker["properties"]
    point = at(marker, "geometry", "coordinates")
    values: dict[str, Any] = dict(zip(("lng", "lat"), point[:2], strict=False)) if isinstance(point, list) else {}
    values["address"] = said.get("address")
    return wordpress.entry(said.get("name"), values, said.get("link"), said.get("popup"), base)


def _told(popup: Mapping[str, Any], base: str) -> ParishEntry | None:
    """The parish of a pop-up that names it; the marker of that name gives the coordinates."""
    return read_card([fragment(popup["popup"])], base)
