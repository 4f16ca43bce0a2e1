"""Events given date by date: those that come at equal steps of weeks are a service, one alone is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from vitality_lib.models import Day, Evidence, Recurrence, Service
from vitality_lib.schedules.event_words import BY_NUMBER, church_in, end_of, in_week_order, named

LEAST = 4  # dates that make a rule
_STEPS = {7: 1, 14: 2}  # days to weeks


@dataclass(frozen=True)
class Event:
    """One happening: its title, local start and end, its place, and the words that say so."""

    title: str
    start: datetime
    end: datetime | None
    place: str
    evidence: Evidence


def regular(events: Iterable[Event]) -> tuple[Service, ...]:
    """The services that dated events amount to: same title, weekday and time, four at least, one or two weeks apart."""
    series: dict[tuple[object, ...], dict[object, Event]] = defaultdict(dict)
    for event in events:
        slot = (event.title.lower(), event.start.weekday(), event.start.time(), event.place)
        series[slot].setdefault(event.start.date(), event)
    services: list[Service] = []
    for dated in series.values():
        found = sorted(dated.values(), key=lambda event: event.start.date())
        steps = {(later.start.date() - earlier.start.date()).days for earlier, later in pairwise(found)}
        weeks = _STEPS.get(steps.pop(), 0) if len(steps) == 1 and len(found) >= LEAST else 0
        if weeks:
            anchor = found[0].start.date().isoformat() if weeks > 1 else None
            day = BY_NUMBER[found[0].start.weekday()]
            services += services_of(found[0], Recurrence((day,), weeks=weeks, anchor=anchor))
    return tuple(services)


def services_of(event: Event, rule: Recurrence) -> tuple[Service, ...]:
    """The services that an event's title names, under a rule."""
    found: list[Service] = []
    for service in named(event.title, BY_NUMBER[event.start.weekday()], event.start.time().replace(second=0)):
        end, nights = end_of(service, event.start, event.end)
        church = service.church or church_in(event.place)
        changed = replace(service, recurrence=rule, end=end, nights=nights, church=church)
        found.append(replace(changed, evidence=(event.evidence,)))
    return tuple(found)


def together(services: Iterable[Service]) -> tuple[Service, ...]:
    """Services that differ in their weekdays only as one, and without the one church that all of them are in."""
    joined: dict[Service, list[Service]] = {}
    found = list(services)
    alone = len({service.church for service in found}) == 1
    for service in (replace(one, church=None) if alone else one for one in found):
        rule = service.recurrence
        by_week = bool(rule.days) and not rule.ordinals and rule.weeks == 1
        bare = replace(rule, days=()) if by_week else rule
        joined.setdefault(replace(service, recurrence=bare, evidence=()), []).append(service)
    return tuple(_one(same) for same in joined.values())


def _one(same: list[Service]) -> Service:
    days: set[Day] = {day for service in same for day in service.recurrence.days}
    recurrence = replace(same[0].recurrence, days=in_week_order(days))
    evidence = dict.fromkeys(piece for service in same for piece in service.evidence)
    return replace(same[0], recurrence=recurrence, evidence=tuple(evidence))
