"""A service as one stretch of text states it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.context import When
from vitality_lib.schedules.grammar.details import church, language, note, period, season, streamed
from vitality_lib.schedules.grammar.exceptions import days_without, exceptions
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.lexicon.days import WEEK, WEEKDAYS
from vitality_lib.schedules.lexicon.kinds import Kind

_LONG = 80  # characters of a stretch from which its words may speak of one another less surely


@dataclass(frozen=True)
class Draft:
    """A service before its evidence: where it stands in the visible text, and how sure its parts are (0 to 1).

    `without` are days that the stretch takes away from those it names, `exceptions` some of them only. `begins` and
    `ends` are days as written, which may lack their year. `nights` is 0 where the page names no day for the end.
    """

    kind: ServiceType
    when: When
    start: str | None
    end: str | None
    language: str | None
    church: str | None
    season: str | None
    vigil: bool
    note: str | None
    at: tuple[int, int]
    confidence: float
    without: tuple[Day, ...] = ()
    exceptions: tuple[str, ...] = ()
    begins: str | None = None
    ends: str | None = None
    nights: int = 0
    streamed: bool = False


def drafted(
    stretch: Stretch, at: int, kind: ServiceType, when: When, *, start: str | None = None, end: str | None = None
) -> Draft:
    """The service that a phrase states, with the details that belong to it. Times are `HH:MM`."""
    phrase = stretch.passage.phrases[at]
    without = days_without(stretch, when)
    when = _narrowed(when, kind, without)
    begins, ends = period(stretch, at)
    late_on_saturday = when.days == (Day.SA,) and (start or "00") >= "14"
    return Draft(
        kind,
        when,
        start,
        end,
        language(stretch, at),
        church(stretch, at),
        season(stretch, at),
        kind is ServiceType.MASS and (late_on_saturday or Day.HOLYDAY_EVE in when.days),
        note(stretch, at),
        (phrase.start, phrase.end),
        _confidence(stretch, at),
        without,
        exceptions(stretch, at, when),
        begins,
        ends,
        streamed=phrase.kind is Kind.TIME and streamed(stretch, at),
    )


def _narrowed(when: When, kind: ServiceType, without: tuple[Day, ...]) -> When:
    """`Daily` is Monday to Friday, but for adoration the whole week, and so it is in `daily except Sunday`."""
    if when.daily and kind is not ServiceType.ADORATION and Day.SU not in without and set(when.days) == set(WEEK):
        return replace(when, days=WEEKDAYS)
    return when


def _confidence(stretch: Stretch, at: int) -> float:
    """Less for what no heading says, for a half of the day that is guessed, for lines that say much else.

    The figures are how often such services are right on pages with labels (`scripts/bench.py` tells).
    """
    sure = 0.98 if stretch.context.services and not stretch.services else 0.95 if stretch.services else 0.93
    if stretch.passage.phrases[at].kind is not Kind.TIME or not stretch.passage.clock(at).half:
        sure -= 0.06
    if len(stretch.passage.text) > _LONG:
        sure -= 0.07
    return round(sure, 2)
