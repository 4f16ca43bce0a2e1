"""Which day each time has: lists that cross from Saturday to Sunday, and sentences that name several days."""

import pytest
from shorthand import services

SUNDAY = ["mass SA 17:30 vigil", "mass SU 08:00", "mass SU 12:00", "mass SU 18:00"]
WEEKDAYS = "MO,TU,WE,TH,FR"


@pytest.mark.parametrize(
    "below",
    [
        "<p>Saturday Vigil: 5:30 pm<br>8:00 am<br>12:00 pm<br>6:00 pm</p>",
        "<p>Saturday 5:30 pm<br>8:00 am<br>12:00 pm<br>6:00 pm</p>",
        "<ul><li>Saturday: 5:30 pm</li><li>8:00 am</li><li>12:00 pm</li><li>6:00 pm</li></ul>",
        "<p>Saturday Vigil 5:30 pm, 8:00 am, 12:00 pm, 6:00 pm</p>",
        "<p>Saturday Vigil 5:30 pm, Sunday 8:00 am, 12:00 pm, 6:00 pm</p>",
    ],
)
def test_a_list_for_sunday_may_open_with_saturday(below: str) -> None:
    assert services(f"<h3>Sunday Mass</h3>{below}") == SUNDAY


def test_the_last_mass_of_sunday_may_be_at_the_hour_of_the_vigil() -> None:
    below = "<p>Saturday 5:30 pm<br>9:00 am<br>5:30 pm</p>"
    assert services(f"<h3>Sunday Mass</h3>{below}") == ["mass SA 17:30 vigil", "mass SU 09:00", "mass SU 17:30"]


def test_saturday_may_have_two_vigils() -> None:
    below = "<p>Saturday: 4:00 pm<br>6:00 pm<br>Sunday: 9:00 am</p>"
    assert services(f"<h3>Sunday Mass</h3>{below}") == ["mass SA 16:00 vigil", "mass SA 18:00 vigil", "mass SU 09:00"]


@pytest.mark.parametrize(
    ("below", "read"),
    [
        ("<p><b>Saturday</b></p><p>8:00 AM, 5:00 PM (Sunday Vigil)</p>", ["mass SA 08:00", "mass SA 17:00 vigil"]),
        ("<p>Saturday<br>4:00 PM (Anticipated Sunday Mass)</p>", ["mass SA 16:00 vigil"]),
        (
            "<p>Saturday<br>5:00 P.M. & 6:30 P.M. (Anticipated Sunday Masses)</p>",
            ["mass SA 17:00 vigil", "mass SA 18:30 vigil"],
        ),
    ],
)
def test_a_vigil_in_brackets_may_name_the_day_it_counts_for(below: str, read: list[str]) -> None:
    assert services(f"<h3>Mass</h3>{below}") == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "We celebrate Mass on Sundays at 9am and 11am, with a Vigil Mass on Saturday evening at 6pm.",
            ["mass SA 18:00 vigil", "mass SU 09:00", "mass SU 11:00"],
        ),
        (
            "Sunday Masses are at 8 and 10:30 in the morning, with an anticipated Mass at 5:00 on Saturday afternoon.",
            ["mass SA 17:00 vigil", "mass SU 08:00", "mass SU 10:30"],
        ),
        (
            "The new Mass schedule will be as follows: Saturday at 4:00 PM; Sunday at 8:00 AM",
            ["mass SA 16:00 vigil", "mass SU 08:00"],
        ),
        (
            "Adoration is 1-11 p.m. daily, & 9 a.m.-11 p.m. on Fridays.",
            ["adoration SU,MO,TU,WE,TH,FR,SA 13:00-23:00", "adoration FR 09:00-23:00"],
        ),
        (
            "Adoration 8am to 8pm daily; Fridays 8am to midnight",
            ["adoration SU,MO,TU,WE,TH,FR,SA 08:00-20:00", "adoration FR 08:00-24:00"],
        ),
        ("Mass 8:00 am daily, Monday to Friday", [f"mass {WEEKDAYS} 08:00"]),
    ],
)
def test_in_a_sentence_a_time_has_the_day_of_its_clause(text: str, read: list[str]) -> None:
    assert sorted(services(text)) == sorted(read)


@pytest.mark.parametrize(
    "entry", ["Every Saturday evening before the Vigil Mass from 6.30pm to 6.50pm", "Saturday before Mass 6:30-6:50 pm"]
)
def test_the_mass_that_a_confession_precedes_is_not_what_is_stated(entry: str) -> None:
    page = f"<p>The Sacrament of Penance (Confession) is offered:</p><ul><li>{entry}</li></ul>"
    assert services(page) == ["confession SA 18:30-18:50 (before Mass)"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Confession: Sat 4-5PM; W 9-9:30AM", ["confession SA 16:00-17:00", "confession WE 09:00-09:30"]),
        ("Mass: W 9AM; Th 12:10PM; F 8AM", ["mass WE 09:00", "mass TH 12:10", "mass FR 08:00"]),
        ("Mass: Sun 8 | 9:30 | 11 am", ["mass SU 08:00", "mass SU 09:30", "mass SU 11:00"]),
    ],
)
def test_a_day_may_be_one_letter_and_an_hour_one_number_in_a_row(text: str, read: list[str]) -> None:
    assert services(text) == read


def test_a_number_behind_a_day_may_be_a_date() -> None:
    assert services("<h2>Mass</h2><p>Sun 8 | 9:30 am</p>") == ["mass SU 09:30"]


@pytest.mark.parametrize("mark", [" |", ","])
def test_a_language_that_opens_an_entry_is_that_of_its_time_only(mark: str) -> None:
    text = f"Sunday Mass: 7:30am{mark} 9:15am{mark} Spanish 1:00pm{mark} 5:30pm"
    assert services(text) == ["mass SU 07:30", "mass SU 09:15", "mass SU 13:00 es", "mass SU 17:30"]


def test_the_first_mass_of_sunday_is_on_saturday() -> None:
    assert services("<h3>Mass</h3><p>Saturday 6:00 pm First Mass of Sunday</p>") == ["mass SA 18:00 vigil"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Confession Saturday: after the 8:30 AM Mass and 4:15-5:15 PM",
            ["confession SA - (after 08:30 Mass)", "confession SA 16:15-17:15"],
        ),
        (
            "Confessions Saturdays after the 8 am Mass and again at 4 pm",
            ["confession SA - (after 08:00 Mass)", "confession SA 16:00"],
        ),
    ],
)
def test_a_time_that_an_and_adds_to_a_relation_is_another_one(text: str, read: list[str]) -> None:
    assert sorted(services(text)) == sorted(read)


def test_what_is_no_longer_takes_nothing_from_what_remains() -> None:
    text = "Weekday Mass remains at 8:30 AM Monday to Thursday; there will no longer be a Mass on Friday morning."
    assert services(text) == ["mass MO,TU,WE,TH 08:30"]
