"""Data in a page itself: arrays and objects in its scripts, JSON scripts (`__NEXT_DATA__`, `drupalSettings` of the
Leaflet module of Drupal 8 to 11), attributes (`data-markers='[...]'`, `ng-init`), pins (`data-lat`, `data-title`); and
scripts of data alone.

The coordinates and info windows of Google Maps and Leaflet are put together: `L.marker([41, -87]).bindPopup('...')`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from vitality_lib.directories.data.data_rows import listed
from vitality_lib.directories.data.javascript import literals
from vitality_lib.directories.data.map_pins import with_windows
from vitality_lib.directories.pieces import markup
from vitality_lib.document import Document, Kind
from vitality_lib.models import DirectoryReading, Route

_DATA = re.compile(r"lat|lng|address|street|phone|zip|city|marker|location|popup|parish", re.I)
_ATTRIBUTES = (
    "//@*[string-length(.) > 60 and (starts-with(normalize-space(.), '[') or starts-with(normalize-space(.), '{')"
    " or name() = 'ng-init' or name() = 'data-ng-init' or name() = 'x-data')]"
)
_PINS = "//*[(@data-lat or @data-latitude) and (@data-title or @data-name or @data-parish or @data-parish-name)]"
_MOST_SCRIPTS, _MOST_ATTRIBUTES, _MOST_SCRIPT = 300, 2000, 6_000_000


def recognise(document: Document) -> float:
    return 0.6 if document.kind in {Kind.HTML, Kind.TEXT} and _DATA.search(document.text) else 0.0


def read(document: Document) -> DirectoryReading:
    found = listed(list(_values(document)), document.url)
    enough = len(found.parishes) > 1
    parishes, left_out = (found.parishes, found.left_out) if enough else ((), ())
    return DirectoryReading("inline_data", Route.BLOB, parishes, left_out=left_out)


def is_script(document: Document) -> bool:
    """Whether a document is JavaScript: its strings may hold tags, so that it looks like a page."""
    if document.kind not in {Kind.HTML, Kind.TEXT}:
        return False
    code = r"\s*(?:/\*|//|[(!;]|[\"']use strict|(?:var|let|const|function|import|angular|window|jQuery|\$)\b)"
    named = re.search(r"\.m?js(?:$|\?)", document.url) or "javascript" in document.page.content_type
    return bool(named or re.match(code, document.text)) and not re.match(r"\s*<", document.text)


def _values(document: Document) -> Iterator[Any]:
    if document.kind is Kind.TEXT or is_script(document):
        yield list(_pinned(with_windows(literals(document.text[:_MOST_SCRIPT]))))
        return
    for script in markup.found(document.tree, "//script[not(@src)]")[:_MOST_SCRIPTS]:
        text = script.text or ""
        if "ld+json" in str(script.get("type")) or not _DATA.search(text):
            continue
        yield _json(text) if "json" in str(script.get("type")) else list(_pinned(with_windows(literals(text))))
    for value in document.tree.xpath(_ATTRIBUTES)[:_MOST_ATTRIBUTES]:
        yield _json(value) or list(literals(f"={value}"))
    pins = markup.found(document.tree, _PINS)
    yield [{str(key).removeprefix("data-"): value for key, value in pin.attrib.items()} for pin in pins]


def _json(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _pinned(values: Iterable[Any]) -> Iterator[Any]:
    """Values of a script; coordinates, and the text of the window that is bound to them next, as one row."""
    pin: Any = None
    rows: list[Any] = []
    for value in values:
        place = value[0] if isinstance(value, list) and value and isinstance(value[0], list) else value
        if isinstance(place, list) and len(place) == 2 and all(isinstance(one, float) for one in place):
            pin = place
        elif pin and isinstance(value, list) and value and isinstance(value[0], str) and _is_said(value[0]):
            rows.append({"position": pin, "html" if "<" in value[0] else "name": value[0]})
            pin = None
        else:
            yield value
    yield rows


def _is_said(text: str) -> bool:
    """Whether a string is what a window of a map says, rather than an address of tiles or an icon."""
    return len(text) > 4 and ("<" in text or (" " in text and "://" not in text))
