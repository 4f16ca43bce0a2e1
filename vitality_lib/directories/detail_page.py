"""A diocese's own page about one parish: name, address, telephone and the parish's website, in the markup or in script.

Read from JSON-LD, from an inline object (`var mapData = {"Address1": ..., "Latitude": ...}`, as archdiocesan sites on
Kentico keep it), and from the body of the page, the surer first.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any

from vitality_lib.directories import json_ld
from vitality_lib.directories.data.feed import entry_by_keys
from vitality_lib.directories.parish.listing import merge
from vitality_lib.directories.parish.names import sounds_like_parish, why_left_out
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card import read_card
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Route

_MAP_DATA = re.compile(r"(?:var|let|const)\s+\w{1,40}\s*=\s*(\{[^<>]{10,5000}?\})\s*;", re.S)
_MOST_HEADINGS = 20  # that were never closed, each holds all that follow
_MOST_SCRIPT = 400_000  # characters of a page that are searched for the object


def recognise(document: Document) -> float:
    """Rather sure of a page with a map's data for one parish, less of one whose only main heading names a parish."""
    if document.kind is not Kind.HTML:
        return 0.0
    if _map_data(document):
        return 0.8
    return 0.45 if sounds_like_parish(_heading(document)) else 0.0


def read(document: Document) -> DirectoryReading:
    entry = entry_of(document)
    told = entry and (entry.street or entry.city) and (entry.website or entry.phone) and not why_left_out(entry.name)
    return DirectoryReading("detail_page", Route.DETAIL, (entry,) if entry and told else ())


def entry_of(document: Document) -> ParishEntry | None:
    """The parish that a detail page is about; None when it names none."""
    name, data = _heading(document), _map_data(document)
    named = json_ld.churches(document) if "ld+json" in document.text else []
    sources = (
        json_ld.entry_of(named[0], document.url) if len(named) == 1 else None,
        entry_by_keys({"name": name, **data}, document.url) if data else None,
        read_card([_main(document)], document.url, name),
    )
    found = [source for source in sources if source is not None]
    entry = found[0] if found else None
    for other in found[1:]:
        entry = merge(entry, other) if entry else other
    return entry


def _heading(document: Document) -> str:
    """The page's one main heading; empty when it has none, or several."""
    headings = [text for text in map(markup.text, islice(document.tree.iter("h1"), _MOST_HEADINGS)) if text]
    return headings[0] if len(set(headings)) == 1 else ""


def _main(document: Document) -> markup.Element:
    found = document.tree.find(".//main")
    found = document.tree.find(".//article") if found is None else found
    return markup.body(document.tree) if found is None else found


def _map_data(document: Document) -> dict[str, Any]:
    """The inline object with coordinates, or the one location in it; empty when there is none."""
    for match in _MAP_DATA.finditer(document.text[:_MOST_SCRIPT]):
        try:
            data = json.loads(match[1])
        except (ValueError, RecursionError):
            continue
        places = [one for one in (data, *_locations(data)) if isinstance(one, dict)]
        for place in places if len(places) < 3 else ():
            if {"latitude", "lat"} & {str(key).lower() for key in place}:
                return place
    return {}


def _locations(data: Any) -> list[Any]:
    """The locations of a map's object, as WP Store Locator writes it: `{"settings": [], "locations": [{...}]}`."""
    found = data.get("locations") if isinstance(data, dict) else None
    return found if isinstance(found, list) else []
