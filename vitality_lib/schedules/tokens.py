"""A stretch of text as tokens: times, days, kinds of service, languages, churches, and what binds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vitality_lib.languages import LANGUAGE
from vitality_lib.schedules.lexicon.appointments import APPOINTMENT
from vitality_lib.schedules.lexicon.capitals import small_letters
from vitality_lib.schedules.lexicon.churches import churches_in, trimmed
from vitality_lib.schedules.lexicon.dates import DATE, MONTH, SINCE
from vitality_lib.schedules.lexicon.days import ALTERNATE, DAY, LETTERS, ORDINAL
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lexicon.marks import BREAK, CLOSE, COMMA, DASH, JOIN, OPEN
from vitality_lib.schedules.lexicon.noise import NOISE
from vitality_lib.schedules.lexicon.relations import RELATION, UNTIL, VIGIL, WITHOUT
from vitality_lib.schedules.lexicon.seasons import SEASON
from vitality_lib.schedules.lexicon.services import SERVICE
from vitality_lib.schedules.lexicon.times import NUMBER, OFFSET, PART, PERPETUAL, TIME
from vitality_lib.schedules.lexicon.topics import TOPIC

_LONGEST = 1_500  # characters of one stretch; a longer one is prose about something else

# Where two kinds match at one place, the earlier wins. All are written in lower case, but for the letters of days.
_WORDS = (
    (Kind.PERPETUAL, PERPETUAL),
    (Kind.DATE, DATE),
    (Kind.OFFSET, OFFSET),
    (Kind.TIME, TIME),
    (Kind.RELATION, RELATION),
    (Kind.UNTIL, UNTIL),
    (Kind.APPOINTMENT, APPOINTMENT),
    (Kind.TOPIC, TOPIC),
    (Kind.SERVICE, SERVICE),
    (Kind.VIGIL, VIGIL),
    (Kind.ALTERNATE, ALTERNATE),
    (Kind.DAY, DAY),
    (Kind.ORDINAL, ORDINAL),
    (Kind.LANGUAGE, LANGUAGE),
    (Kind.SEASON, SEASON),
    (Kind.MONTH, MONTH),
    (Kind.WITHOUT, WITHOUT),
    (Kind.SINCE, SINCE),
    (Kind.PART, PART),
)  # begin with a letter or a digit: nothing of them is tried at the blanks and marks of a text
_MARKS = (
    (Kind.JOIN, JOIN),
    (Kind.DASH, DASH),
    (Kind.COMMA, COMMA),
    (Kind.BREAK, BREAK),
    (Kind.OPEN, OPEN),
    (Kind.CLOSE, CLOSE),
    (Kind.NUMBER, NUMBER),
)
_INSIDE_A_WORD = r"(?<=\w)[^\W\d]"


def _any_kind(kinds: Iterable[tuple[Kind, str]]) -> str:
    return "|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern in kinds)


_TOKENS = re.compile(
    rf"(?!{_INSIDE_A_WORD})(?:(?P<{Kind.NOISE.value}>{NOISE})|(?=\w)(?:{_any_kind(_WORDS)})|{_any_kind(_MARKS)})"
)
_LETTERS = re.compile(LETTERS)
_KIND = {kind.value: kind for kind in Kind}

Sites = tuple[tuple[str, str], ...]  # short forms of churches, and the names they stand for


class Token(NamedTuple):
    """`text` == visible text[start:end]; the short form of a church has the church's name for text."""

    kind: Kind
    text: str
    start: int
    end: int


def scan(text: str, offset: int = 0, sites: Sites = ()) -> list[Token]:
    """The tokens of a stretch of text, in order; `offset` is where it stands in the page's visible text.

    Of what stands inside a church's name only times count: `St. Mary Sunday` is a place, `Holy Cross 8:00` a place
    and a time.
    """
    text = text[:_LONGEST]
    names = churches_in(text)
    found: list[Token] = []
    for match in _TOKENS.finditer(_folded(text)):
        kind, (at, to) = _KIND[match.lastgroup or "noise"], match.span()
        word = text[at:to]
        begins = to - len(word.lstrip())
        in_name = any(start <= begins < end for start, end in names)
        if not in_name or kind in (Kind.TIME, Kind.OFFSET):
            found.append(Token(kind, word, offset + at, offset + to))
    found += _short_forms(text, offset, sites)
    for start, end in names:
        name = trimmed(text[start:end])
        church = Token(Kind.CHURCH, name, offset + start, offset + start + len(name))
        if name and not any(token.start < church.end and church.start < token.end for token in found):
            found.append(church)
    return sorted(found, key=lambda token: token.start)


def _short_forms(text: str, offset: int, sites: Sites) -> Iterator[Token]:
    for code, name in sites:
        for match in re.finditer(rf"\b{code}\b", text):
            yield Token(Kind.CHURCH, name, offset + match.start(), offset + match.end())


def _folded(text: str) -> str:
    """The text in small letters, character for character, but for the letters that are days only as capitals.

    An expression is found in it in a third of the time that one without regard to case takes.
    """
    folded = small_letters(text)
    for match in _LETTERS.finditer(text):
        folded = f"{folded[: match.start()]}{match[0]}{folded[match.end() :]}"
    return folded
