"""WP Go Maps (WordPress plugin `wp-google-maps` 8 and 9): the markers of all maps by `wp-json/wpgmza/v1/features/`.

A marker has a title, one address, coordinates and HTML; the rest stands in that or in the site's own fields. A page's
map is asked for by a filter, which the address of the answer tells again (a query, or in the path as base64 of zlib);
where no map is named, the maps whose markers sound like parishes are read.
"""

from __future__ import annotations

import base64
import html
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode

from vitality_lib.directories.data.feed import at, feed_reading, rows, with_description
from vitality_lib.directories.parish.names import is_of_another_kind, sounds_like_parish, why_left_out
from vitality_lib.directories.parish.records import clean_parish, tidy
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute, own_page, split, website
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_SIGN = re.compile(r"plugins/wp-google-maps|WPGMZA_localized_data|wpgmza_map\b|wpgmza/v1")
_REST = re.compile(r'"resturl"\s*:\s*"([^"]{1,300}wpgmza[^"]{1,20})"')
_PACKED = re.compile(r"/base64([A-Za-z0-9+ -]{8,2000})")  # with `-` for `/`
_COORDINATES = re.compile(r"\s*-?\d{1,3}\.\d+\s*,\s*-?\d{1,3}\.\d+\s*")
_MOST_MAPS, _MOST_FILTER, _MOST_FIELDS = 5, 10_000, 40
_Row = Mapping[str, Any]


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 0.95 if _markers(document.json) else 0.0
    return 0.9 if document.kind is Kind.HTML and _SIGN.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        markers = _of_parishes(_markers(document.json), _map_asked_for(document.url))
        return feed_reading("wp_go_maps", markers, lambda row: _entry(row, document.url))
    named = _REST.search(document.text.replace("\\/", "/"))
    root = absolute(named[1] if named else "/wp-json/wpgmza/v1", document.url)
    filters = [urlencode({"filter": json.dumps({"map_id": number})}) for number in _maps(document)] or [""]
    asks = tuple(Request(f"{root}/features/?{query}".rstrip("?"), Purpose.FEED) for query in filters if root)
    return DirectoryReading("wp_go_maps", Route.FEED, next=asks)


def _markers(data: Any) -> list[dict[str, Any]]:
    """The markers of `features` or, bare, of `markers`."""
    inside = rows(at(data, "markers"), "address", "lat", "lng")
    return inside if any("title" in row for row in inside[:20]) else rows(data, "map_id", "address", "lat", "lng")


def _maps(document: Document) -> list[int]:
    """The numbers of the maps that the page shows."""
    nodes = markup.found(document.tree, "//*[contains(@class, 'wpgmza') or contains(@id, 'wpgmza')]")
    said = [node.get("data-map-id") or node.get("mapid") or str(node.get("id") or "") for node in nodes]
    found = (re.fullmatch(r"(?:wpgmza_map_)?(\d{1,6})", text) for text in said)
    return list(dict.fromkeys(int(match[1]) for match in found if match))[:_MOST_MAPS]


def _map_asked_for(url: str) -> str | None:
    """The map that the address of an answer filters by; None when it does not."""
    try:
        query, packed = parse_qs(split(url).query), _PACKED.search(unquote(url))
        asked = at(_unpacked(packed[1]), "filter") if packed else query.get("filter", [""])[0]
        number = at(json.loads(asked) if isinstance(asked, str) else asked, "map_id")
    except (ValueError, RecursionError, zlib.error):
        return None
    return None if number is None else str(number)


def _unpacked(packed: str) -> Any:
    data = base64.b64decode(packed.replace("-", "/").replace(" ", "+") + "===")
    return json.loads(zlib.decompressobj().decompress(data, _MOST_FILTER))


def _of_parishes(markers: Iterable[_Row], asked: str | None) -> Iterator[_Row]:
    """The markers of the map that was asked for, else of the maps on which most names are those of parishes."""
    maps: dict[str, list[_Row]] = defaultdict(list)
    for row in markers:
        maps[str(row.get("map_id"))].append(row)
    share = {number: sum(map(_is_parish, of_map)) / len(of_map) for number, of_map in maps.items()}
    least = min(0.5, max(share.values(), default=0))
    chosen = [asked] if asked in maps else [number for number in maps if share[number] >= least]
    return (row for number in chosen for row in maps[str(number)])


def _is_parish(row: _Row) -> bool:
    return sounds_like_parish(name := tidy(row.get("title")) or "") and not is_of_another_kind(why_left_out(name))


def _entry(row: _Row, base: str) -> ParishEntry | None:
    address, link = str(row.get("address") or ""), tidy(row.get("link"))
    entry = clean_parish(
        row.get("title"),
        address=None if _COORDINATES.fullmatch(address) else address,
        latitude=row.get("lat"),
        longitude=row.get("lng"),
        detail_url=own_page(link, base),
        base=base,
    )
    for text in (row.get("description"), "".join(_own_fields(row))):
        entry = with_description(entry, text, base)
    return replace(entry, website=website(link, base)) if entry and not entry.website else entry


def _own_fields(row: _Row) -> Iterator[str]:
    """The site's own fields as lines: `Phone: 740-555-0101`."""
    data = row.get("custom_field_data")
    named = data.items() if isinstance(data, Mapping) else enumerate(data if isinstance(data, list) else ())
    for key, one in list(named)[:_MOST_FIELDS]:
        name, value = (at(one, "name"), at(one, "value")) if isinstance(one, Mapping) else (key, one)
        yield f"<p>{html.escape(str(name))}: {value}</p>" if value else ""
