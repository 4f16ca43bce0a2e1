"""The rows of a list of any shape: objects, objects by id, arrays under a row of headings, bare arrays of a map."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from vitality_lib.directories.data.data_row import Row, means_name
from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.pieces.card_name import can_be_name, names_a_church

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
_SAMPLE, _MOST_VALUES = 30, 60


def rows_of(node: Any) -> list[Row]:
    """The rows of a list, or of an object of objects by id; empty when it is neither."""
    items = list(node.values()) if isinstance(node, Mapping) else node
    if not isinstance(items, list) or (isinstance(node, Mapping) and len(items) < 2):
        return []
    if rows := [one for one in items if isinstance(one, Mapping)]:
        return _spelt_out(rows) if len(rows) * 2 > len(items) else []
    arrays = [one for one in items if isinstance(one, list) and len(one) > 1 and not any(map(may_hold_rows, one))]
    if len(arrays) * 2 <= len(items):
        return []
    heads = arrays[0]
    named = [field_named(head) for head in heads if isinstance(head, str)]
    if len(named) == len(heads) and Field.NAME in named and len({*named} - {None}) > 1:
        return [dict(zip(heads, row, strict=False)) for row in arrays[1:]]
    column = _name_column(arrays[:_SAMPLE])
    return [_of_array(row, column) for row in arrays]


def may_hold_rows(value: Any) -> bool:
    """Whether a value is an object or a list, or a string that is JSON itself."""
    return isinstance(value, (Mapping, list)) or (isinstance(value, str) and value[:2] in {"[{", '{"', "[["})


def _spelt_out(rows: list[Row]) -> list[Row]:
    """The rows with their short keys spelt out, where what stands under `n` or `nm` mostly reads like churches."""
    some = rows[:_SAMPLE]
    called = next((key for key in ("n", "nm") if sum(_is_name(row.get(key)) for row in some) * 2 > len(some)), None)
    if called is None or any(means_name(key) for key in some[0]):
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
