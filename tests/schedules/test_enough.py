"""When a visit knows enough of a type of service."""

from __future__ import annotations

import pytest

from vitality_lib.models import Day, Recurrence, Service, ServiceType
from vitality_lib.schedules.contradictions import PageServices
from vitality_lib.schedules.leads import WANTED
from vitality_lib.schedules.visiting.enough import is_schedule, unsettled
from vitality_lib.schedules.visiting.page_read import PageRead

MASS, CONFESSION, ADORATION = ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION


def service(kind: ServiceType, *days: Day, start: str | None = "09:00", vigil: bool = False) -> Service:
    return Service(kind, Recurrence(days), start, vigil=vigil)


def page(*services: Service, names: frozenset[ServiceType] = frozenset()) -> PageRead:
    return PageRead("https://fictus.example/", "00ff", "", PageServices("", services), names)


SUNDAY = service(MASS, Day.SU)
WEEK = (SUNDAY, service(MASS, Day.MO, Day.TU))


@pytest.mark.parametrize(
    ("masses", "enough"),
    [
        (WEEK, True),
        ((service(MASS, Day.SA, start="17:00", vigil=True), service(MASS, Day.MO, Day.TU)), True),
        ((SUNDAY,), False),
        ((SUNDAY, service(MASS, Day.SU, start="11:00"), service(MASS, Day.SA, vigil=True)), False),
        ((SUNDAY, service(MASS, Day.MO)), False),
        ((service(MASS, Day.MO, Day.TU, Day.WE),), False),
        ((service(CONFESSION, Day.SU, Day.MO, Day.TU),), False),
        ((service(MASS, Day.SU, Day.MO, Day.TU, start=None),), False),
    ],
)
def test_a_schedule_has_three_masses_on_sunday_and_on_a_weekday(masses: tuple[Service, ...], enough: bool) -> None:
    assert is_schedule(masses) is enough


def test_a_page_of_its_own_settles_a_type_that_it_states() -> None:
    assert unsettled([page(SUNDAY, names=frozenset({MASS}))]) == {CONFESSION, ADORATION}
    assert unsettled([page(names=frozenset({MASS}))]) == WANTED


def test_a_line_on_another_page_settles_nothing() -> None:
    assert unsettled([page(SUNDAY, service(CONFESSION, Day.SA))]) == WANTED


def test_a_schedule_settles_each_type_that_it_states_with_a_time() -> None:
    by_appointment = service(ADORATION, start=None)
    assert unsettled([page(*WEEK, service(CONFESSION, Day.SA), by_appointment)]) == {ADORATION}


def test_pages_settle_together() -> None:
    own = page(service(ADORATION, Day.FR), names=frozenset({ADORATION}))
    assert unsettled([page(*WEEK, service(CONFESSION, Day.SA)), own]) == frozenset()
