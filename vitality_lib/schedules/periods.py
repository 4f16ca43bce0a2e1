"""Parts of the year: `June through August`, `Memorial Day to Labor Day`, `in July`, `beginning July 1`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from vitality_lib.calendar.seasons import UnknownSeasonError, spans
from vitality_lib.schedules.lexicon.dates import MONTHS, days_in, in_year, month_of, year_of
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lexicon.seasons import feast_of, season_of
from vitality_lib.schedules.tokens import Token

MARKS = (Kind.SEASON, Kind.DATE, Kind.MONTH)
_JOINTS = (Kind.DASH, Kind.UNTIL, Kind.SINCE, Kind.JOIN, Kind.COMMA)
_WORDS = "the|of|end|first|last|mid|del?|el|about|around|sunday|weekend|week|weekends"
_SMALL = re.compile(rf"[\s.-]*(?:(?:{_WORDS})[\s.-]+){{0,5}}", re.I)
_THROUGH = re.compile(r"\W*(?:through|thru)\W*$", re.I)
_IN = re.compile(
    r"\b(?:in|during|durante|en|month of|mes de|except|excluding)(?: the| el| month of| mes de){0,2}\s*$", re.I
)
_WORDS_TOO = ("may", "march", "mar")  # months only with a capital
_SHORTEST = 21  # days of a season; less is a feast or an event
_ANY_YEAR = 2026


@dataclass(frozen=True)
class Period:
    """A season, or the first and the last day as written: `2026-07-01`, `07-01`, `labor_day`, `june`.

    It takes the tokens up to, but not including, `stop`.
    """

    stop: int
    season: str | None = None
    begins: str | None = None
    ends: str | None = None


def period_at(tokens: list[Token], at: int, text: str, offset: int) -> Period | None:
    """The period that begins with the token `at`; None where none does. `offset` is where `text` stands in the page."""
    return _Reader(tokens, text, offset).read(at)


@dataclass(frozen=True)
class _Reader:
    tokens: list[Token]
    text: str
    offset: int

    def read(self, at: int) -> Period | None:
        token = self.tokens[at]
        if token.kind in MARKS:
            return self._stretch(at) or self._months(at)
        if token.kind in (Kind.SINCE, Kind.UNTIL) or (token.kind is Kind.DASH and _THROUGH.match(token.text)):
            return self._bound(at)
        return None

    def _stretch(self, at: int) -> Period | None:
        """From one mark to another, or both in one token of a date."""
        token = self.tokens[at]
        days = days_in(token.text) if token.kind is Kind.DATE else ()
        if len(days) == 2:
            return (
                self._from_to(days[0], days[1], at + 1) if "&" not in token.text and "and" not in token.text else None
            )
        step = at + 1
        year = self._year(step)
        if year:
            step += 2
        joint = step
        while step < len(self.tokens) and self.tokens[step].kind in _JOINTS and self._small(step):
            step += 1
        if step == joint or step >= len(self.tokens) or self.tokens[step].kind not in MARKS or not self._small(step):
            return None
        ranged = any(self._is_range(self.tokens[one]) for one in range(joint, step))
        if _is_season(token) and self.tokens[step].kind is Kind.DATE:  # `Winter - Nov. 1 to April 30`
            return None
        first, last = self._mark(at), self._mark(step)
        if not ranged or first is None or last is None:
            return None
        return self._from_to(in_year(first, year) if year and _is_day(first) else first, last, step + 1)

    def _from_to(self, first: str, last: str, stop: int) -> Period | None:
        year = self._year(stop)
        if year and _is_day(last):
            last, stop = in_year(last, year), stop + 2
        if _has_year(last) and _is_day(first) and not _has_year(first):
            first = in_year(first, int(last[:4]) - (first > last[5:]))
        if _has_year(first) and _is_day(last) and not _has_year(last):
            last = in_year(last, int(first[:4]) + (last < first[5:]))
        if _has_year(first) and _has_year(last):
            return Period(stop, begins=first, ends=last)
        season = f"{first}..{last}"
        return Period(stop, season) if _lasts(season) else None

    def _months(self, at: int) -> Period | None:
        """`in July`, `July & August`, `June, July and August`"""
        run = [at] if self.tokens[at].kind is Kind.MONTH and self.tokens[at].text not in _WORDS_TOO else []
        while run and (following := self._next_month(run[-1])) is not None:
            run.append(following)
        before = self.text[: self.tokens[at].start - self.offset][-30:]
        if not run or (len(run) == 1 and not _IN.search(before)):
            return None
        named = [MONTHS.index(month_of(self.tokens[one].text)) for one in run]
        months = [MONTHS[one] for one in named]
        in_a_row = all((one + 1) % 12 == other for one, other in pairwise(named))
        season = months[0] if len(months) == 1 else f"{months[0]}..{months[-1]}" if in_a_row else "+".join(months)
        return Period(run[-1] + 1, season)

    def _next_month(self, at: int) -> int | None:
        step = at + 1
        while step < len(self.tokens) and self.tokens[step].kind in (Kind.JOIN, Kind.COMMA) and self._small(step):
            step += 1
        found = at + 1 < step < len(self.tokens) and self.tokens[step].kind is Kind.MONTH and self._small(step)
        return step if found else None

    def _bound(self, at: int) -> Period | None:
        """`beginning July 1, 2026`, `until June 11`, `through Labor Day`, `effective Sunday, July 5`"""
        step = at + 1
        if (
            self._kind(step) is Kind.DAY
            and self._kind(step + 1) in (Kind.COMMA, Kind.DATE)
            and self._has_other_day(step)
        ):
            step += 1
        if step > at + 1 and self._kind(step) is Kind.COMMA:
            step += 1
        if self._kind(step) not in MARKS or not self._small(step):
            return None
        mark = self._mark(step)
        token = self.tokens[step]
        if mark is None or _is_season(token):
            return None
        year = self._year(step + 1)
        stop = step + 3 if year else step + 1
        mark = in_year(mark, year) if year and _is_day(mark) else mark
        ends = self._is_range(self.tokens[at])
        return Period(stop, ends=mark) if ends else Period(stop, begins=mark)

    def _has_other_day(self, at: int) -> bool:
        return any(token.kind is Kind.DAY for token in self.tokens[at + 1 :])

    def _kind(self, at: int) -> Kind | None:
        return self.tokens[at].kind if at < len(self.tokens) else None

    def _small(self, at: int) -> bool:
        """Whether only small words part a token from the one before it."""
        return bool(
            _SMALL.fullmatch(self.text, self.tokens[at - 1].end - self.offset, self.tokens[at].start - self.offset)
        )

    def _is_range(self, token: Token) -> bool:
        return token.kind in (Kind.DASH, Kind.UNTIL) or bool(_THROUGH.match(token.text))

    def _mark(self, at: int) -> str | None:
        """A token as an end of a stretch; None for a bare year and for what names two days."""
        token = self.tokens[at]
        if token.kind is Kind.MONTH:
            return month_of(token.text)
        if token.kind is Kind.SEASON:
            return feast_of(token.text) or season_of(token.text)
        days = days_in(token.text)
        return days[0] if len(days) == 1 else None

    def _year(self, at: int) -> int | None:
        """The year in `, 2026` at a token."""
        if self._kind(at) is not Kind.COMMA or self._kind(at + 1) is not Kind.DATE:
            return None
        word = self.tokens[at + 1].text.strip()
        return year_of(word) if len(word) == 4 else None


def _is_season(token: Token) -> bool:
    return token.kind is Kind.SEASON and feast_of(token.text) is None


def _is_day(mark: str) -> bool:
    return mark[:1].isdigit()


def _has_year(mark: str) -> bool:
    return _is_day(mark) and len(mark) > len("06-01")


def _lasts(season: str) -> bool:
    """Whether a stretch is long enough for a season: from Christmas to New Year is none."""
    try:
        ((first, last),) = spans(season, _ANY_YEAR)
    except UnknownSeasonError:
        return False
    return (last - first).days >= _SHORTEST
