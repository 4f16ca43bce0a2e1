"""MapPress (WordPress plugin `mappress-google-maps-for-wordpress`, 2.x): the points stand in the page, as JSON.

`mapp.data.push({... "pois": [...] ...})`; a map in a frame (`?mappress=embed&mapid=N`) has its own page, and each map
an address in the REST API (`/wp-json/mapp/v1/maps/N`). Telephone and website are in the text of a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vitality_lib.directories.data import wordpress
from vitality_lib.directories.data.feed import at, rows
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import DirectoryReading, ParishEntry, Purpose, Request, Route

_SIGNS = ("mapp.data", "mapp-layout", "mapp-iframe", "mappress")
_EMBED = re.compile(r"mappress=embed\b")
_MAP = re.compile(r"\bmapid=(\d{1,8})\b")
_MOST_MAPS = 5


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 0.95 if _of_feed(document.json) else 0.0
    if document.kind is not Kind.HTML or not any(sign in document.text for sign in _SIGNS):
        return 0.0
    return 0.9 if any(_of_page(document)) or _requests(document) else 0.0


def read(document: Document) -> DirectoryReading:
    if document.kind is Kind.JSON:
        found = listing(_entry(point, document.url) for point in _of_feed(document.json))
        return DirectoryReading("mappress", Route.FEED, found.parishes, left_out=found.left_out)
    found = listing(_entry(point, document.url) for point in _of_page(document))
    asks = () if found.parishes else _requests(document)
    return DirectoryReading("mappress", Route.BLOB, found.parishes, asks, found.left_out)


def _of_page(document: Document) -> Iterator[dict[str, Any]]:
    yield from (point for point in wordpress.objects_after(document.text, "pois") if "point" in point)


def _of_feed(data: Any) -> list[dict[str, Any]]:
    """The points of one map, or of a list of maps."""
    maps = data if isinstance(data, list) else [data]
    return [point for one in maps[:_MOST_MAPS] for point in rows(at(one, "pois"), "point")]


def _requests(document: Document) -> tuple[Request, ...]:
    """The frames of the page's maps, and the maps in the REST API."""
    frames = (str(frame.get("src") or frame.get("data-src") or "") for frame in document.tree.iter("iframe"))
    embedded = [address for source in frames if _EMBED.search(source) and (address := absolute(source, document.url))]
    named = [str(node.get("mapid") or "") for node in document.tree.iter("mappress-map")]
    numbers = dict.fromkeys(
        [*(m[1] for address in embedded if (m := _MAP.search(address))), *filter(str.isdecimal, named)]
    )
    feeds = (wordpress.rest(document, f"mapp/v1/maps/{number}") for number in list(numbers)[:_MOST_MAPS])
    asks = [Request(address, Purpose.FRAME) for address in dict.fromkeys(embedded[:_MOST_MAPS])]
    return (*asks, *(Request(address, Purpose.FEED) for address in feeds if address))


def _entry(point: Mapping[str, Any], base: str) -> ParishEntry | None:
    title = point.get("title") or point.get("name")
    linked = (
        next(iter(markup.anchors(markup.fragment(title))), None) if isinstance(title, str) and "<a" in title else None
    )
    values: dict[str, Any] = {"address": point.get("correctedAddress") or point.get("address")}
    values |= {key: at(point, "point", key) for key in ("lat", "lng")}
    for extra in (point.get("data"), point.get("props")):
        values = {**(wordpress.flat(extra) if isinstance(extra, dict) else {}), **values}
    values["email"] = point.get("email") or values.get("email")
    link = point.get("url") or (linked.get("href") if linked is not None else None)
    return wordpress.entry(title, values, link, point.get("body"), base)
