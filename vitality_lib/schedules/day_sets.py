"""Sets of days: ranges, lists, and the weeks of the month that ordinals pick."""

from __future__ import annotations

import re

from vitality_lib.models import Day
from vitality_lib.schedules.context import When
from vitality_lib.schedules.lexicon.days import (
    WEEK,
    WEEKDAYS,
    days_of,
    is_before_first_friday,
    month_days_of,
    ordinal_of,
)
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.tokens import Token

_MONDAY_FIRST = (*WEEKDAYS, Day.SA, Day.SU)
_DAILY = re.compile(r"daily|diari", re.I)
_GENERAL = re.compile(r"daily|diari|week|semana", re.I)
_MARKS = " :-\u2013\u2014"
_DASH = re.compile(r"[-\u2010-\u2015~]|\b(?:to|thru|through)\b|^\W*al?\W*$", re.I)


def when_of(run: list[Token], joints: list[str]) -> tuple[When, ...]:
    """Days by the ordinals they share, in order of mention; empty when none are named.

    `run` are tokens of kind DAY, ORDINAL or ALTERNATE, `joints` what stands between each and the next.
    """
    run, joints = _without_general(run, joints)
    found: dict[tuple[tuple[str, ...], int], list[Day]] = {}
    month_days = tuple(day for token in run if token.kind is Kind.DAY for day in month_days_of(token.text))
    weeks = 2 if run and run[-1].kind is Kind.ALTERNATE else 1  # `Tuesdays, every other week`
    ordinals: tuple[str, ...] = ()
    ordinals_end = True  # the next ordinal begins a new list
    previous: Day | None = None
    ranged = _ranges(joints)
    for token, is_range in zip(run, [False, *ranged], strict=False):
        if token.kind is Kind.ORDINAL:
            ordinals = (*(() if ordinals_end else ordinals), ordinal_of(token.text))
            ordinals_end, previous = False, None
            continue
        if token.kind is Kind.ALTERNATE:
            weeks, previous = 2, None
            continue
        days = days_of(token.text)
        if is_before_first_friday(token.text):
            ordinals = ("1",)
        if previous and len(days) == 1 and days[0] in _MONDAY_FIRST and is_range:
            days = _through(previous, days[0])
        found.setdefault((ordinals, weeks), []).extend(days)
        previous = days[0] if len(days) == 1 and days[0] in _MONDAY_FIRST else None
        ordinals_end = True
    named = [token.text for token in run if token.kind is Kind.DAY]
    daily, general = any(_DAILY.search(word) for word in named), all(_GENERAL.search(word) for word in named)
    of_week = tuple(
        When(tuple(dict.fromkeys(days)), which, daily, general, every) for (which, every), days in found.items() if days
    )
    return (*of_week, When((), month_days=month_days)) if month_days else of_week


def _without_general(run: list[Token], joints: list[str]) -> tuple[list[Token], list[str]]:
    """`First Thursday Weekday Mass`: the general word beside a day by name says nothing about when."""
    named = any(token.kind is Kind.DAY and not _GENERAL.search(token.text) for token in run)
    kept = [
        at
        for at, token in enumerate(run)
        if not (named and token.kind is Kind.DAY and _GENERAL.search(token.text) and _alone(at, joints))
    ]
    return [run[at] for at in kept], [joints[at - 1] if at else "" for at in kept][1:]


def _alone(at: int, joints: list[str]) -> bool:
    """Whether nothing but blanks, or a mark behind it (`Weekdays - Tuesday`), joins a member to its neighbours."""
    before, behind = joints[max(at - 1, 0) : at], joints[at : at + 1]
    return all(not joint.strip() for joint in before) and all(not joint.strip(_MARKS) for joint in behind)


def _ranges(joints: list[str]) -> list[bool]:
    """Which joints are of a range; `Mon-Tues-Thurs` is a list."""
    dashes = [bool(_DASH.search(joint)) for joint in joints]
    beside = zip([False, *dashes], dashes, [*dashes[1:], False], strict=False)
    return [dash and not before and not after for before, dash, after in beside]


def _through(first: Day, last: Day) -> tuple[Day, ...]:
    """All days from one to the other; a range that ends before it begins runs over the week's end."""
    week = WEEK if first is Day.SU else _MONDAY_FIRST
    low, high = week.index(first), week.index(last)
    return week[low : high + 1] if low <= high else (*week[low:], *week[: high + 1])
