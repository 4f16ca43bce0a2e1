"""What takes place at a time, and what else happens at stated times in a parish."""

import pytest
from shorthand import services


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Saturday 4:00 pm Confessions, 5:00 pm Mass", ["confession SA 16:00", "mass SA 17:00 vigil"]),
        ("Tuesday: Mass 8 am, Rosary 7:30 am", ["mass TU 08:00", "devotion TU 07:30"]),
        ("Sunday 9:00 am Parish Choir Mass", ["mass SU 09:00"]),
        ("Mass and Benediction Friday 7:00 pm", ["mass FR 19:00", "devotion FR 19:00"]),
        ("Exposition Friday 9 am, Benediction at 5 pm", ["adoration FR 09:00", "devotion FR 17:00"]),
        ("Divine Liturgy Sunday 10:00 am", ["mass SU 10:00"]),
        ("Holy Hour Thursday 7:00 pm", ["adoration TH 19:00"]),
        ("Stations of the Cross Fridays in Lent 7:00 pm", ["devotion FR 19:00 in lent"]),
    ],
)
def test_the_word_beside_a_time_says_what_takes_place(text: str, read: list[str]) -> None:
    assert services(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "Office hours: Monday to Friday 9:00 am - 4:00 pm",
        "The church is open daily 7:00 am - 6:00 pm",
        "On weekdays the church opens at 7:30 am. Mass is a prayer for all",
        "Religious Education classes: Sunday 9:30 am",
        "RCIA meets Tuesday 7:00 pm",
        "Choir rehearsal Wednesday 6:30 pm",
        "Baptism preparation: Saturday 10:00 am",
        "Fish fry Fridays 5:00 pm - 7:00 pm",
        "Funeral Mass Saturday 11:00 am",
        "Livestream: Sunday 10:00 am Mass",
        "Call 555-0123 or (212) 555-0142 for Sunday Mass",
        "John 3:16 and Mt 5:13-16 were read at Sunday Mass",
        "Sunday, March 3, 2024: Mass at 10:00 am",
        "Christmas Eve Mass 4:00 pm",
        "Easter Sunday Mass 9:00 am",
        "The Sunday Mass at 9:00 am is no longer celebrated",
        "Mass intentions for Sunday 9:00 am: the Example family",
        "Collection: $1,200 at Sunday Mass",
        "Horario de oficina: lunes a viernes 9:00 am - 4:00 pm",
        "Catequesis domingo 9:30 am",
    ],
)
def test_what_is_no_weekly_service_is_not_read_as_one(text: str) -> None:
    assert services(text) == []


def test_a_livestream_of_a_mass_is_no_second_mass() -> None:
    assert services("Sunday Mass 10:00 am, livestreamed at 10:15 am") == ["mass SU 10:00 streamed"]


def test_what_a_dash_says_of_a_time_in_a_list_of_sunday() -> None:
    page = (
        "<h2>Sunday</h2><p>9:00 am - Mass</p><p>10:15 am - Religious Education</p><p>11:30 am - Livestreamed Mass</p>"
    )
    assert services(page) == ["mass SU 09:00", "mass SU 11:30 streamed"]


def test_a_year_or_a_beginning_does_not_make_an_event_of_a_schedule() -> None:
    assert services("Mass schedule 2026: Sunday 9:00 am") == ["mass SU 09:00"]
    assert services("Beginning July 1, Sunday Mass 9:00 am") == ["mass SU 09:00"]
