"""Whether rows are parishes: most are named like churches and have a place, a telephone or a website."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from vitality_lib.directories.data.data_row import Row, entry_of, means_name
from vitality_lib.directories.parish.names import has_word_of_churches, sounds_like_parish

_EVENT = re.compile(r"(?:start|end)(?:s|ing)?(?:_?(?:date|time|at|on))*|event_?\w*|published\w*|pub_?date", re.I)
_TOLD = ("street", "city", "zip", "phone", "website", "latitude")
_SAMPLE, _MOST_VALUES = 30, 60


def are_parishes(rows: Sequence[Row], base: str) -> bool:
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


def is_group(row: Row, base: str) -> bool:
    """Whether a row among parishes is no parish but holds some: the pins of one town."""
    return any(isinstance(value, list) for value in row.values()) and entry_of(row, base) is None


def is_placed(row: Row, base: str) -> bool:
    """Whether an object that stands alone is a parish with a place: `markers[0] = {title: ..., position: ...}`."""
    if not any(means_name(key) for key in row) or not are_parishes([row], base):
        return False
    entry = entry_of(row, base)
    return entry is not None and (entry.latitude or entry.street) is not None


def _texts(row: Row, depth: int) -> Iterator[str]:
    """The strings of an object and of the objects within it."""
    for value in itertools.islice(row.values(), _MOST_VALUES):
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, str) and not inner[:1].isdigit():  # `1 Elm St` is no saint
            yield inner[:500]
        elif isinstance(inner, Mapping) and depth:
            yield from _texts(inner, depth - 1)
