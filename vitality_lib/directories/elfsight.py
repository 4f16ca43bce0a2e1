"""Elfsight Google Maps (widget): its markers stand in the page (`data-elfsight-google-maps-options`, URL-encoded JSON),
or in what `core.service.elfsight.com/p/boot/?w={id}` gives for the id in `class="elfsight-app-{id}"`.

Elfsight has other widgets of the same markup, so a page with one is no sure sign of a map.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from vitality_lib.directories.data.feed import at, feed_reading, jsonp, named_feeds, rows, with_description
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Route

_KEY = re.compile(
    r"(?:\belfsight-app-|elfsight\.com/p/boot/\?[^\"'\s<>]{0,200}?\bw=)"
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
    re.I,
)
_FEED = "https://core.service.elfsight.com/p/boot/?w={}"
_OPTIONS = "data-elfsight-google-maps-options"
_PLACE = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_MOST_WIDGETS = 20


def recognise(document: Document) -> float:
    if _markers(document):
        return 1.0
    return 0.3 if document.kind is Kind.HTML and "elfsight" in document.folded and _KEY.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    found = _markers(document)
    if not found:
        return named_feeds("elfsight", document, _KEY, _FEED)
    route = Route.BLOB if _options(document) else Route.FEED
    return feed_reading("elfsight", found, lambda row: _entry(row, document.url), route)


def _markers(document: Document) -> list[dict[str, Any]]:
    widgets = at(jsonp(document), "data", "widgets")
    loaded = list(widgets.values())[:_MOST_WIDGETS] if isinstance(widgets, dict) else []
    settings = [at(one, "data", "settings") for one in loaded] + _options(document)
    return [row for one in settings for row in rows(at(one, "markers"), "infoTitle")]


def _options(document: Document) -> list[Any]:
    """The settings of the widgets that a page holds."""
    if document.kind is not Kind.HTML or _OPTIONS not in document.text:
        return []
    return [_json(str(value)) for value in document.tree.xpath(f"//@{_OPTIONS}")[:_MOST_WIDGETS]]


def _json(encoded: str) -> Any:
    try:
        return json.loads(unquote(encoded))
    except (ValueError, RecursionError):
        return None


def _entry(row: Mapping[str, Any], base: str) -> ParishEntry | None:
    place = _PLACE.fullmatch(str(row.get("coordinates"))[:80])
    entry = clean_parish(
        row["infoTitle"],
        address=row.get("infoAddress") or row.get("position"),
        phone=row.get("infoPhone"),
        email=row.get("infoEmail"),
        website=row.get("infoSite") or row.get("infoWebsite"),
        latitude=place[1] if place else None,
        longitude=place[2] if place else None,
        base=base,
    )
    return with_description(entry, row.get("infoDescription"), base)
