"""Lists of parishes in data of any shape, at any depth.

What stands under `schools`, or says of itself that it is a cemetery, is left out with that reason.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vitality_lib.directories.data.data_row import Row, entry_of
from vitality_lib.directories.data.parish_rows import are_parishes, is_group, is_placed
from vitality_lib.directories.data.row_shapes import may_hold_rows, rows_of
from vitality_lib.directories.data.tags import is_of_parishes, kinds_of, why_no_parish, why_none_under
from vitality_lib.directories.parish.fields import Field, field_named
from vitality_lib.directories.parish.listing import Listing, listing
from vitality_lib.models import LeftOut, ParishEntry

_ABOVE = {Field.CITY, Field.STATE, Field.DEANERY}
_MOST_NODES, _MOST_ROWS = 50_000, 3000


def listed(data: Any, base: str) -> Listing:
    """The parishes of all lists in some data, and the rows left out."""
    entries: list[ParishEntry] = []
    out: list[LeftOut] = []
    for rows, why_all in _lists(data, base):
        some = rows[: max(0, _MOST_ROWS - len(entries) - len(out))]
        read = [(entry, kinds_of(row)) for row in some if (entry := entry_of(row, base))]
        tagged = any(is_of_parishes(kind) for _, kinds in read for kind in kinds)
        for entry, kinds in read:
            if why := why_all or why_no_parish(entry.name, kinds, tagged):
                out.append(LeftOut(entry.name, why))
            else:
                entries.append(entry)
    found = listing(entries)
    return Listing(found.parishes, (*out, *found.left_out))


def _lists(data: Any, base: str) -> Iterator[tuple[Sequence[Row], str | None]]:
    """The lists of parishes in some data; each with the reason, when what it stands under says that they are none."""
    waiting: deque[tuple[Any, str | None, Row]] = deque([(data, None, {})])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node, why, above = waiting.popleft()
        node = _parsed(node) if isinstance(node, str) else node
        rows = rows_of(node)
        if rows and are_parishes(rows, base):
            yield [{**above, **row} for row in rows], why
            waiting.extend((row, why, above) for row in rows if is_group(row, base))
        elif isinstance(node, Mapping) and is_placed(node, base):
            yield [{**above, **node}], why
        elif isinstance(node, Mapping):
            below = {**above, **{key: value for key, value in node.items() if _is_place(key, value)}}
            waiting.extend(
                (value, why_none_under(str(key)) or why, below) for key, value in node.items() if may_hold_rows(value)
            )
        elif isinstance(node, list):
            waiting.extend((value, why, above) for value in node if may_hold_rows(value))


def _parsed(text: str) -> Any:
    """A string that is JSON itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_place(key: Any, value: Any) -> bool:
    return isinstance(value, str) and 1 < len(value) < 60 and field_named(str(key)) in _ABOVE
