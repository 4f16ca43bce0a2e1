"""Where the pages of a parish contradict each other, told to people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vitality_lib.calendar.day_words import say_days
from vitality_lib.calendar.spoken import TYPES
from vitality_lib.models import Recurrence
from vitality_lib.store.schedule_contradictions import KeptContradiction, KeptSide


def contradiction_lines(found: Sequence[KeptContradiction]) -> Iterator[str]:
    """Both sides of each contradiction, and which is believed and why, a line at a time."""
    if found:
        yield ""
        yield "Pages that contradict each other"
    for one in found:
        what = f"  {TYPES[one.type]}, {say_days(Recurrence(one.days))}"
        yield what if one.decided else f"{what}: {one.why}"
        yield from _side(f"believed, as {one.why}" if one.decided else "published", one.better)
        yield from _side("not believed" if one.decided else "published too", one.worse)


def _side(name: str, side: KeptSide) -> Iterator[str]:
    yield f"    {name}: {side.url}"
    for one in side.stated:
        quotes = " … ".join(" ".join(piece.quote.split()) for piece in one.service.evidence)
        yield f"      {one.words}: “{quotes}”"
