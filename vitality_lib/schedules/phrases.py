"""Tokens joined into phrases: lists of times, sets and ranges of days, services named together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.clock import Span, is_clock, spans
from vitality_lib.schedules.context import When
from vitality_lib.schedules.lexicon.days import WEEK, WEEKDAYS, days_of, ordinal_of
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lexicon.services import service_of
from vitality_lib.schedules.tokens import Token

_SMALL = re.compile(
    r"\s*(?:(?:or|of|on|from|at|the|every|each|all|el|la|las|los|del?|cada|tod[ao]s|o|u|a|about|are|is|days?)\s*)*[.,:]?\s*",
    re.I,
)
_MONDAY_FIRST = (*WEEKDAYS, Day.SA, Day.SU)
_DAILY = re.compile(r"daily|diari", re.I)
_GENERAL = re.compile(r"daily|diari|week|semana", re.I)
_SPANISH = re.compile(
    r"lunes|martes|mi[eé]rc|jueves|viernes|s[aá]bado|domingo|diari|d[ií]as|misa|confesi|adoraci|semana", re.I
)


@dataclass(frozen=True)
class Phrase:
    """One or more tokens that say one thing. Of `span`, `when` and `services` only that of its kind is filled.

    Times of one list (`7, 9 & 11 am`) share their `run`.
    """

    kind: Kind
    start: int
    end: int
    text: str
    span: Span | None = None
    run: int = -1
    when: tuple[When, ...] = ()
    services: tuple[ServiceType, ...] = ()
    spanish: bool = False
    both: bool = False  # said in English and in Spanish


def phrases(tokens: list[Token], text: str, offset: int) -> list[Phrase]:
    """The phrases of one stretch of text, in order."""
    found: list[Phrase] = []
    at = 0

    def between(left: int, right: int) -> str:
        return text[tokens[left].end - offset : tokens[right].start - offset]

    while at < len(tokens):
        kind = tokens[at].kind
        if is_clock(tokens[at]):
            at = _times(tokens, at, between, found)
        elif kind in (Kind.DAY, Kind.ORDINAL):
            at = _days(tokens, at, between, found)
        elif kind is Kind.SERVICE:
            at = _services(tokens, at, between, found)
        else:
            token = tokens[at]
            found.append(Phrase(kind, token.start, token.end, token.text))
            at += 1
    return found


_Between = Callable[[int, int], str]


def _times(tokens: list[Token], at: int, between: _Between, found: list[Phrase]) -> int:
    """A run of times joined by dashes, commas and `and`. Bare numbers count as hours only beside a real time."""
    run, joints = [tokens[at]], list[str]()
    end = at
    while True:
        step = _next_in_run(tokens, end, between, is_clock, (Kind.JOIN, Kind.COMMA, Kind.DASH, Kind.UNTIL))
        if step is None:
            break
        joints.append(between(end, step))
        run.append(tokens[step])
        end = step
    while run and run[-1].kind is Kind.NUMBER and not _bound_number(run, joints):
        run.pop()
        joints = joints[: len(run) - 1]
        end -= 1
    if not any(token.kind is Kind.TIME for token in run):
        found.append(Phrase(Kind.NOISE, tokens[at].start, tokens[at].end, tokens[at].text))
        return at + 1
    last = tokens.index(run[-1], at)
    for span in spans(run, joints):
        found.append(Phrase(Kind.TIME, span.start, span.end, "", span=span, run=run[0].start))
    return last + 1


def _bound_number(run: list[Token], joints: list[str]) -> bool:
    """A bare number that ends a list is an hour only as the end of a range (`7:00 - 8`)."""
    return len(run) > 1 and bool(re.search(r"[-\u2010-\u2015]|\bto\b", joints[-1]))


def _next_in_run(
    tokens: list[Token], at: int, between: _Between, wanted: Callable[[Token], bool], joints: tuple[Kind, ...]
) -> int | None:
    """The index of the next token of the run, past its joints, or None. Only small words may stand between."""
    step = at + 1
    passed: set[Kind] = set()
    while step < len(tokens) and tokens[step].kind in joints and tokens[step].kind not in passed:
        if not _SMALL.fullmatch(between(step - 1, step)):
            return None
        passed.add(tokens[step].kind)
        step += 1
    if step >= len(tokens) or not wanted(tokens[step]) or not _SMALL.fullmatch(between(step - 1, step)):
        return None
    return step


def _is_day(token: Token) -> bool:
    return token.kind in (Kind.DAY, Kind.ORDINAL)


def _days(tokens: list[Token], at: int, between: _Between, found: list[Phrase]) -> int:
    """A run of days and ordinals: `Monday - Friday`, `1st & 3rd Saturdays`, `Mon, Wed and Fri`, `lunes a viernes`."""
    run, joints, end = [tokens[at]], list[str](), at
    while True:
        step = _next_in_run(tokens, end, between, _is_day, (Kind.JOIN, Kind.COMMA, Kind.DASH))
        if step is None or (tokens[end].kind is Kind.DAY and ":" in between(end, step)):
            break
        joints.append(between(end, step))
        run.append(tokens[step])
        end = step
    when = _when(run, joints)
    first, last = run[0], tokens[end]
    words = " ".join(token.text for token in run if token.kind is Kind.DAY)
    if not when:
        found.append(Phrase(Kind.NOISE, first.start, last.end, first.text))
    else:
        spanish = [bool(_SPANISH.search(token.text)) for token in run if token.kind is Kind.DAY]
        found.append(
            Phrase(Kind.DAY, first.start, last.end, words, when=when, spanish=all(spanish), both=len(set(spanish)) > 1)
        )
    return end + 1


def _when(run: list[Token], joints: list[str]) -> tuple[When, ...]:
    """Days by the ordinals they share, in order of mention."""
    run, joints = _without_general(run, joints)
    found: dict[tuple[str, ...], list[Day]] = {}
    ordinals: list[str] = []
    fresh = True  # whether the next ordinal begins a new list
    previous: Day | None = None
    daily, general = False, True
    for place, token in enumerate(run):
        if token.kind is Kind.ORDINAL:
            ordinals = [ordinal_of(token.text)] if fresh else [*ordinals, ordinal_of(token.text)]
            fresh, previous = False, None
            continue
        days = days_of(token.text)
        daily = daily or bool(_DAILY.search(token.text))
        general = general and bool(_GENERAL.search(token.text))
        joint = joints[place - 1] if place else ""
        if previous and len(days) == 1 and _is_dash(joint) and days[0] in _MONDAY_FIRST:
            days = _through(previous, days[0])
        found.setdefault(tuple(ordinals), []).extend(days)
        previous = days[-1] if days and days[-1] in _MONDAY_FIRST else None
        fresh = True
    return tuple(When(tuple(dict.fromkeys(days)), which, daily, general) for which, days in found.items() if days)


def _without_general(run: list[Token], joints: list[str]) -> tuple[list[Token], list[str]]:
    """`First Thursday Weekday Mass`: the general word beside a day by name says nothing about when."""
    named = [token for token in run if token.kind is Kind.DAY and not _GENERAL.search(token.text)]
    kept = [at for at, token in enumerate(run) if not (named and _GENERAL.search(token.text) and _alone(at, joints))]
    return [run[at] for at in kept], [joints[at - 1] if at else "" for at in kept][1:]


def _alone(at: int, joints: list[str]) -> bool:
    beside = ([joints[at - 1]] if at else []) + ([joints[at]] if at < len(joints) else [])
    return all(not joint.strip() for joint in beside)


def _is_dash(joint: str) -> bool:
    return bool(re.search(r"[-\u2010-\u2015~]|\b(?:to|thru|through)\b|^\W*al?\W*$", joint, re.I))


def _through(first: Day, last: Day) -> tuple[Day, ...]:
    """All days from one to the other; a range that ends before it begins runs over the week's end."""
    week = WEEK if first is Day.SU else _MONDAY_FIRST
    low, high = week.index(first), week.index(last)
    return week[low : high + 1] if low <= high else (*week[low:], *week[: high + 1])


def _services(tokens: list[Token], at: int, between: _Between, found: list[Phrase]) -> int:
    """Services named in one breath: `Confession and Adoration`; in two languages, the same one twice."""
    run, end = [tokens[at]], at
    while True:
        step = _next_in_run(
            tokens, end, between, lambda token: token.kind is Kind.SERVICE, (Kind.JOIN, Kind.COMMA, Kind.DASH)
        )
        if step is None:
            break
        run.append(tokens[step])
        end = step
    kinds = tuple(dict.fromkeys(service_of(token.text) for token in run))
    spanish = [bool(_SPANISH.search(token.text)) for token in run]
    both = len(kinds) == 1 and len(set(spanish)) > 1
    words = " ".join(token.text for token in run)
    found.append(
        Phrase(Kind.SERVICE, run[0].start, run[-1].end, words, services=kinds, spanish=all(spanish), both=both)
    )
    return end + 1
