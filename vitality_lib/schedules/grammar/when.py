"""On which days a time holds: those named in its stretch, by the line before, or by the headings above."""

from __future__ import annotations

import re
from dataclasses import replace

from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.context import When
from vitality_lib.schedules.grammar.draft import Draft
from vitality_lib.schedules.grammar.exceptions import day_excepted
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.lexicon.kinds import Kind

_SATURDAY = (Day.SA,)
_VIGILS_BEGIN = 15 * 60  # minutes after midnight
_LED_TO = (Kind.TIME, Kind.DASH, Kind.SERVICE, Kind.VIGIL, Kind.PART, Kind.LANGUAGE)
_ON = re.compile(r"\s*on (?:the )?", re.I)
_REACH = 4  # phrases between a time and what narrows its days
_ONLY = re.compile(
    r"(?:\s(?:only|weekends?|of (?:the|each|every) month|s[oó]lo|solamente|del mes|de cada mes)){0,2}\s*[)\]]", re.I
)


def whens(stretch: Stretch, at: int, drafts: list[Draft]) -> tuple[When, ...]:
    """The days of the time (or other phrase) `at`; `drafts` are what was read from the stretch before it."""
    return tuple(_narrowed(stretch, at, when) for when in _whens(stretch, at, drafts))


def _narrowed(stretch: Stretch, at: int, when: When) -> When:
    """`Fridays 7 pm (1st and 3rd)`, `Friday 7 pm (first Friday only)`, `Thursdays 6 pm, every other week`"""
    passage, following = stretch.passage, stretch.next_time(at)
    for one in range(at + 1, min(following, at + _REACH)):
        phrase = passage.phrases[one]
        if one in stretch.denied or not phrase.when:
            continue
        if phrase.kind is Kind.ALTERNATE and when.days:
            return replace(when, weeks=2)
        same_days = phrase.kind is Kind.ORDINAL or phrase.when[0].days == when.days
        in_brackets = passage.phrases[one - 1].kind is Kind.OPEN and _ONLY.match(passage.after(one))
        if same_days and in_brackets and phrase.when[0].ordinals and not when.ordinals and len(when.days) == 1:
            return replace(when, ordinals=phrase.when[0].ordinals)
    return when


def _whens(stretch: Stretch, at: int, drafts: list[Draft]) -> tuple[When, ...]:
    excepted = day_excepted(stretch, at)
    named = _named(stretch, at) if excepted is None else excepted
    if named is not None:
        return stretch.passage.phrases[named].when
    context = stretch.context
    if drafts and not stretch.days and len(context.passing.when) == 1:
        return (drafts[-1].when,)
    if context.passing.when:
        return _of_line_before(stretch, at)
    return context.when or _of_vigil(stretch)


def _named(stretch: Stretch, at: int) -> int | None:
    """The day phrase that speaks of a time: before it where days lead (`Sunday 8:00`), behind where times do."""
    before = [day for day in stretch.days if day < at and not _of_another_time(stretch, day, at)]
    after = [day for day in stretch.days if day > at]
    behind = _right_behind(stretch, at)
    if behind is not None and (
        not before
        or _right_behind_a_time(stretch, before[-1])
        or _general(stretch, before[-1])
        or _ON.fullmatch(stretch.passage.between(at, behind))
    ):
        return behind
    days_lead = bool(before) and stretch.days[0] < (stretch.times[0] if stretch.times else at)
    if after and (not days_lead or _general_gave_way(stretch, before[-1], at)):
        return after[0]
    return before[-1] if before else None


def _right_behind(stretch: Stretch, at: int) -> int | None:
    """`7:00 Mon-Fri, 9:00 Sat`, `4 pm (Saturday), 8 am`: the day behind a time, unless it leads to the next time."""
    passage = stretch.passage
    opened = passage.any_within(at + 1, at + 2, Kind.OPEN)
    day = at + 2 if opened else at + 1
    if day not in stretch.days or not passage.near(at, day):
        return None
    part = passage.any_within(day + 1, day + 2, Kind.PART)  # `5:00 on Saturday afternoon`
    leads_on = passage.any_within(day + 1 + part, day + 2 + part, *_LED_TO) and not opened
    return None if leads_on else day


def _right_behind_a_time(stretch: Stretch, day: int) -> bool:
    earlier = stretch.time_before(day)
    return earlier is not None and _right_behind(stretch, earlier) == day


def _of_another_time(stretch: Stretch, day: int, at: int) -> bool:
    """`4 pm (Saturday), 8 am` under a heading that says when."""
    in_brackets = not stretch.passage.encloses(day, at) and _right_behind_a_time(stretch, day)
    return in_brackets and bool(stretch.context.when)


def _general(stretch: Stretch, day: int) -> bool:
    return stretch.passage.phrases[day].when[0].general


def _general_gave_way(stretch: Stretch, day: int, at: int) -> bool:
    """`Saturday 5:30 pm. Daily Mass 8:00 am, Monday to Friday`: between Saturday and 8:00 stands `daily`."""
    passage = stretch.passage
    return any(day < one < at and passage.phrases[one].when[0].general for one in stretch.own(Kind.DAY))


def _of_line_before(stretch: Stretch, at: int) -> tuple[When, ...]:
    """The days of the line before, but for an earlier time after a Saturday vigil under a heading for Sunday."""
    when, outer = stretch.context.passing.when, stretch.context.when
    vigil = len(when) == 1 and when[0].days == _SATURDAY and any(Day.SU in one.days for one in outer)
    return outer if vigil and _too_early_for_a_vigil(stretch, at) else when


def _too_early_for_a_vigil(stretch: Stretch, at: int) -> bool:
    clock = stretch.passage.clock(at)
    return not clock.half or clock.minutes() < _VIGILS_BEGIN


def _of_vigil(stretch: Stretch) -> tuple[When, ...]:
    says = stretch.context.vigil or bool(stretch.passage.all_of(Kind.VIGIL))
    return (When(_SATURDAY),) if says else ()


def sunday_again(stretch: Stretch, at: int, kind: ServiceType, when: When, drafts: list[Draft]) -> When:
    """Under `Sunday Masses: Saturday 5 pm, 8 am, 10 am, 6 pm` times are Sunday's again from the first morning on."""
    outer = [one for one in stretch.context.when if Day.SU in one.days]
    if kind is not ServiceType.MASS or when.days != _SATURDAY or not drafts or not outer:
        return when
    earlier = stretch.time_before(at)
    if earlier is not None and any(earlier < day < at for day in stretch.days):
        return when
    last = drafts[-1]
    after_vigil = last.when.days == _SATURDAY and (last.start or "00") >= "15" and _too_early_for_a_vigil(stretch, at)
    return outer[0] if after_vigil or last.when == outer[0] else when


def whens_of_relation(stretch: Stretch, at: int) -> tuple[When, ...]:
    """The days of a relation: named before it, else after it, else those any time would have."""
    before = [day for day in stretch.days if day < at]
    after = [day for day in stretch.days if day > at]
    if before or after:
        return stretch.passage.phrases[before[-1] if before else after[0]].when
    return whens(stretch, at, [])
