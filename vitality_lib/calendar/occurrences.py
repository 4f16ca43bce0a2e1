"""The dated happenings of a service, in the church's own time zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from vitality_lib.calendar.days import days_of
from vitality_lib.calendar.occurrence import Occurrence, end_of, moment
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.related import Anchor, assumed, chosen, related
from vitality_lib.calendar.relations import relations_of
from vitality_lib.calendar.rules import weeks_are_guessed
from vitality_lib.models import Service

__all__ = ["Occurrence", "occurrences"]


def occurrences(
    service: Service, first: date, last: date, place: Place, others: Sequence[Service] = ()
) -> Iterator[Occurrence]:
    """What begins on the days from `first` to `last` (both included), in order of time.

    `others` are what a relation such as `after 08:00 Mass` may speak of; those of another church do not count. If
    nothing else fits, one counts where the page does not name the church of one of the two; that is not certain.
    A service with neither a time nor a relation has no occurrences, nor has one with a time and no days.
    Raises ValueError for a recurrence whose notation means nothing.
    """
    found = _at_its_time(service, first, last, place) if service.start else _tied(service, first, last, place, others)
    guessed = weeks_are_guessed(service.recurrence)
    yield from (replace(one, certain=False) for one in found) if guessed else found


def _at_its_time(service: Service, first: date, last: date, place: Place) -> Iterator[Occurrence]:
    if service.start is None or not service.recurrence.says_when:
        return
    for day in days_of(service.recurrence, first, last, place):
        start = moment(day, service.start, place)
        yield Occurrence(start, end_of(service, start, place))


def _tied(service: Service, first: date, last: date, place: Place, others: Sequence[Service]) -> Iterator[Occurrence]:
    relations = relations_of(service.note)
    if not relations:
        return
    wanted = {relation.service_type for relation in relations}
    near = _near(service, [one for one in others if one.type in wanted and one != service])
    anchors = _anchors(near, [one for one in others if one.start], first, last, place)
    elsewhere = any(one.church != service.church for one in near)
    found: set[Occurrence] = set()
    for day in days_of(service.recurrence, first, last, place):
        for relation in relations:
            known = anchors[day]
            named = assumed(relation, day, known, place) if service.recurrence.says_when else chosen(relation, known)
            found.update(related(relation, named))
    for one in sorted(found, key=lambda one: (one.start, one.end or one.start)):
        if first <= one.start.date() <= last:
            yield replace(one, end=end_of(service, one.start, place) or one.end, certain=one.certain and not elsewhere)


def _near(service: Service, others: Sequence[Service]) -> Sequence[Service]:
    """Those of the same church; if there are none, those whose church, or its own, the page does not name."""
    same = [one for one in others if one.church == service.church]
    return same or [one for one in others if None in (one.church, service.church)]


def _anchors(
    others: Sequence[Service], timed: Sequence[Service], first: date, last: date, place: Place
) -> defaultdict[date, list[Anchor]]:
    """When the others take place, by day; those that are tied themselves by the ones that have a time."""
    by_day: defaultdict[date, list[Anchor]] = defaultdict(list)
    for other in others:
        for one in occurrences(other, first, last, place, () if other.start else timed):
            by_day[one.start.date()].append(Anchor(other.type, one))
    return by_day
