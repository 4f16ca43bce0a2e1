"""Services that have no time, or all the time."""

import pytest
from shorthand import services

ALWAYS = "adoration SU,MO,TU,WE,TH,FR,SA 00:00-24:00"


@pytest.mark.parametrize(
    "text", ["Perpetual adoration 24 hours a day", "Perpetual Adoration", "24/7 Adoration", "Adoration day and night"]
)
def test_perpetual_adoration_lasts_all_day_every_day(text: str) -> None:
    assert services(f"<h1>Adoration</h1><p>{text}.</p>") == [f"{ALWAYS} (perpetual)"]


def test_praise_of_perpetual_adoration_states_no_hours() -> None:
    assert services(
        "<p>The practice of perpetual adoration has long been a blessing for the whole Church, for it draws the"
        " faithful closer to one another and to the poor.</p>"
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Confession by appointment", "Confessions: please call the office for an appointment", "Confesión con cita"],
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
