"""Services that are tied to another one take place when that one does."""

from datetime import date

import pytest

from vitality_lib.calendar.occurrences import occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.models import Day, Recurrence, Service, ServiceType

MASS, CONFESSION, ADORATION = ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION
PLACE = Place("America/Chicago", "Diocese of Marlow")
WEEKDAYS = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR)
FRIDAY, SATURDAY, SUNDAY = date(2025, 6, 6), date(2025, 6, 7), date(2025, 6, 8)
OTHERS = [
    Service(MASS, Recurrence(WEEKDAYS), "08:00"),
    Service(MASS, Recurrence((Day.SA,)), "17:00", vigil=True),
    Service(MASS, Recurrence((Day.SU,)), "08:00"),
    Service(MASS, Recurrence((Day.SU,)), "10:30", "11:45"),
    Service(MASS, Recurrence((Day.SU,)), "12:00", church="Holy Cross Chapel"),
    Service(ADORATION, Recurrence((Day.FR,), ("1",)), None, "12:00", note="after 08:00 Mass"),
]


def tied(
    note: str, *days: Day, end: str | None = None, church: str | None = None, season: str | None = None
) -> Service:
    return Service(CONFESSION, Recurrence(days, season=season), end=end, note=note, church=church)


def said(service: Service, day: date, others: list[Service]) -> str:
    """`07:30-08:00 10:00?`: with a question mark what is not certain."""
    found = occurrences(service, day, day, PLACE, others)
    return " ".join(
        f"{one.start:%H:%M}{f'-{one.end:%H:%M}' if one.end else ''}{'' if one.certain else '?'}" for one in found
    )


@pytest.mark.parametrize(
    ("note", "day", "when"),
    [
        ("30 minutes before Mass", FRIDAY, "07:30-08:00"),
        ("30 minutes before Mass", SUNDAY, "07:30-08:00 10:00-10:30"),
        ("an hour before 17:00 Mass", SATURDAY, "16:00-17:00"),
        ("before Mass", FRIDAY, "07:30-08:00?"),
        ("after Mass", FRIDAY, "08:30?"),  # a weekday Mass is taken to last 30 minutes
        ("after Mass", SATURDAY, "18:00?"),  # one of Sunday, and its vigil, 60
        ("after 08:00 Mass", SUNDAY, "09:00?"),
        ("after 10:30 Mass", SUNDAY, "11:45"),  # whose end is stated
        ("10 minutes after 10:30 Mass", SUNDAY, "11:55"),
        ("before and after 08:00 Mass", SUNDAY, "07:30-08:00? 09:00?"),
        ("between 08:00 and 10:30 Masses", SUNDAY, "09:00-10:30?"),
        ("between Masses", SUNDAY, "09:00-10:30?"),
        ("between Masses", FRIDAY, ""),
        ("during 10:30 Mass", SUNDAY, "10:30-11:45?"),
        ("during Adoration", FRIDAY, "08:30-12:00?"),  # which is itself tied to a Mass
        ("during Adoration", SATURDAY, ""),
        ("after 8:00 Mass", FRIDAY, "08:30?"),
        ("20 minutes before 5:00 Mass", SATURDAY, "16:40-17:00"),  # of two halves of the day, the one with a Mass
    ],
)
def test_a_service_without_days_is_held_whenever_the_other_is(note: str, day: date, when: str) -> None:
    assert said(tied(note), day, OTHERS) == when


def test_a_service_without_days_is_not_held_when_the_other_is_not() -> None:
    assert said(tied("30 minutes before 17:00 Mass"), SUNDAY, OTHERS) == ""
    assert said(tied("30 minutes before 17:00 Mass"), SATURDAY, []) == ""


@pytest.mark.parametrize(
    ("note", "when"),
    [
        ("30 minutes before 08:00 Mass", "07:30-08:00"),
        ("30 minutes before 5:00 Mass", "16:30-17:00?"),  # in the afternoon, as is usual
        ("after 08:00 Mass", "09:00?"),
        ("before Mass", ""),
    ],
)
def test_with_days_of_its_own_the_time_that_the_note_names_is_enough(note: str, when: str) -> None:
    assert said(tied(note, Day.SU), SUNDAY, []) == when


def test_a_time_that_is_not_among_the_known_masses_of_the_day_is_not_certain() -> None:
    assert said(tied("30 minutes before 09:00 Mass", Day.SU), SUNDAY, OTHERS) == "08:30-09:00?"


def test_its_own_days_season_and_end_hold() -> None:
    assert said(tied("30 minutes before Mass", Day.SU), FRIDAY, OTHERS) == ""
    assert said(tied("30 minutes before Mass", season="lent"), FRIDAY, OTHERS) == ""
    assert said(tied("after Mass", Day.FR, end="10:00"), FRIDAY, OTHERS) == "08:30-10:00?"


def test_what_is_held_in_another_church_does_not_count() -> None:
    assert said(tied("30 minutes before Mass", church="Holy Cross Chapel"), SUNDAY, OTHERS) == "11:30-12:00"


def test_where_the_page_names_no_church_for_one_of_the_two_it_is_not_certain_that_they_share_it() -> None:
    chapel = Service(MASS, Recurrence((Day.SU,)), "12:00", church="Holy Cross Chapel")
    assert said(tied("30 minutes before Mass"), SUNDAY, [chapel]) == "11:30-12:00?"
    assert (
        said(tied("30 minutes before Mass", church="Holy Rood Chapel"), SUNDAY, OTHERS) == "07:30-08:00? 10:00-10:30?"
    )
    assert said(tied("30 minutes before Mass", church="Holy Rood Chapel"), SUNDAY, [chapel]) == ""


def test_a_stated_start_goes_before_the_relation() -> None:
    service = Service(CONFESSION, Recurrence((Day.SU,)), "07:15", note="before 08:00 Mass")
    assert said(service, SUNDAY, OTHERS) == "07:15"
