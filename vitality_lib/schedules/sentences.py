"""A line in sentences, where a full stop ends one and is no part of an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vitality_lib.schedules.lexicon.capitals import as_written_small
from vitality_lib.schedules.lines import Line

# After `8:00 a.m.` a sentence ends only where what follows is no day, service or language: `8:00 a.m. Monday` goes on.
_GOES_ON = (
    "(?!Mass|Misa|Sun|Mon|Tue|Wed|Thu|Fri|Sat|Eng|Span|Vig|Lat|Confes|Recon|Ador|Ros|Holy|Dom|Lun|Mart|Mi[eé]|Jue|Vie"
    r"|S[aá]b|Biling|Ingl|Esp|Viet|Pol|Port|Every|Each|First|Second|Third|Fourth|Last|Daily|Week|St\.|Saint|Church"
    "|Chapel)"
)
# `... at 8:00 a.m. Confessions are heard on Saturdays` are two sentences.
_SAYS_MORE = (
    r"(?:Masses are|Mass is (?:celebrated|offered|held)"
    r"|(?:The )?(?:\w+ ){0,2}(?:Confessions?|Reconciliation|Adoration|Rosary)"
    r" (?:is|are|will be|takes place|provides|offers|gives)) "
)
_NO_ABBREVIATION = (
    r"(?<![ap]\.m)(?<![ap]m)(?<!\b[A-Za-z])(?<!\b(?i:st|fr|dr|mt|no))(?<!\b(?i:sts))(?<!\b(?i:msgr|ntra))"
    r"(?<!\b(?i:sun|mon|tue|wed|thu|fri|sat|dec|nov|oct|aug|jan|feb|mar|apr))(?<!\b(?i:tues|sept|thur))"
    r"(?<!\b(?i:thurs))"
)
# `Monday to Saturday 8:00. No Mass on Wednesday.` is one statement.
_DENIES = r"(?!(?:No (?:\w+ )?(?:Mass|Masses|Confessions?|Adoration)|Except|Not (?:on|in|during))\b)"
_END = re.compile(
    rf"(?=[.!?]\s){_NO_ABBREVIATION}[.!?]\s+{_DENIES}(?=[A-Z\u00c0-\u00de\u00a1\u00bf\"\u201c(\d])"
    rf"|(?=\.)(?:(?<=[ap]m)|(?<=[ap]\.m))\.\s+{_GOES_ON}{_DENIES}(?=[A-Z\u00c0-\u00de][a-z])"
    rf"|(?=\.)(?:(?<=[ap]m)|(?<=[ap]\.m))\.\s+(?={_SAYS_MORE})"
    r"|;\s+(?=there (?:will|is|are) no longer\b)"  # it speaks of something else than what stands before it
)
_MARKS = ".!?;"  # of which each end has one


class Sentence(NamedTuple):
    """`start` is where the text begins in the page's visible text."""

    text: str
    start: int


def sentences(line: Line) -> Iterator[Sentence]:
    if not any(mark in line.text for mark in _MARKS):
        yield Sentence(line.text, line.start)
        return
    at = 0
    for match in _END.finditer(as_written_small(line.text)):
        yield Sentence(line.text[at : match.end()].rstrip(), line.start + at)
        at = match.end()
    if at < len(line.text):
        yield Sentence(line.text[at:], line.start + at)
