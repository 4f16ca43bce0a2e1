"""Sentences between a heading and its times that speak of something else, and only for themselves."""

from __future__ import annotations

import re

from vitality_lib.schedules.lexicon.dates import DATE
from vitality_lib.schedules.lexicon.pattern import any_of, words

_HAPPENS_ANYWAY = any_of(
    words("office", "rectory", "oficina", "open(?:s|ed|ing)?", "clos(?:e|es|ed|ing)", "doors", "parking", "nursery"),
    words(r"live-?\s?stream(?:ed|ing|s)?", "stream(?:ed|ing|s)?", "broadcasts?", "televised", "facebook", "youtube"),
)
_OF_OTHERS = re.compile(rf"{_HAPPENS_ANYWAY}|{DATE}", re.I)
_ENDS = re.compile(r"(?<!\b[ap]\.m)(?<!\b[ap]m)[.!]\W*$", re.I)
_SENTENCE = 5  # words; `Office Hours.` is a title with a full stop
_OPENS = re.compile(words("open(?:s|ed|ing)?", "hours"), re.I)
# `Our office is closed on Monday` is a sentence even without its full stop.
_SAYS = re.compile(
    rf"{_HAPPENS_ANYWAY}.{{0,40}}\b(?:is|are|will be)\b|\b(?:is|are|will be) (?:\w+ )?{_HAPPENS_ANYWAY}(?!.*:\s*$)",
    re.I,
)


def speaks_for_itself(text: str) -> bool:
    """Whether a line is a sentence about an office, doors, a stream or one date: it says nothing of the next lines."""
    stopped = len(text.split()) >= _SENTENCE and bool(_ENDS.search(text))
    return (stopped and bool(_OF_OTHERS.search(text))) or is_statement(text)


def is_statement(text: str) -> bool:
    """Whether a line without a full stop is no heading either: `The office will be closed on Monday`."""
    return len(text.split()) >= _SENTENCE and not text.endswith(":") and bool(_SAYS.search(text))


def tells_hours(text: str) -> bool:
    """Whether it speaks of when something is open: `Our parish center is open during its regular hours.`"""
    return bool(_OPENS.search(text))
