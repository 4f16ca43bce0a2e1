"""Google My Maps in a page, as a frame or a link: the map's id leads to its KML, which `kml` reads.

`forcekml=1` asks for the placemarks themselves rather than a link to them, and uncompressed.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, Purpose, Request, Route

_MAP = re.compile(
    r"google\.[a-z.]{2,6}/maps/d/(?:u/\d{1,2}/)?(?:embed|viewer|edit|view|kml|print)?/?\?(?:[^\s\"'<>]{0,300}?&)?"
    r"mid=([\w.-]{8,80})",
    re.I,
)
_MOST_MAPS = 3


def recognise(document: Document) -> float:
    return (
        0.85 if document.kind is Kind.HTML and "/maps/d/" in _text(document) and _MAP.search(_text(document)) else 0.0
    )


def read(document: Document) -> DirectoryReading:
    maps = list(dict.fromkeys(match[1] for match in _MAP.finditer(_text(document))))[:_MOST_MAPS]
    asks = (Request(f"https://www.google.com/maps/d/kml?mid={one}&forcekml=1", Purpose.FEED) for one in maps)
    return DirectoryReading("google_my_maps", Route.FEED, next=tuple(asks))


def _text(document: Document) -> str:
    """The page with addresses as they are meant: `&amp;`, `%3D` and `\\/` undone."""
    if "google" not in document.text or not re.search(r"maps(?:\\?/|%2F)d(?:\\?/|%2F)", document.text, re.I):
        return ""
    return unquote(unescape(document.text.replace("\\/", "/")))
