"""Services said in plain English."""

import pytest

from vitality_lib.calendar.english import CannotBeSaidError, say
from vitality_lib.models import Day, Recurrence, Service, ServiceType
from vitality_lib.schedules.lexicon.days import WEEK, WEEKDAYS

MASS, CONFESSION, ADORATION = ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (Service(MASS, Recurrence((Day.SU,)), "08:00"), "Mass, Sundays at 8:00 AM"),
        (Service(MASS, Recurrence((Day.SA,)), "17:30", vigil=True), "Mass (vigil), Saturdays at 5:30 PM"),
        (Service(MASS, Recurrence(WEEKDAYS), "12:00"), "Mass, Monday to Friday at noon"),
        (Service(MASS, Recurrence((Day.TU, Day.TH)), "07:00"), "Mass, Tuesdays and Thursdays at 7:00 AM"),
        (Service(MASS, Recurrence((Day.FR,), ("1",)), "19:00"), "Mass, on the first Friday of the month at 7:00 PM"),
        (
            Service(MASS, Recurrence((Day.SU,), ("2", "4")), "14:00", language="vi"),
            "Mass, on the second and fourth Sunday of the month at 2:00 PM in Vietnamese",
        ),
        (
            Service(MASS, Recurrence((Day.SU,)), "10:00", language="en/es", church="Holy Lamp Chapel"),
            "Mass, Sundays at 10:00 AM in English and Spanish, at Holy Lamp Chapel",
        ),
        (Service(MASS, Recurrence((Day.HOLYDAY_EVE,)), "19:00"), "Mass, eves of holy days at 7:00 PM"),
        (Service(ADORATION, Recurrence(WEEK), "00:00", "24:00"), "Adoration, every day around the clock"),
        (Service(ADORATION, Recurrence((Day.FR,)), "19:00", "24:00"), "Adoration, Fridays from 7:00 PM to midnight"),
        (
            Service(CONFESSION, Recurrence((Day.WE,), season="advent+lent"), "18:00"),
            "Confession, Wednesdays at 6:00 PM during Advent and Lent",
        ),
        (Service(CONFESSION, Recurrence(), note="by appointment"), "Confession, by appointment"),
        (
            Service(CONFESSION, Recurrence((Day.SA,)), note="after 08:00 Mass"),
            "Confession, Saturdays, after the 8:00 AM Mass",
        ),
    ],
)
def test_a_service_is_one_line_of_english(service: Service, said: str) -> None:
    assert say(service) == said


@pytest.mark.parametrize("when", [Recurrence(), Recurrence((Day.SU,), ("7",))])
def test_what_has_no_meaning_in_words_is_refused(when: Recurrence) -> None:
    with pytest.raises(CannotBeSaidError):
        say(Service(MASS, when, "08:00"))
