"""A correction changes what it is about, in every reading, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vitality_lib.models import Correction, Day, Evidence, Recurrence, Service, ServiceType, Standing
from vitality_lib.schedules.corrections import Corrected, corrected

PAGE = Evidence("00ff", "https://brigid.example/mass", "Sunday 8:00 am", 0, 14, "list", 0.9)
WORD = Evidence("", "https://brigid.example/", "I was there (Ann, 2026-03-02)", 0, 0, "correction", 1.0)
SUNDAY = Service(ServiceType.MASS, Recurrence((Day.SU,)), "08:00", evidence=(PAGE,))
CONFESSION = Service(ServiceType.CONFESSION, Recurrence((Day.SA,)), "15:30", "16:30", evidence=(PAGE,))
HALF_PAST = replace(SUNDAY, start="08:30", evidence=(WORD,))
CHANGE = Correction(1, SUNDAY, HALF_PAST)
ADD = Correction(2, None, replace(SUNDAY, start="18:00", evidence=(WORD,)))
REMOVE = Correction(3, SUNDAY, None)


def after(*services: Service, by: Correction) -> tuple[tuple[Service, ...], Standing, tuple[Service, ...]]:
    result = corrected(services, [by])
    return result.services, result.standings[by.number], result.displaced[by.number]


def test_without_corrections_a_reading_stays_as_it_is() -> None:
    assert corrected((SUNDAY, CONFESSION), ()) == Corrected((SUNDAY, CONFESSION))


def test_what_is_wrong_is_put_right_and_what_was_read_is_kept_aside() -> None:
    assert after(SUNDAY, CONFESSION, by=CHANGE) == ((CONFESSION, HALF_PAST), Standing.USED, (SUNDAY,))


def test_an_added_service_stands_beside_what_is_read() -> None:
    assert after(SUNDAY, by=ADD) == ((SUNDAY, ADD.right), Standing.USED, ())


def test_a_removed_service_is_gone_and_kept_aside() -> None:
    assert after(SUNDAY, CONFESSION, by=REMOVE) == ((CONFESSION,), Standing.USED, (SUNDAY,))


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ((replace(SUNDAY, start="08:30"), CONFESSION), CHANGE),
        ((replace(SUNDAY, start="08:30", end="09:30"),), CHANGE),
        ((SUNDAY, replace(SUNDAY, start="18:00", church="Chapel of St. Fiacre")), ADD),
        ((CONFESSION,), REMOVE),
    ],
)
def test_a_site_that_says_the_same_needs_no_correction(said: tuple[Service, ...], by: Correction) -> None:
    assert after(*said, by=by) == (said, Standing.NOT_NEEDED, ())


def test_where_the_site_says_neither_nothing_is_changed() -> None:
    said = (replace(SUNDAY, start="09:00"), CONFESSION)
    assert after(*said, by=CHANGE) == (said, Standing.NO_MATCH, ())


def test_what_the_correction_is_not_about_stays_as_it_is_read() -> None:
    read = replace(SUNDAY, church="Chapel of St. Fiacre", end="09:00")
    assert after(read, by=CHANGE)[0] == (replace(read, start="08:30", evidence=(WORD,)),)


def test_what_the_correction_is_about_must_be_as_it_was() -> None:
    no_end_was_wrong = Correction(1, SUNDAY, replace(SUNDAY, end="09:00", evidence=(WORD,)))
    said = (replace(SUNDAY, end="09:15"),)
    assert after(*said, by=no_end_was_wrong) == (said, Standing.NO_MATCH, ())
    assert after(replace(SUNDAY, language="es"), by=CHANGE)[1] is Standing.NO_MATCH


def test_the_very_service_goes_before_one_that_agrees_with_it() -> None:
    other = replace(SUNDAY, church="Chapel of St. Fiacre")
    assert after(other, SUNDAY, by=REMOVE) == ((other,), Standing.USED, (SUNDAY,))


def test_a_wrong_service_goes_though_the_site_says_the_right_one_too() -> None:
    right = replace(SUNDAY, start="08:30")
    assert after(SUNDAY, right, by=CHANGE) == ((right,), Standing.USED, (SUNDAY,))


def test_a_later_correction_may_correct_an_earlier_one() -> None:
    again = Correction(4, HALF_PAST, replace(HALF_PAST, start="08:45"))
    result = corrected((SUNDAY,), [CHANGE, again])
    assert [one.start for one in result.services] == ["08:45"]
    assert result.standings == {1: Standing.USED, 4: Standing.USED}
    assert result.displaced == {1: (SUNDAY,), 4: (HALF_PAST,)}
