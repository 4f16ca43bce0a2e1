"""What a stretch takes away from its days: `except Wednesday`, `but the first`, `not in July`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vitality_lib.models import Day
from vitality_lib.schedules.context import When
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.lexicon.dates import days_in
from vitality_lib.schedules.lexicon.days import WEEK
from vitality_lib.schedules.lexicon.kinds import Kind
from vitality_lib.schedules.lexicon.seasons import feast_of
from vitality_lib.schedules.phrases import Phrase

_FORMERLY = ("formerly", "previously")  # denies a time that was, and takes nothing from what is
_AT_THEN = re.compile(r",?\s*(?:when|cuando) (?:it|they|the|mass|confession|es|son|la|se)\b", re.I)
_WHILE = re.compile(r"\s*(?:when|while|during|if)\b", re.I)
_ONE_DAY = {"christmas": "christmas_day", "easter": "easter_sunday"}  # else the names of seasons


def days_without(stretch: Stretch, when: When) -> tuple[Day, ...]:
    """Weekdays taken away altogether; `Mon-Fri except Wed 8 am; Wed 7 pm` takes nothing from its second part."""
    gone = tuple(day for at in _days_denied(stretch) for without in stretch.passage.phrases[at].when
                 if not without.ordinals for day in without.days)  # fmt: skip
    said_again = gone and (any(day > max(stretch.denied) for day in stretch.days) or stretch.passage.says(_AT_THEN))
    return () if said_again and set(when.days) <= set(gone) else gone


def day_excepted(stretch: Stretch, at: int) -> int | None:
    """The day that is excepted because it has the time `at`: `weekdays 8 am, except Wednesday, when it is at 7 pm`."""
    before = [day for day in stretch.denied if day < at and stretch.passage.phrases[day].kind is Kind.DAY]
    said = bool(before) and _AT_THEN.search(stretch.passage.between(max(before), at))
    return max(before) if said and not any(max(before) < time < at for time in stretch.times) else None


def _days_denied(stretch: Stretch) -> Iterator[int]:
    """Of what is perpetual no day is gone that is excepted for some of its hours only."""
    perpetual = bool(stretch.own(Kind.PERPETUAL)) and not stretch.times
    for at in _denied(stretch):
        for_hours = stretch.passage.any_within(at + 1, at + 2, Kind.TIME) or _WHILE.match(stretch.passage.after(at))
        if stretch.passage.phrases[at].kind is Kind.DAY and not (perpetual and for_hours):
            yield at


def exceptions(stretch: Stretch, at: int, when: When) -> tuple[str, ...]:
    """What is taken away of some days only, in the notation of `Recurrence.exceptions`; a date may lack its year."""
    if not _speaks_of(stretch, at):
        return ()
    found = (one for denied in _denied(stretch) for one in _notations(stretch.passage.phrases[denied], when))
    return tuple(dict.fromkeys(found))


def _denied(stretch: Stretch) -> Iterator[int]:
    passage = stretch.passage
    formerly = [at for at in passage.all_of(Kind.WITHOUT) if passage.phrases[at].text.lower() in _FORMERLY]
    for at in sorted(stretch.denied):
        if not any(earlier < at for earlier in formerly):
            yield at


def _speaks_of(stretch: Stretch, at: int) -> bool:
    """`no 5 pm Mass in July` speaks of the time it names only."""
    passage = stretch.passage
    times = [one for one in stretch.denied if passage.phrases[one].kind is Kind.TIME]
    if not times or passage.phrases[at].kind is not Kind.TIME:
        return not times
    clock = passage.clock(at)
    return any((clock.hour, clock.minute) == (passage.clock(one).hour, passage.clock(one).minute) for one in times)


def _notations(phrase: Phrase, when: When) -> Iterator[str]:
    weekdays = [day for day in when.days if day in WEEK]
    if phrase.kind is Kind.DAY:
        for without in phrase.when:
            yield from (f"{nth}{day}" for nth in without.ordinals for day in without.days if day in weekdays)
        if Day.HOLYDAY not in when.days and any(Day.HOLYDAY in without.days for without in phrase.when):
            yield Day.HOLYDAY.value
    elif phrase.kind is Kind.ORDINAL and len(weekdays) == 1:
        yield from (f"{nth}{weekdays[0]}" for nth in phrase.when[0].ordinals)
    elif phrase.kind is Kind.SEASON:
        feast = feast_of(phrase.text) if phrase.season is None else None
        yield from filter(None, [phrase.season or (_ONE_DAY.get(feast, feast) if feast else None)])
    elif phrase.kind is Kind.DATE:
        yield from days_in(phrase.text)
