"""KML 2.2 (OGC 07-147r2), as Google My Maps and Google Earth write it: a placemark a parish.

The facts stand in columns (`ExtendedData`), in an `address`, or in the HTML of the description. A folder of schools or
cemeteries is left out. A page that links a `.kml` file leads to it.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from vitality_lib.directories.data.data_row import entry_of
from vitality_lib.directories.data.tags import why_none_under
from vitality_lib.directories.parish.fate import fate_of
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.parish.names import sounds_like_parish
from vitality_lib.directories.pieces.card_name import names_a_church
from vitality_lib.document import Document, Kind
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import DirectoryReading, LeftOut, ParishEntry, Purpose, Request, Route, Status

_FILE = re.compile(r"""["'(]([^"'()\s<>]{1,300}\.kml(?:\?[^"'()\s<>]{0,100})?)["')]""", re.I)
_POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,2}(?:\.\d+)?)")
_MOST, _MOST_FILES = 5000, 3


def recognise(document: Document) -> float:
    if document.kind in {Kind.XML, Kind.HTML} and re.search(r"<(?:\w+:)?kml\b", document.text[:2000], re.I):
        return 0.95
    return 0.55 if document.kind is Kind.HTML and _FILE.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    marks = _elements(document.xml, "Placemark") if document.xml is not None else []
    links = [_text(link, "href") for link in _elements(document.xml, "NetworkLink")] if document.xml is not None else []
    if not marks and not links:
        links = [match[1] for match in _FILE.finditer(document.text)]
    entries: list[ParishEntry] = []
    out: list[LeftOut] = []
    for mark in marks[:_MOST]:
        folder = _folder(mark)
        entry, why = _entry(mark, folder, document.url), why_none_under(folder)
        if entry and why:
            out.append(LeftOut(entry.name, why))
        elif entry:
            entries.append(entry)
    found = listing(entries)
    targets = dict.fromkeys(absolute(link, document.url) for link in links)
    asks = tuple(Request(url, Purpose.FEED) for url in list(targets)[:_MOST_FILES] if url and url != document.url)
    return DirectoryReading("kml", Route.FEED, found.parishes, asks, (*out, *found.left_out))


def _entry(mark: etree._Element, folder: str, base: str) -> ParishEntry | None:
    """The parish of a placemark: named by its own name, unless only a column is named like a church."""
    row: dict[str, Any] = {}
    for data in (*_elements(mark, "Data"), *_elements(mark, "SimpleData")):
        value = _text(data, "value") if _local(data) == "Data" else _words(data)
        row[str(data.get("name") or "")] = value
    name = _text(mark, "name")
    named = next((value for value in row.values() if len(value) < 120 and names_a_church(value)), "")
    name = named if named and not sounds_like_parish(name) else name or named
    status = {"status": folder} if fate_of(folder).status is not Status.OPEN else {}
    address, phone = _text(mark, "address"), _text(mark, "phoneNumber").removeprefix("tel:")
    told = {"name": name, **status, **row, "address": address, "phone": phone} if address else {"name": name, **row}
    told |= {"phone": phone} if phone else {}
    description = _text(mark, "description")
    html = description if "<" in description else description.replace("\n", "<br>")
    point = _POINT.match(_text(mark, "coordinates")) if _elements(mark, "Point") else None
    north, east = (point[2], point[1]) if point else (None, None)
    return entry_of({**told, **status, "html": f"<p>{html}</p>" if html else ""}, base, north, east)


def _folder(mark: etree._Element) -> str:
    """The name of the folder that a placemark stands in; empty for the document's own."""
    above = next((one for one in mark.iterancestors() if _local(one) == "Folder"), None)
    name = next((one for one in above if _local(one) == "name"), None) if above is not None else None
    return _words(name) if name is not None else ""


def _elements(node: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in node.iter() if _local(one) == name]


def _text(node: etree._Element, name: str) -> str:
    """The text of the first element of a name within another."""
    return next((_words(one) for one in node.iter() if _local(one) == name), "")


def _words(node: etree._Element) -> str:
    return "".join(str(text) for text in node.itertext()).strip()


def _local(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
