"""Services that have no time, or all the time."""

import pytest
from shorthand import services

ALWAYS = "adoration SU,MO,TU,WE,TH,FR,SA 00:00-24:00"


@pytest.mark.parametrize(
    "text", ["Perpetual adoration 24 hours a day", "Perpetual Adoration", "24/7 Adoration", "Adoration day and night"]
)
def test_perpetual_adoration_lasts_all_day_every_day(text: str) -> None:
    assert services(f"<h1>Adoration</h1><p>{text}.</p>") == [f"{ALWAYS} (perpetual)"]


def test_a_chapel_that_was_open_is_not_open_now() -> None:
    page = "<h1>Adoration</h1><p>For 25 years the Adoration Chapel was open 24 hours a day, 7 days a week.</p>"
    assert services(page) == []


def test_an_adoration_chapel_open_around_the_clock_is_perpetual_adoration() -> None:
    assert services("<p>Our Adoration Chapel is open 24 hours a day.</p>") == [
        f"{ALWAYS} at Adoration Chapel (perpetual)"
    ]


def test_coffee_after_mass_is_no_service() -> None:
    page = "<p>Rosary after the 8:00 am Mass on weekdays. Coffee is served after the 9:00 am Mass on Sunday.</p>"
    assert services(page) == ["devotion MO,TU,WE,TH,FR - (after 08:00 Mass)"]


def test_praise_of_perpetual_adoration_states_no_hours() -> None:
    assert services(
        "<p>The practice of perpetual adoration has long been a blessing for the whole Church, for it draws the"
        " faithful closer to one another and to the poor.</p>"
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Confession by appointment",
        "Confessions: please call the office for an appointment",
        "Confesión con cita",
        "Confession: call the parish office at 555-0142 for an appointment",
    ],
)
def test_by_appointment_is_a_service_without_days(text: str) -> None:
    (read,) = services(text)
    assert read.startswith("confession - -")
    assert read.endswith("(by appointment)")


def test_appointments_stand_beside_stated_times() -> None:
    assert services("Confessions Saturday 3:00 pm or by appointment") == [
        "confession SA 15:00",
        "confession - - (by appointment)",
    ]


def test_appointments_for_something_else_are_none_for_confession() -> None:
    assert services("<h2>Confession</h2><p>Saturday 3:00 pm</p><p>Baptisms are by appointment.</p>") == [
        "confession SA 15:00"
    ]
