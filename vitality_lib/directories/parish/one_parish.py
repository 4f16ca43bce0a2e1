"""The churches of one parish kept together: rows named `Parish - Church` become one parish with its churches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vitality_lib.models import ParishEntry

_SITE = re.compile(
    r"(?P<parish>.{4,80}?\bparish)\s*(?:[-–—:,]|\()\s*(?P<church>.{3,80}?\b(?:church|chapel|site|campus|mission|oratory))\)?",
    re.I,
)


def churches_together(entries: Sequence[ParishEntry]) -> list[ParishEntry]:
    """Rows `Holy Family Parish - St. Ann Church` and `Holy Family Parish - St. Odo Church` as one Holy Family Parish.

    The first row gives the address; rows are one parish when they name one and share its website, or lack any.
    """
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        if match := _SITE.fullmatch(entry.name):
            groups[match["parish"].casefold(), entry.website or ""].append(number)
    kept: list[ParishEntry | None] = list(entries)
    for numbers in groups.values():
        if len(numbers) > 1:
            kept[numbers[0]] = _one(entries[number] for number in numbers)
            for number in numbers[1:]:
                kept[number] = None
    return [entry for entry in kept if entry is not None]


def _one(rows: Iterable[ParishEntry]) -> ParishEntry:
    sites = [(row, match) for row in rows if (match := _SITE.fullmatch(row.name))]
    first, named = sites[0]
    return replace(first, name=named["parish"], churches=tuple(dict.fromkeys(match["church"] for _, match in sites)))
