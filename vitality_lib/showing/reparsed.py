"""What reading stored pages again changes, as a diff for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vitality_lib.harmless import json_text
from vitality_lib.units.differences import DioceseDifference
from vitality_lib.units.reparse import Reparsed

_NOTHING = "Nothing was published; `vitality reparse --publish` publishes exactly this."
_ALL = "This was published."


def lines(reparsed: Reparsed, *, published: bool) -> Iterator[str]:
    """The diff by diocese and parish, then the counts of each diocese and of all."""
    for one in reparsed.differences:
        if one.parishes or one.schedules or one.held:
            yield from _diocese(one)
    for one in reparsed.differences:
        yield f"{one.diocese}: {_counts(Counter(one.counts()))}"
    total = sum((Counter(one.counts()) for one in reparsed.differences), Counter())
    yield f"All: {_counts(total)}"
    yield _ALL if published else _NOTHING
    if reparsed.busy:
        yield f"In the hands of another worker, and left alone: {', '.join(reparsed.busy)}"


def _diocese(one: DioceseDifference) -> Iterator[str]:
    yield one.diocese
    if one.held:
        yield f"  ! its directory is held for review: {one.held}"
    for line in one.parishes:
        yield f"  {line.sign} {line.words}"
    for parish in one.schedules:
        yield f"  {parish.name} ({parish.id or 'new'})"
        for line in parish.lines:
            yield f"    {line.sign} {line.words}"
    yield ""


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items() if number) or "nothing stored"


def as_json(reparsed: Reparsed, *, published: bool) -> str:
    """The same as one JSON object."""
    found = [
        {
            "diocese": one.diocese,
            "held_for_review": one.held or None,
            "parishes": [line.record() for line in one.parishes],
            "schedules": [
                {"parish_id": parish.id, "parish": parish.name, "lines": [line.record() for line in parish.lines]}
                for parish in one.schedules
            ],
            "counts": one.counts(),
        }
        for one in reparsed.differences
    ]
    return json_text({"published": published, "dioceses": found, "busy": list(reparsed.busy)})
