"""Lists of parishes in data of any shape: objects at any depth, arrays under a row of headings, bare arrays of a map.

A list is one of parishes when most of its rows are named like churches and have a place, a telephone or a website. What
stands under `schools`, or says of itself that it is a cemetery, is left out with that reason.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from vitality_lib.directories.data.data_row import entry_of, meant
from vitality_lib.directories.data.tags import is_of_parishes, tags_of, why_no_parish
from vitality_lib.directories.parish.fields import Field, field_named, words_of
from vitality_lib.directories.parish.listing import Listing, listing
from vitality_lib.directories.parish.names import has_word_of_churches, sounds_like_parish
from vitality_lib.directories.pieces.card_name import can_be_name, names_a_church
from vitality_lib.models import LeftOut, ParishEntry

Row = Mapping[str, Any]
_KIND = re.compile(r"(?:\w*type|kind|class(?:ification)?)", re.I)
_OFFICES = re.compile(r"^(?:\w+ ){0,2}(?:offices?|agency|agencies|ministry|ministries|charity|charities|departments?)$")
_EVENT = re.compile(r"(?:start|end)(?:s|ing)?(?:_?(?:date|time|at|on))*|event_?\w*|published\w*|pub_?date", re.I)
_ABOVE = {Field.CITY, Field.STATE, Field.DEANERY}
_TOLD = ("street", "city", "zip", "phone", "website", "latitude")
_SHORT = {"n": "name", "nm": "name", "a": "address", "ad": "address", "c": "city", "ct": "city", "s": "state"} | {
    "z": "zip",
    "t": "phone",
    "p": "phone",
    "ph": "phone",
    "w": "website",
    "u": "website",
    "e": "email",
}
_NUMBER = re.compile(r"-?\d{1,3}\.\d{1,20}")
_TEXT = re.compile(r"[^\W\d]{2}|\d{3}\D{0,2}\d{4}|^\d{5}$")
_MOST_NODES, _MOST_ROWS, _SAMPLE, _MOST_VALUES = 50_000, 3000, 30, 60


def listed(data: Any, base: str) -> Listing:
    """The parishes of all lists in some data, and the rows left out."""
    entries: list[ParishEntry] = []
    out: list[LeftOut] = []
    for rows, why_all in _lists(data, base):
        some = rows[: max(0, _MOST_ROWS - len(entries) - len(out))]
        read = [(entry, _kinds(row)) for row in some if (entry := entry_of(row, base))]
        tagged = any(is_of_parishes(kind) for _, kinds in read for kind in kinds)
        for entry, kinds in read:
            if why := why_all or why_no_parish(entry.name, kinds, tagged):
                out.append(LeftOut(entry.name, why))
            else:
                entries.append(entry)
    found = listing(entries)
    return Listing(found.parishes, (*out, *found.left_out))


@lru_cache(maxsize=4096)
def why_not(kind: str) -> str | None:
    """Why what stands under a heading (`Schools`, `parish_schools`) is no parish; None when it may be one."""
    said = words_of(kind[:80])
    if _OFFICES.search(said):
        return "an office"
    return why_no_parish("", (said, said.removesuffix("s"), re.sub("ies$", "y", said)), tagged=True)


def _lists(data: Any, base: str) -> Iterator[tuple[Sequence[Row], str | None]]:
    """The lists of parishes in some data; each with the reason, when what it stands under says that they are none."""
    waiting: deque[tuple[Any, str | None, Row]] = deque([(data, None, {})])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node, why, above = waiting.popleft()
        node = _parsed(node) if isinstance(node, str) else node
        rows = _rows(node)
        if rows and _are_parishes(rows, base):
            yield [{**above, **row} for row in rows], why
            waiting.extend((row, why, above) for row in rows if _is_group(row, base))
        elif isinstance(node, Mapping) and _is_placed(node, base):
            yield [{**above, **node}], why
        elif isinstance(node, Mapping):
            below = {**above, **{key: value for key, value in node.items() if _is_place(key, value)}}
            waiting.extend((value, why_not(str(key)) or why, below) for key, value in node.items() if _holds(value))
        elif isinstance(node, list):
            waiting.extend((value, why, above) for value in node if _holds(value))


def _holds(value: Any) -> bool:
    return isinstance(value, (Mapping, list)) or (isinstance(value, str) and value[:2] in {"[{", '{"', "[["})


def _parsed(text: str) -> Any:
    """A string that is JSON itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_place(key: Any, value: Any) -> bool:
    return isinstance(value, str) and 1 < len(value) < 60 and field_named(str(key)) in _ABOVE


