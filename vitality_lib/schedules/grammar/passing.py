"""What a stretch leaves to the lines right after it."""

from __future__ import annotations

from vitality_lib.models import Day, ServiceType
from vitality_lib.schedules.altered import altered
from vitality_lib.schedules.context import Passing, When
from vitality_lib.schedules.grammar.draft import Draft
from vitality_lib.schedules.grammar.stretch import Stretch
from vitality_lib.schedules.lexicon.kinds import Kind

_PROSE = 140  # characters; what a longer sentence speaks of is not what the next lines are about
_HEADLINE = (ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION)


def passed_on(stretch: Stretch, drafts: list[Draft]) -> Passing:
    """What was said by the way; `drafts` are the services read from the stretch."""
    before = stretch.context.passing
    if not stretch.passage.phrases:
        return before if before.ranged or not before.services else altered(before, ranged=True)
    services, topic = _services(stretch, drafts), _is_topic(stretch, drafts)
    if not services and not _topics(stretch):
        services, topic = before.services, before.topic
    ranged = any(draft.end for draft in drafts) if drafts else before.ranged or bool(services)
    dated = bool(stretch.passage.all_of(Kind.DATE))
    return Passing(services, topic, () if dated else _when(stretch, drafts), ranged, before.hours and not drafts)


def _topics(stretch: Stretch) -> list[int]:
    return [at for at in stretch.passage.all_of(Kind.TOPIC) if stretch.passage.depth[at] == 0]


def _is_topic(stretch: Stretch, drafts: list[Draft]) -> bool:
    """Whether the last thing a stretch speaks of is no service."""
    topics = _topics(stretch)
    if not topics or drafts or (stretch.services and topics[-1] < stretch.services[-1]):
        return False
    return bool(stretch.times) or len(stretch.passage.text) <= _PROSE


def _services(stretch: Stretch, drafts: list[Draft]) -> tuple[ServiceType, ...]:
    if drafts:
        return (drafts[-1].kind,)
    phrases = stretch.passage.phrases
    headline = [at for at in stretch.services if phrases[at].services[0] in _HEADLINE]
    named = headline or stretch.services
    return phrases[named[-1]].services if named else ()


def _when(stretch: Stretch, drafts: list[Draft]) -> tuple[When, ...]:
    passage, before = stretch.passage, stretch.context.passing.when
    days = [at for at in stretch.days if passage.depth[at] == 0]
    if not days and _back_to_sunday(stretch, drafts):
        return stretch.context.when
    when = passage.phrases[days[-1]].when if days else before
    return before if _is_vigil_of(stretch, before, when) else when


def _is_vigil_of(stretch: Stretch, outer: tuple[When, ...], when: tuple[When, ...]) -> bool:
    """`Saturday Vigil 5:30 pm` as the first line of Sunday's list: the lines after it are Sunday's."""
    on_saturday = [one.days for one in when] == [(Day.SA,)] and bool(stretch.passage.all_of(Kind.VIGIL))
    return on_saturday and any(Day.SU in one.days for one in outer)


def _back_to_sunday(stretch: Stretch, drafts: list[Draft]) -> bool:
    """Under a heading for Sunday the first morning after Saturday's vigil begins the list of Sunday."""
    of_saturday = [one.days for one in stretch.context.passing.when] == [(Day.SA,)]
    return of_saturday and bool(drafts) and drafts[-1].when in stretch.context.when
