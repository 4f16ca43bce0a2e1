"""Times that are only mentioned: of another service, of an end, of an exception."""

import pytest
from shorthand import services


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("Rosary Wednesdays after the 8:00 am Mass", "devotion WE - (after 08:00 Mass)"),
        ("Confession Saturdays half an hour before Mass", "confession SA - (half an hour before Mass)"),
        ("Confessions: 30 minutes before daily Mass", "confession MO,TU,WE,TH,FR - (30 minutes before Mass)"),
        ("Confession: before each Mass on Sunday", "confession SU - (before Mass)"),
        ("Confessions are heard before every Mass", "confession SU,MO,TU,WE,TH,FR,SA - (before Mass)"),
        ("Adoration Friday following the 8:30 am Mass until noon", "adoration FR --12:00 (after 08:30 Mass)"),
    ],
)
def test_a_service_tied_to_another_keeps_the_relation_and_no_time(text: str, service: str) -> None:
    assert services(text) == [service]


def test_a_time_of_its_own_beside_a_relation_is_kept() -> None:
    assert services("Rosary weekdays at 7:30 am before Mass") == ["devotion MO,TU,WE,TH,FR 07:30 (before Mass)"]


def test_until_ends_what_began() -> None:
    assert services("Adoration Friday 9:00 am until noon") == ["adoration FR 09:00-12:00"]


@pytest.mark.parametrize(
    "text", ["Adoration Thursday 9 am to Friday 8 am", "Adoration from Thursday 9:00 am until Friday 8:00 am"]
)
def test_adoration_through_the_night_is_one_service_that_ends_on_the_next_day(text: str) -> None:
    assert services(text) == ["adoration TH 09:00-08:00+1"]


def test_a_service_in_brackets_with_a_time_of_its_own_is_an_aside() -> None:
    page = "<h2>Adoration</h2><p>Tuesdays 9:00 am until 6:00 pm (Benediction at 5:45 pm)</p>"
    assert services(page) == ["adoration TU 09:00-18:00", "devotion TU 17:45"]


@pytest.mark.parametrize("aside", ["Novena follows", "followed by the Rosary", "with Benediction", "Rosary before"])
def test_a_devotion_in_brackets_goes_with_the_mass(aside: str) -> None:
    assert services(f"<h2>Mass</h2><p>Tuesday: 8:00 am and 7:00 pm ({aside})</p>") == [
        "mass TU 08:00",
        "mass TU 19:00",
    ]


def test_an_exception_in_brackets_is_no_relation() -> None:
    assert services("Adoration Wednesday 9:00 am - 7:00 pm (except during Mass)") == ["adoration WE 09:00-19:00"]


def test_what_stands_under_a_no_is_denied() -> None:
    assert services("No Mass on Monday. Tuesday Mass 8:00 am") == ["mass TU 08:00"]


def test_a_mass_named_for_its_time_below_another_heading_is_not_read_again() -> None:
    page = "<h3>Confessions</h3><p>Saturday 3:00 pm</p><p>Please come to the 10:00 am Mass on Sunday early.</p>"
    assert services(page) == ["confession SA 15:00"]
