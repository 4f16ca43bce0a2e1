"""Markers of a map that a script makes one by one, each put together with the text of its info window.

`new google.maps.Marker({position, title})` and `setContent('<b>...')` follow one another, in either order, marker after
marker. Or two arrays of one length hold the markers and the windows (`markers`, `infoWindowContent`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from vitality_lib.directories.parish.names import is_of_another_kind, why_left_out
from vitality_lib.directories.pieces import markup
from vitality_lib.directories.pieces.card_name import name_of

Parts = dict[str, Any]
_TITLES = ("title", "name", "label")
_LONGEST_WINDOW = 20_000


def with_windows(values: Iterable[Any]) -> list[Any]:
    """The values of a script, markers and their windows as one row each; all as they are where the two do not follow
    one another throughout.
    """
    paired = list(_paired(values))
    told = [(value, parts_of(value)) for value in paired]
    rows = _rows([parts for _, parts in told if parts])
    whole = [row for row in rows if "html" in row and ("position" in row or "title" in row)]
    orders = Counter(tuple(key for key in row if key != "title") for row in whole)
    if len(whole) < 2 or orders.most_common(1)[0][1] * 10 < len(rows) * 8:
        return paired
    return [*(value for value, parts in told if not parts), [_named(row) for row in rows]]


def parts_of(value: Any) -> Parts:
    """What a value tells of a marker: `position`, `title`, the `html` of its window; nothing for other values."""
    if isinstance(value, str):
        return {"html": value} if "<" in value else {}
    if isinstance(value, list) and _is_pair(value):
        return {"position": value}
    if isinstance(value, Mapping):
        return _of_object(value)
    parts: Parts = {}
    for one in value if isinstance(value, list) and len(value) <= 8 else ():
        if isinstance(one, str):
            parts = {"html": one, **parts} if "<" in one else parts
        elif isinstance(one, Mapping):
            parts = {**_of_object(one), **parts}
        elif _is_pair(one):
            parts = {"position": one, **parts}
    return parts


def _of_object(value: Mapping[str, Any]) -> Parts:
    if not {"zoom", "center"}.isdisjoint(value):
        return {}  # the map itself
    place = value.get("position", value)
    if isinstance(place, Mapping):
        place = [place.get("lat"), place.get("lng")]
    title = next((value[key] for key in _TITLES if isinstance(value.get(key), str)), None)
    said = value.get("content")
    window = said if isinstance(said, str) and "<" in said else None
    found = {"position": place if _is_pair(place) else None, "title": title, "html": window}
    return {key: one for key, one in found.items() if one is not None}


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(one, float) for one in value)


def _rows(events: Sequence[Parts]) -> list[Parts]:
    """One row for each marker: a part that it has already begins the next. A first position too many is the map's."""
    places, windows = (sum(key in parts for parts in events) for key in ("position", "html"))
    rows: list[Parts] = []
    for parts in events[1:] if events and events[0].keys() == {"position"} and places == windows + 1 else events:
        if rows and rows[-1].keys().isdisjoint(parts):
            rows[-1] |= parts
        else:
            rows.append(dict(parts))
    return rows


def _named(row: Parts) -> Parts:
    """A row by the name its window bears, where that is the name of a school and its marker has the parish's."""
    node = markup.fragment(str(row.get("html", ""))[:_LONGEST_WINDOW])
    said = name_of([one for one in node.iter() if isinstance(one.tag, str)], markup.lines(node))
    return {**row, "title": said} if is_of_another_kind(why_left_out(said)) else row


def _paired(values: Iterable[Any]) -> Iterator[Any]:
    """An array of windows laid upon the array of as many markers before it."""
    before: Any = None
    for value in values:
        texts = [_window(one) for one in value] if isinstance(value, list) and len(value) > 1 else []
        if isinstance(before, list) and len(before) == len(texts) and all(texts) and not any(map(_window, before)):
            before = [_with(row, text) for row, text in zip(before, texts, strict=True)]
            continue
        if before is not None:
            yield before
        before = value
    if before is not None:
        yield before


def _window(value: Any) -> str:
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    return one if isinstance(one, str) and "<" in one else ""


def _with(row: Any, text: str) -> Any:
    if isinstance(row, Mapping):
        return {**row, "html": text}
    return [*row, text] if isinstance(row, list) else row
