"""Tokens joined into phrases: lists of times, sets and ranges of days, services named together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from vitality_lib.models import ServiceType
from vitality_lib.schedules.bare_hours import is_hour
from vitality_lib.schedules.clock import Span, spans
from vitality_lib.schedules.context import When
from vitality_lib.schedules.day_sets import when_of
from vitality_lib.schedules.kept import kept
from vitality_lib.schedules.lexicon.days import ordinal_of
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lexicon.seasons import season_of
from vitality_lib.schedules.lexicon.services import service_of
from vitality_lib.schedules.periods import Period, period_at
from vitality_lib.schedules.tokens import Sites, Token, scan

# What may stand between two members of a list beside its joints.
_SMALL = re.compile(
    r"\s*(?:(?:or|of|on|from|at|the|every|each|all|el|la|las|los|del?|cada|tod[ao]s|o|u|a|about|are|is|days?)\s*)*"
    r"[.,:]?\s*",
    re.I,
)
_RANGE = re.compile(r"[-\u2010-\u2015]|\bto\b")
_SPANISH = re.compile(
    r"lunes|martes|mi[eé]rc|jueves|viernes|s[aá]bado|domingo|diari|d[ií]as|semana|misa|confesi|adoraci|exposici"
    r"|hora santa|festivo|laborable|v[ií]spera|rosario|eucarist[ií]a|vigilia",
    re.I,
)
_END = re.compile(r"\s*(?:[.;)|\]]|$)")
_BETWEEN = re.compile(r"\bbetween (?:the hours of )?$", re.I)
_AROUND = " :.,-\u2013\u2014@"
_LEAD_TO_HOURS = (Kind.DAY, Kind.SERVICE, Kind.VIGIL)
_FOLLOW_HOURS = (Kind.SERVICE, Kind.OPEN, Kind.CLOSE, Kind.BREAK, Kind.LANGUAGE, Kind.PART)
_FOLLOWS = re.compile(r"\s?(?:to |immediately )?follow", re.I)
_TIMES = (Kind.TIME, Kind.NUMBER)
_DAYS = (Kind.DAY, Kind.ORDINAL, Kind.ALTERNATE)
_JOINTS = (Kind.JOIN, Kind.COMMA, Kind.DASH)


class Phrase(NamedTuple):
    """One or more tokens that say one thing. Of `span`, `when`, `services`, `season` and the days only that of its kind
    is filled; a feast has no `season`.

    Times of one list (`7, 9 & 11 am`) share their `run`. `begins` and `ends` are days as written (`Period`).
    """

    kind: Kind
    start: int
    end: int
    text: str
    span: Span | None = None
    run: int = -1
    when: tuple[When, ...] = ()
    services: tuple[ServiceType, ...] = ()
    season: str | None = None
    begins: str | None = None
    ends: str | None = None
    said_in: frozenset[str] = frozenset()  # `en`, `es` or both: the languages its words are of


@kept
def phrases_of(text: str, sites: Sites = ()) -> tuple[Phrase, ...]:
    """The phrases of one stretch of text, in order, their places counted from its start."""
    return tuple(phrases(scan(text, 0, sites), text, 0))


def phrases(tokens: list[Token], text: str, offset: int) -> list[Phrase]:
    """The phrases of one stretch of text, in order."""
    source = _Source(tokens, text, offset)
    found: list[Phrase] = []
    at = 0
    while at < len(tokens):
        period = period_at(tokens, at, text, offset)
        if period is not None:
            found.append(source.read_period(at, period))
            at = period.stop
            continue
        run = source.run(at)
        found += source.read(run)
        at = run[-1] + 1
    return found


@dataclass(frozen=True)
class _Source:
    """Tokens, by index, and the text they were found in."""

    tokens: list[Token]
    text: str
    offset: int

    def run(self, at: int) -> list[int]:
        """The tokens that form one phrase with the one at `at`, without what joins them."""
        kind = self.tokens[at].kind
        if kind in _TIMES:
            return self._times(at)
        if kind in _DAYS:
            return self._days(at)
        if kind is Kind.SERVICE:
            return self._services(at)
        return [at]

    def read(self, run: list[int]) -> Iterator[Phrase]:
        kind = self.tokens[run[0]].kind
        members = [self.tokens[at] for at in run]
        joints = [self._between(left, right) for left, right in pairwise(run)]
        if kind is Kind.NUMBER and len(run) == 1 and not self._is_hour(run[0]):
            yield Phrase(Kind.NOISE, members[0].start, members[0].end, members[0].text)
        elif kind in _TIMES:
            yield from _read_times(members, ["-"] if len(run) == 2 and self._between_two(run[0]) else joints)
        elif kind in _DAYS:
            yield _read_days(members, joints)
        elif kind is Kind.SERVICE:
            yield _read_services(members)
        elif kind is Kind.SEASON:
            yield Phrase(kind, members[0].start, members[0].end, members[0].text, season=season_of(members[0].text))
        elif kind is not Kind.MONTH:
            yield Phrase(kind, members[0].start, members[0].end, members[0].text)

    def read_period(self, at: int, period: Period) -> Phrase:
        start, end = self.tokens[at].start, self.tokens[period.stop - 1].end
        kind = Kind.SEASON if period.season else Kind.PERIOD
        words = self.text[start - self.offset : end - self.offset]
        return Phrase(kind, start, end, words, season=period.season, begins=period.begins, ends=period.ends)

    def _between(self, left: int, right: int) -> str:
        return self.text[self.tokens[left].end - self.offset : self.tokens[right].start - self.offset]

    def _list(self, at: int, wanted: tuple[Kind, ...], joints: tuple[Kind, ...]) -> list[int]:
        run = [at]
        while (step := self._next(run[-1], wanted, joints)) is not None:
            run.append(step)
        return run

    def _next(self, at: int, wanted: tuple[Kind, ...], joints: tuple[Kind, ...]) -> int | None:
        """The next token of a list, past its joints (each kind once), or None. Only small words may stand between."""
        step = at + 1
        passed: set[Kind] = set()
        while step < len(self.tokens) and self.tokens[step].kind in joints and self.tokens[step].kind not in passed:
            if not _SMALL.fullmatch(self._between(step - 1, step)):
                return None
            passed.add(self.tokens[step].kind)
            step += 1
        if step >= len(self.tokens) or self.tokens[step].kind not in wanted:
            return None
        return step if _SMALL.fullmatch(self._between(step - 1, step)) else None

    def _times(self, at: int) -> list[int]:
        """Times joined by dashes, commas and `and`.

        A bare number ends them only as the end of a range (`7:00 - 8`), or where it counts nothing (`8, 9:30 & 11`).
        Without a real time bare numbers are hours only as a list or range between a day or service and the end.
        """
        run = self._list(at, _TIMES, (*_JOINTS, Kind.UNTIL))
        while len(run) > 1 and self.tokens[run[-1]].kind is Kind.NUMBER and not self._counts_nothing(run[-1]):
            if _RANGE.search(self._between(run[-2], run[-1])):
                break
            run.pop()
        if any(self.tokens[one].kind is Kind.TIME for one in run):
            return run
        listed = len(run) > 1 and at > 0 and self.tokens[at - 1].kind in _LEAD_TO_HOURS
        return (
            run if listed and self._between(at - 1, at).strip(_AROUND) in ("", "at") and self._ends(run[-1]) else [at]
        )

    def _between_two(self, at: int) -> bool:
        """`between 4:15 and 5:15`; with a Mass behind it `between` is a token of its own."""
        relation = at > 0 and self.tokens[at - 1].kind is Kind.RELATION
        return not relation and bool(_BETWEEN.search(self.text, 0, self.tokens[at].start - self.offset))

    def _counts_nothing(self, at: int) -> bool:
        """Whether what follows a number is a mark, a service or the end: no `2 priests`."""
        if self._ends(at):
            return True
        following = self.tokens[at + 1 : at + 2]
        return bool(following) and following[0].kind in _FOLLOW_HOURS and not self._between(at, at + 1).strip()

    def _is_hour(self, at: int) -> bool:
        last = at + 1 == len(self.tokens)
        goes_on = self._ends(at) if last else not self._between(at, at + 1).strip()
        return at > 0 and goes_on and is_hour(self.tokens, at, self._between(at - 1, at))

    def _ends(self, at: int) -> bool:
        return bool(_END.match(self.text, self.tokens[at].end - self.offset))

    def _services(self, at: int) -> list[int]:
        """Services named in one breath; in `Mass, Holy Hour follows` the one that follows stands by itself."""
        run = self._list(at, (Kind.SERVICE,), _JOINTS)
        if len(run) > 1 and _FOLLOWS.match(self.text, self.tokens[run[-1]].end - self.offset):
            run.pop()
        return run

    def _days(self, at: int) -> list[int]:
        """Days and ordinals: `Monday - Friday`, `1st & 3rd Saturdays`. After `Monday:` another day is another entry."""
        run = [at]
        while (step := self._next(run[-1], _DAYS, _JOINTS)) is not None:
            if self.tokens[run[-1]].kind is Kind.DAY and ":" in self._between(run[-1], step):
                break
            run.append(step)
        return run


def _read_times(run: list[Token], joints: list[str]) -> Iterator[Phrase]:
    for span in spans(run, joints):
        yield Phrase(Kind.TIME, span.start, span.end, "", span=span, run=run[0].start)


def _read_days(run: list[Token], joints: list[str]) -> Phrase:
    start, end = run[0].start, run[-1].end
    when = when_of(run, joints)
    if not when:
        ordinals = tuple(ordinal_of(token.text) for token in run if token.kind is Kind.ORDINAL)
        kind = Kind.ORDINAL if ordinals else Kind.ALTERNATE
        return Phrase(kind, start, end, run[0].text, when=(When((), ordinals, weeks=1 if ordinals else 2),))
    named = [token.text for token in run if token.kind is Kind.DAY]
    return Phrase(Kind.DAY, start, end, " ".join(named), when=when, said_in=_languages(named))


def _read_services(run: list[Token]) -> Phrase:
    """Services named in one breath: `Confession and Adoration`; in two languages, the same one twice."""
    named = [token.text for token in run]
    services = tuple(dict.fromkeys(service_of(word) for word in named))
    said_in = _languages(named[:1] if len(services) > 1 else named)
    return Phrase(Kind.SERVICE, run[0].start, run[-1].end, " ".join(named), services=services, said_in=said_in)


def _languages(named: list[str]) -> frozenset[str]:
    return frozenset("es" if _SPANISH.search(word) else "en" for word in named)
