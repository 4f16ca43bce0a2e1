"""How long a pattern holds, and when two are the same."""

from datetime import date

import pytest

from vitality_lib.calendar.patterns import equal, next_change
from vitality_lib.calendar.place import Place
from vitality_lib.models import Day, Recurrence, Service, ServiceType

MASS, CONFESSION = ServiceType.MASS, ServiceType.CONFESSION
PLACE = Place("America/Chicago", "Diocese of Marlow")
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def on_sundays(**rule: object) -> Service:
    return Service(MASS, Recurrence((Day.SU,), **rule), "08:00")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "on", "change"),
    [
        ({"season": "summer"}, "2025-01-01", "2025-05-24"),
        ({"season": "summer"}, "2025-05-24", "2025-09-02"),
        ({"season": "lent"}, "2025-04-19", "2025-04-20"),
        ({"season": "october..april"}, "2025-12-31", "2026-05-01"),
        ({"begins": "2025-07-01"}, "2025-01-01", "2025-07-01"),
        ({"ends": "2025-07-01"}, "2025-01-01", "2025-07-02"),
        ({"exceptions": ("july",)}, "2025-01-01", "2025-07-01"),
        ({"exceptions": ("1SU", "HOLYDAY", "2025-07-06")}, "2025-01-01", None),
        ({}, "2025-01-01", None),
        ({"begins": "2027-01-01"}, "2025-01-01", None),  # further off than one looks ahead
    ],
)
def test_the_pattern_holds_until_a_season_or_a_stated_day(rule: dict[str, object], on: str, change: str | None) -> None:
    found = next_change([on_sundays(), on_sundays(**rule)], date.fromisoformat(on))
    assert (found and found.isoformat()) == change


def test_the_first_of_several_changes_counts() -> None:
    services = [on_sundays(season="summer"), on_sundays(season="advent"), on_sundays(season="lent")]
    assert next_change(services, date(2025, 1, 1)) == date(2025, 3, 5)


def test_five_weekdays_each_by_itself_are_monday_to_friday() -> None:
    week = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR)
    apart = [Service(MASS, Recurrence((day,)), "08:00") for day in week]
    assert equal([Service(MASS, Recurrence(week), "08:00")], apart, *YEAR, PLACE)
    assert not equal([Service(MASS, Recurrence(week), "08:00")], apart[1:], *YEAR, PLACE)


def test_summer_and_winter_together_are_all_year() -> None:
    assert equal([on_sundays()], [on_sundays(season="summer"), on_sundays(season="winter")], *YEAR, PLACE)


def test_a_relation_is_the_time_it_comes_to() -> None:
    mass = on_sundays()
    tied = Service(CONFESSION, Recurrence((Day.SU,)), note="30 minutes before 08:00 Mass")
    timed = Service(CONFESSION, Recurrence((Day.SU,)), "07:30", "08:00")
    assert equal([mass, tied], [mass, timed], *YEAR, PLACE)


@pytest.mark.parametrize(
    "other",
    [
        Service(MASS, Recurrence((Day.SU,)), "08:30"),
        Service(MASS, Recurrence((Day.SU,)), "08:00", "09:00"),
        Service(MASS, Recurrence((Day.SU,)), "08:00", language="es"),
        Service(MASS, Recurrence((Day.SU,)), "08:00", church="Holy Cross Chapel"),
        Service(CONFESSION, Recurrence((Day.SU,)), "08:00"),
    ],
    ids=["start", "end", "language", "church", "type"],
)
def test_what_differs_in_time_type_language_or_church_is_another_pattern(other: Service) -> None:
    assert not equal([on_sundays()], [other], *YEAR, PLACE)