def _rows(node: Any) -> list[Row]:
    """The rows of a list, or of an object of objects by id; empty when it is neither."""
    items = list(node.values()) if isinstance(node, Mapping) else node
    if not isinstance(items, list) or (isinstance(node, Mapping) and len(items) < 2):
        return []
    if rows := [one for one in items if isinstance(one, Mapping)]:
        return _spelt_out(rows) if len(rows) * 2 > len(items) else []
    arrays = [one for one in items if isinstance(one, list) and len(one) > 1 and not any(map(_holds, one))]
    if len(arrays) * 2 <= len(items):
        return []
    heads = arrays[0]
    named = [field_named(head) for head in heads if isinstance(head, str)]
    if len(named) == len(heads) and Field.NAME in named and len({*named} - {None}) > 1:
        return [dict(zip(heads, row, strict=False)) for row in arrays[1:]]
    column = _name_column(arrays[:_SAMPLE])
    return [_of_array(row, column) for row in arrays]


def _spelt_out(rows: list[Row]) -> list[Row]:
    """The rows with their short keys spelt out, where what stands under `n` or `nm` mostly reads like churches."""
    some = rows[:_SAMPLE]
    called = next((key for key in ("n", "nm") if sum(_is_name(row.get(key)) for row in some) * 2 > len(some)), None)
    if called is None or any(_names(key) for key in some[0]):
        return rows
    return [{_SHORT.get(str(key).lower(), key): value for key, value in row.items()} for row in rows]


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) < 120 and "<" not in value and names_a_church(value)


def _name_column(arrays: Sequence[Sequence[Any]]) -> int:
    """Which place of bare arrays has the names: the one that most often reads like a church's."""
    named = Counter(at for row in arrays for at, value in enumerate(row[:_MOST_VALUES]) if _is_name(value))
    return named.most_common(1)[0][0] if named else 0


def _of_array(values: Sequence[Any], column: int) -> Row:
    """A map's bare array (`['St. X', 41.2, -87.1, '<p>...</p>', 4]`) as an object; `column` mostly has the name."""
    texts = [text for text in values if isinstance(text, str) and _TEXT.search(text)]
    said = str(values[column]) if column < len(values) else ""
    name = said if can_be_name(said) else next((text for text in texts if _is_name(text)), "")
    links = (
        re.sub(r"^(?:https?://|www\.)\S+$", r'<a href="\g<0>">Website</a>', text) for text in texts if text != name
    )
    row: dict[str, Any] = {"name": name, "html": f"<p>{name}</p>" + "".join(f"<p>{text}</p>" for text in links)}
    for one, other in itertools.pairwise(values):
        if _NUMBER.fullmatch(str(one).strip()) and _NUMBER.fullmatch(str(other).strip()):
            row["position"] = [float(one), float(other)]
            break
    return row


def _are_parishes(rows: Sequence[Row], base: str) -> bool:
    """Whether most rows, by a sample, are named like churches and can be found; and are no events."""
    some = rows[:: max(1, len(rows) // _SAMPLE)][:_SAMPLE]
    if any(_EVENT.fullmatch(str(key)) for row in some[:3] for key in row):
        return False
    if sum(any(map(has_word_of_churches, _texts(row, 3))) for row in some) * 10 < len(some) * 6:
        return False  # told without reading them
    entries = [entry for row in some if (entry := entry_of(row, base))]
    good = [one for one in entries if any(getattr(one, field) is not None for field in _TOLD) and len(one.name) < 120]
    alike = has_word_of_churches if len(some) > 2 else sounds_like_parish
    named = [one for one in good if alike(one.name)]
    sure = [one for one in named if sounds_like_parish(one.name)]
    return len(good) * 2 > len(some) and len(named) * 10 >= len(some) * 6 and len(sure) * 2 > len(some)


def _texts(row: Row, depth: int) -> Iterator[str]:
    """The strings of an object and of the objects within it."""
    for value in itertools.islice(row.values(), _MOST_VALUES):
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, str) and not inner[:1].isdigit():  # `1 Elm St` is no saint
            yield inner[:500]
        elif isinstance(inner, Mapping) and depth:
            yield from _texts(inner, depth - 1)


def _is_group(row: Row, base: str) -> bool:
    """Whether a row among parishes is no parish but holds some: the pins of one town."""
    return any(isinstance(value, list) for value in row.values()) and entry_of(row, base) is None


def _is_placed(row: Row, base: str) -> bool:
    """Whether an object that stands alone is a parish with a place: `markers[0] = {title: ..., position: ...}`."""
    if not any(_names(key) for key in row) or not _are_parishes([row], base):
        return False
    entry = entry_of(row, base)
    return entry is not None and (entry.latitude or entry.street) is not None


def _names(key: Any) -> bool:
    return field_named(meant(str(key))) is Field.NAME


def _kinds(row: Row) -> tuple[str, ...]:
    """What a row says it is: its tags, and its type (`"type": "School"`)."""
    said = (value for key, value in row.items() if isinstance(value, str) and _KIND.fullmatch(str(key)))
    return (*tags_of(row), *(value for value in said if len(value) < 80))
