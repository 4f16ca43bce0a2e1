"""Bare numbers that are hours of services: `Mon thru Sat 9`, `Sat Vigil 5; Sun 8, 10, 12`, `Saturday 1730`."""

from __future__ import annotations

from vitality_lib.schedules.clock import clock
from vitality_lib.schedules.lexicon.days import days_of
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.tokens import Token

_AROUND = " :.,@-"
_MARKS = (Kind.COMMA, Kind.JOIN, Kind.BREAK)
_TIMES = (Kind.TIME, Kind.NUMBER)


def is_hour(tokens: list[Token], at: int, before: str) -> bool:
    """Whether a number that ends what it stands in is an hour; `before` is what parts it from the token before it.

    It is one on the 24-hour clock, behind a vigil or several days, and behind one day only where the whole text has
    no other times than such: `Sunday 9` may be a date.
    """
    if tokens[at - 1].kind is Kind.DAY and not before.strip(_AROUND) and _heads_a_row(tokens, at):
        return True
    if before.strip(_AROUND) not in ("", "at") or not ends_entry(tokens, at):
        return False
    if tokens[at - 1].kind is Kind.VIGIL:
        return True
    if tokens[at - 1].kind is not Kind.DAY:
        return False
    return len(tokens[at].text) == len("1730") or _of_several_days(tokens, at - 1) or _without_halves(tokens, at)


def ends_entry(tokens: list[Token], at: int) -> bool:
    """Whether nothing, or the next day, follows: no `2 priests`."""
    following = at + 1
    while following < len(tokens) and tokens[following].kind in _MARKS:
        following += 1
    return following == len(tokens) or tokens[following].kind is Kind.DAY


def _heads_a_row(tokens: list[Token], at: int) -> bool:
    """`Sun 8 | 9:30 | 11 am`; with one time only, `Sun 8 | 9:30 am`, it may be a date."""
    return [token.kind for token in tokens[at + 1 : at + 5]] == [Kind.BREAK, Kind.TIME, Kind.BREAK, Kind.TIME]


def _of_several_days(tokens: list[Token], at: int) -> bool:
    ranged = at > 1 and tokens[at - 1].kind is Kind.DASH and tokens[at - 2].kind is Kind.DAY
    return ranged or len(days_of(tokens[at].text)) > 1


def _without_halves(tokens: list[Token], at: int) -> bool:
    """Whether other hours stand in the text, each with no more than its number: `Sat 5; Sun 8, 10`."""
    others = [token for place, token in enumerate(tokens) if token.kind in _TIMES and place != at]
    return len(others) > 1 and not any(clock(token.text).half for token in others)
