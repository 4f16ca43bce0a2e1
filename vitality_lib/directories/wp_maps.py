"""WP Maps and WP Maps Pro (WordPress plugins of flippercode, 4.x and 5.x): the places stand in the page, as JSON.

As base64 in `div.wpgmp-map-data-container` or in a script (`window.wpgmp.mapdata1 = "..."`), in older versions plain
in `.maps({...})`. The list beside the map shows ten places at a time; the data has all of them.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from vitality_lib.directories.data import wordpress
from vitality_lib.directories.data.feed import at, feed_reading
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Route

_SIGNS = ("wpgmp", "fc-item-box", ".maps({", "wp-google-map-")
_BASE64 = re.compile(r"[A-Za-z0-9+/=%_-]{60,}")
_IN_SCRIPT = re.compile(r"""wpgmp\.mapdata\w{0,20}\s*=\s*["']([A-Za-z0-9+/=%_-]{60,})""")
_MOST_MAPS = 10


def recognise(document: Document) -> float:
    if document.kind is Kind.JSON:
        return 0.9 if _is_map(document.json) else 0.0
    marked = document.kind is Kind.HTML and any(sign in document.text for sign in _SIGNS)
    return 0.9 if marked and next(_places(document), None) else 0.0


def read(document: Document) -> DirectoryReading:
    route = Route.FEED if document.kind is Kind.JSON else Route.BLOB
    return feed_reading("wp_maps", _places(document), lambda place: _entry(place, document.url), route)


def _is_map(data: Any) -> bool:
    places = at(data, "places")
    return isinstance(places, list) and any(isinstance(at(place, "location"), dict) for place in places[:5])


def _places(document: Document) -> Iterator[dict[str, Any]]:
    texts = [document.text] if document.kind is Kind.JSON else _sources(document)
    for text in texts:
        yield from (one for one in wordpress.objects_after(text, "places") if isinstance(at(one, "location"), dict))


def _sources(document: Document) -> Iterator[str]:
    """The texts of a page that may hold places: the page itself, and what is kept in it as base64."""
    yield document.text
    packed = [match[1] for match in _IN_SCRIPT.finditer(document.text)]
    for holder in markup.by_class(document.tree, "wpgmp-map-data-container")[:_MOST_MAPS]:
        said = ["".join(holder.text_content().split()), *(str(value) for value in holder.attrib.values())]
        packed += [text for text in said if _BASE64.fullmatch(text)]
        yield holder.text_content()
    for text in packed[:_MOST_MAPS]:
        yield _unpacked(text)


def _unpacked(text: str) -> str:
    bare = unquote(text).translate(str.maketrans("-_", "+/")).rstrip("=")
    bare = bare[: len(bare) - 1] if len(bare) % 4 == 1 else bare  # cut off within a byte
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _entry(place: Mapping[str, Any], base: str) -> ParishEntry | None:
    """A place: its own fields, those that the site added (`extra_fields`), and the text of its info window."""
    location: Mapping[str, Any] = place["location"]
    extra = location.get("extra_fields")
    values = {key: location.get(key) for key in ("city", "state", "postal_code", "lat", "lng")}
    values |= {"address": place.get("address")} | (wordpress.flat(extra) if isinstance(extra, dict) else {})
    link = location.get("redirect_permalink") or values.get("post_link") or location.get("redirect_custom_link")
    return wordpress.entry(place.get("title"), values, link, place.get("content"), base)
