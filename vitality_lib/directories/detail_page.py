"""A diocese's own page about one parish: name, address, telephone and the parish's website, in the markup or in script.

Some sites keep the address in an inline object (`var mapData = {"Address1": ..., "Latitude": ...}`).
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from bs4 import Tag

from vitality_lib.directories.card import read_card
from vitality_lib.directories.records import clean_parish
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, ParishEntry, Route

_MAP_DATA = re.compile(r"(?:var|let|const)\s+\w{1,40}\s*=\s*(\{[^<>]{10,5000}?\})\s*;", re.S)


def recognise(document: Document) -> float:
    """Half sure of a page with one main heading and an address in its body, surer with a map's data for it."""
    if document.kind is not Kind.HTML:
        return 0.0
    if _map_data(document):
        return 0.8
    headings = document.soup.find_all("h1", limit=3)
    return 0.3 if len(headings) == 1 else 0.0


def read(document: Document) -> DirectoryReading:
    entry = entry_of(document)
    found = (entry,) if entry and (entry.street or entry.city) and (entry.website or entry.phone) else ()
    return DirectoryReading("detail_page", Route.DETAIL, found)


def entry_of(document: Document) -> ParishEntry | None:
    """The parish that a detail page is about."""
    heading = document.soup.find("h1")
    name = heading.get_text(" ", strip=True) if isinstance(heading, Tag) else None
    main = document.soup.find("main") or document.soup.find("article") or document.soup.body
    seen = read_card(main, document.url, name) if isinstance(main, Tag) else None
    data = _map_data(document)
    if not data:
        return seen
    named = clean_parish(
        data.get("Name") or name,
        address="\n".join(str(data[key]) for key in ("Address1", "Address2", "Address3") if data.get(key))
        or data.get("address"),
        latitude=data.get("Latitude", data.get("lat")),
        longitude=data.get("Longitude", data.get("lng")),
        base=document.url,
    )
    return merge(named, seen) if named and seen else named or seen


def merge(first: ParishEntry, second: ParishEntry) -> ParishEntry:
    """The first record, with what it lacks taken from the second. Coordinates are taken together."""
    fields = ["street", "city", "state", "zip", "phone", "email", "website", "pastor", "detail_url"]
    filled: dict[str, Any] = {f: getattr(second, f) for f in fields if getattr(first, f) is None}
    if first.latitude is None:
        filled |= {"latitude": second.latitude, "longitude": second.longitude}
    return replace(first, **filled)


def _map_data(document: Document) -> dict[str, Any] | None:
    for match in _MAP_DATA.finditer(document.text[:400_000]):
        try:
            data = json.loads(match.group(1))
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict) and {"latitude", "lat"} & {str(key).lower() for key in data}:
            return data
    return None
