"""Times that are named only to be told from others: the old one of a change, one that is known already."""

from __future__ import annotations

import re

from vitality_lib.schedules.grammar.stretch import Stretch

_KNOWN = re.compile(
    r"\b(?:in addition to|instead of|rather than|in place of|replac(?:es|ed|ing)|dropping|the current|their)"
    r"(?: (?:the|our|their|regular|usual|current|normal|weekly|schedule|of|an?)){0,5}\s*$",
    re.I,
)
_ITS_PEOPLE = re.compile(r"\s*(?:mass )?(?:attendees|crowd|congregation|mass-goers)\b", re.I)
_MOVED_FROM = re.compile(r"\b(?:chang|mov|shift|switch)\w*\b[^.]{0,80}\bfrom\W*$", re.I)
_REACH = 120  # characters before a time


def is_known_time(stretch: Stretch, at: int) -> bool:
    """`in addition to the regular 8:30`, `for our 7:30 attendees`; after `a shift from 8:00 to 7:30` any other 8:00."""
    passage = stretch.passage
    if _KNOWN.search(passage.before(at)[-_REACH:]) or _ITS_PEOPLE.match(passage.after(at)):
        return True
    return any(
        passage.clock(other) == passage.clock(at) for other in stretch.times if other < at and _moved(stretch, other)
    )


def _moved(stretch: Stretch, at: int) -> bool:
    return stretch.passage.has_end(at) and bool(_MOVED_FROM.search(stretch.passage.before(at)[-_REACH:]))
