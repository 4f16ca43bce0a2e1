"""When a visit knows enough of a type of service.

A type is settled by a page of its own, or by a schedule. A page of its own is one that was asked for because its link
names the type, and that states it: the page `Mass Times` settles Mass, one line in a homepage's footer does not. A
schedule is a page with a convincing list of Masses: three at least, of which one is for Sunday (or on its eve) and one
on a weekday. It settles each type that it states with a time of day.
"""

from __future__ import annotations

from collections.abc import Sequence

from vitality_lib.models import Day, Service, ServiceType
from vitality_lib.schedules.leads import WANTED
from vitality_lib.schedules.lexicon.days import WEEKDAYS
from vitality_lib.schedules.visiting.page_read import PageRead

_LEAST_MASSES = 3  # in a week


def unsettled(pages: Sequence[PageRead]) -> frozenset[ServiceType]:
    """Of Mass, confession and adoration, those of which these pages do not tell enough."""
    return WANTED - {kind for page in pages for kind in _settled_by(page)}


def _settled_by(page: PageRead) -> set[ServiceType]:
    own = {service.type for service in page.services} & page.names
    if not is_schedule(page.services):
        return own
    return own | {service.type for service in page.services if service.start}


def is_schedule(services: Sequence[Service]) -> bool:
    """Whether these hold a convincing list of Masses."""
    masses = [service for service in services if service.type is ServiceType.MASS and service.start]
    days = [day for mass in masses for day in mass.recurrence.days]
    sunday = Day.SU in days or any(mass.vigil for mass in masses)
    return len(days) >= _LEAST_MASSES and sunday and any(day in WEEKDAYS for day in days)
