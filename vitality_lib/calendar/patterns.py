"""How long a pattern of services holds, and whether two patterns are the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from vitality_lib.calendar.days import is_in_force
from vitality_lib.calendar.occurrences import Occurrence, occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.models import Service, ServiceType

_HORIZON = 400  # days: every season begins and ends at least once

_Happening = tuple[Occurrence, ServiceType, str, str | None]


def next_change(services: Sequence[Service], on: date) -> date | None:
    """The first day after `on`, within 400 days, from which other services are in force than on `on`.

    Seasons, first and last days and excepted seasons count; what happens once, such as a holy day, does not.
    None when nothing changes. Raises ValueError for notation that means nothing.
    """
    bounded = [one.recurrence for one in services if _has_bounds(one)]
    now = [is_in_force(one, on) for one in bounded]
    days = (on + timedelta(days=n) for n in range(1, _HORIZON + 1))
    return next((day for day in days if [is_in_force(one, day) for one in bounded] != now), None)


def equal(one: Sequence[Service], other: Sequence[Service], first: date, last: date, place: Place) -> bool:
    """Whether the same happens from `first` to `last`: at the same times, of the same type, language and church.

    How the page says it does not matter: Monday to Friday, or five weekdays each by itself.
    """
    return _happenings(one, first, last, place) == _happenings(other, first, last, place)


def _has_bounds(service: Service) -> bool:
    rule = service.recurrence
    return bool(rule.season or rule.begins or rule.ends or rule.exceptions)


def _happenings(services: Sequence[Service], first: date, last: date, place: Place) -> set[_Happening]:
    return {
        (occurrence, service.type, service.language, service.church)
        for service in services
        for occurrence in occurrences(service, first, last, place, services)
    }
