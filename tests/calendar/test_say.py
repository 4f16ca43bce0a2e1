"""Services said in plain English."""

from dataclasses import replace

import pytest

from vitality_lib.calendar.english import CannotBeSaidError, say
from vitality_lib.calendar.understand import understand
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
        (
            Service(MASS, Recurrence((Day.SU,), weeks=2, anchor="2026-01-04"), "08:00"),
            "Mass, every other Sunday at 8:00 AM, counted from the week of January 4, 2026",
        ),
        (
            Service(MASS, Recurrence((Day.MO, Day.TH), weeks=3), "08:00"),
            "Mass, Mondays and Thursdays of every third week at 8:00 AM",
        ),
        (Service(MASS, Recurrence(month_days=(13,)), "19:00"), "Mass, on the 13th of the month at 7:00 PM"),
        (
            Service(MASS, Recurrence((Day.FR,), month_days=(13,)), "19:00"),
            "Mass, on the 13th of the month if a Friday at 7:00 PM",
        ),
        (
            Service(MASS, Recurrence((Day.HOLYDAY,), month_days=(1, -1)), "19:00"),
            "Mass, on the 1st and last day of the month and holy days at 7:00 PM",
        ),
        (
            Service(MASS, Recurrence(WEEKDAYS, exceptions=("1FR", "HOLYDAY", "MO")), "08:00"),
            "Mass, Monday to Friday at 8:00 AM, except the first Friday of the month and holy days and Mondays",
        ),
        (
            Service(MASS, Recurrence((Day.SU,), exceptions=("lent", "july", "2026-07-05")), "08:00"),
            "Mass, Sundays at 8:00 AM, except during Lent and in July and on July 5, 2026",
        ),
        (
            Service(MASS, Recurrence((Day.SU,), season="memorial_day..labor_day"), "08:00"),
            "Mass, Sundays at 8:00 AM from Memorial Day to Labor Day",
        ),
        (
            Service(MASS, Recurrence((Day.SU,), season="july..august"), "08:00"),
            "Mass, Sundays at 8:00 AM in July and August",
        ),
        (
            Service(MASS, Recurrence((Day.SU,), season="05-01..september"), "08:00"),
            "Mass, Sundays at 8:00 AM from May 1 to September",
        ),
        (
            Service(MASS, Recurrence((Day.FR,), season="good_friday"), "15:00"),
            "Mass, Fridays at 3:00 PM on Good Friday",
        ),
        (
            Service(MASS, Recurrence((Day.SU,), season="academic_year+easter"), "08:00"),
            "Mass, Sundays at 8:00 AM during the school year and the Easter season",
        ),
        (
            Service(MASS, Recurrence((Day.SU,), begins="2026-07-01"), "08:00"),
            "Mass, Sundays at 8:00 AM, from July 1, 2026 on",
        ),
        (
            Service(MASS, Recurrence((Day.SU,), begins="2026-07-01", ends="2026-08-30"), "08:00"),
            "Mass, Sundays at 8:00 AM, from July 1, 2026 to August 30, 2026",
        ),
        (
            Service(ADORATION, Recurrence((Day.TH,)), "09:00", "08:00", nights=1),
            "Adoration, Thursdays from 9:00 AM to Friday 8:00 AM",
        ),
        (
            Service(ADORATION, Recurrence((Day.TH, Day.SA)), "21:00", "06:00", nights=1),
            "Adoration, Thursdays and Saturdays from 9:00 PM to 6:00 AM the next day",
        ),
        (
            Service(MASS, Recurrence((Day.SU,)), "10:00", streamed=True, church="St. Ivo, at the Lake"),
            "Mass, Sundays at 10:00 AM, also streamed, at St. Ivo, at the Lake",
        ),
        (
            Service(CONFESSION, Recurrence((Day.SA,)), note="30 minutes before 17:30 Mass", church="St. Ivo"),
            "Confession, Saturdays, 30 minutes before the 5:30 PM Mass, at St. Ivo",
        ),
        (
            Service(ADORATION, Recurrence((Day.SA,)), "09:00", note="in the crypt"),
            'Adoration, Saturdays at 9:00 AM, "in the crypt"',
        ),
        (
            Service(MASS, Recurrence((Day.SU,)), "10:00", language="und"),
            "Mass, Sundays at 10:00 AM in a language not named",
        ),
    ],
)
def test_a_service_is_one_line_of_english(service: Service, said: str) -> None:
    assert say(service) == said
    understood = understand(said)
    assert set(understood.recurrence.days) == set(service.recurrence.days)
    assert replace(understood, recurrence=replace(understood.recurrence, days=service.recurrence.days)) == service


@pytest.mark.parametrize("when", [Recurrence(), Recurrence((Day.SU,), ("7",))])
def test_what_has_no_meaning_in_words_is_refused(when: Recurrence) -> None:
    with pytest.raises(CannotBeSaidError):
        say(Service(MASS, when, "08:00"))
