"""What looks like a service and is none."""

import pytest
from shorthand import services

KEPT = ["mass SU 09:00"]


@pytest.mark.parametrize(
    "text",
    [
        "In 1904 a wooden church was built, and Masses were at 6, 8 and 10 o'clock every Sunday.",
        "By 1926 the Sunday Masses were at 6:30, 8:00 and 9:30 a.m.",
        "For ten years Mass was said in the school each Sunday at 7:00 a.m.",
        "The old schedule (Saturday 4:00 PM; Sunday 7:30, 9:30 AM) will end in June.",
        "The Sunday 7:00 am Mass is discontinued.",
        "NOTE: The 12:10 PM weekday Mass has been suspended until further notice.",
        "The time was chosen since there was no preference for Sunday at 7:00 or 7:30 a.m.",
        "A few of us asked to move to 10 a.m. on Sunday as had been done in the past.",
        "A Sunday Mass at 7:30 a.m. would offer more time between the two.",
        "Day 2, Monday: Mass in the chapel at 4:00 pm",
    ],
)
def test_what_was_is_no_service_now(text: str) -> None:
    assert services(f"<h2>Mass</h2><p>Sunday 9:00 am</p><p>{text}</p>") == KEPT


def test_of_a_mass_that_moves_the_new_time_counts() -> None:
    assert services("<p>The 8:30 AM Mass on Sunday will move to 9:00 AM.</p>") == KEPT


@pytest.mark.parametrize(
    "heading",
    [
        "Office Hours",
        "Pilgrimage to Fable: Itinerary",
        "Religious Instruction",
        "Hall & Gym Schedule",
        "Parish Mission",
        "Knights of Columbus",
        "Food Pantry",
        "Men's Group",
        "Choir",
    ],
)
def test_under_a_heading_for_something_else_there_is_no_service(heading: str) -> None:
    page = f"<h2>Mass</h2><p>Sunday 9:00 am</p><h2>{heading}</h2><p>Monday 7:00 pm</p><p>Sunday 11:30 am</p>"
    assert services(page) == KEPT


@pytest.mark.parametrize(
    "line",
    [
        "10:00 AM Quilting",
        "Tuesday 7:00 pm Al-Anon",
        "Sunday 6:30 pm Youth Group",
        "John 3:16-18",
        "Tel. 555-0142",
        "$12.30 a plate",
        "Coffee after the 9:00 am Mass",
    ],
)
def test_an_entry_for_something_else_is_no_service(line: str) -> None:
    assert services(f"<h2>Mass</h2><p>Sunday 9:00 am</p><p>{line}</p>") == KEPT


@pytest.mark.parametrize(
    "text",
    [
        "Novena to St. Fictus: Tuesday 7:00 pm",
        "St. Fictus Novena Tuesday 7:00 pm",
        "Holy Lamp Devotion: Tuesday 7:00 pm",
    ],
)
def test_a_saint_who_is_prayed_to_is_no_church(text: str) -> None:
    assert services(text) == ["devotion TU 19:00"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Sunday Mass shifts from 8:00 am to 7:30 am: three Masses at 8:00 am in town are too many", ["mass SU 07:30"]),
        ("We hope that Sunday 9:00 am suits our 7:30 am attendees: Mass for all", ["mass SU 09:00"]),
        (
            "Confession first Friday 7:00-7:30 am (in addition to the regular schedule of 8:30-9:00 am)",
            ["confession 1 FR 07:00-07:30"],
        ),
        ("Sunday Mass is at 9:00 am instead of 9:30 am", ["mass SU 09:00"]),
    ],
)
def test_a_time_that_only_tells_another_apart_is_no_service(text: str, read: list[str]) -> None:
    assert services(text) == read
