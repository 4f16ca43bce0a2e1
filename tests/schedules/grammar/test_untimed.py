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


@pytest.mark.parametrize(
    "text",
    [
        "Upon request",
        "Call the parish office",
        "Scheduled with a priest",
        "You may also schedule a time with Father.",
        "Anytime, just ask one of the priests.",
        "By calling the rectory",
        "Llame a la oficina para pedir una cita",
        "Con cita previa",
    ],
)
def test_hours_that_are_agreed_on_are_an_appointment(text: str) -> None:
    (read,) = services(f"<h2>Confession</h2><p>{text}</p>")
    assert read.removesuffix(" (by appointment)").removesuffix(" es") == "confession - -"


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("Confession before each Mass.", "confession SU,MO,TU,WE,TH,FR,SA - (before Mass)"),
        ("Confessions: before and after all Masses", "confession - - (before and after Masses)"),
        ("Confessions: Sundays during Mass", "confession SU - (during Mass)"),
        ("Confession: 30 minutes before weekend Masses", "confession SU,SA - (30 minutes before Masses)"),
        ("Confession before the Sunday Mass", "confession SU - (before Mass)"),
        ("Confession after Mass at 8:00 am on Fridays", "confession FR - (after 08:00 Mass)"),
        ("Rosary after Mass", "devotion - - (after Mass)"),
        ("Confesiones: domingos al terminar la misa", "confession SU - es (after Mass)"),
    ],
)
def test_a_relation_may_be_all_the_time_there_is(text: str, service: str) -> None:
    assert services(text) == [service]


def test_each_clause_has_its_own_days() -> None:
    text = "Confession: half an hour before Mass on Saturdays; after Mass Tuesday-Friday; Sunday 4:00 pm"
    assert services(text) == [
        "confession SU 16:00",
        "confession SA - (half an hour before Mass)",
        "confession TU,WE,TH,FR - (after Mass)",
    ]


def test_a_line_that_names_its_service_takes_no_days_from_the_line_before() -> None:
    page = "<p>Wednesday Mass: 10:00 am</p><p>Confession: 30 minutes before Mass</p>"
    assert services(page) == ["mass WE 10:00", "confession - - (30 minutes before Mass)"]


def test_a_time_after_a_mass_that_is_a_range_is_one_of_its_own() -> None:
    assert services("Confession: Saturday before Mass 4:00 - 4:45 pm") == ["confession SA 16:00-16:45 (before Mass)"]


def test_communal_penance_services_are_held_in_their_seasons() -> None:
    text = "Communal Penance Services are held during Advent and Lent."
    assert services(text) == ["confession - - in advent+lent (communal penance service)"]


def test_what_else_happens_after_an_hour_is_no_service() -> None:
    assert services("<h2>Adoration</h2><p>Perpetual. A code is required after 8 pm.</p>") == [f"{ALWAYS} (perpetual)"]


WEEK = "SU,MO,TU,WE,TH,FR,SA"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Our chapel hosts daily Mass and Adoration.", [f"adoration {WEEK} -"]),
        ("Daily Eucharistic Adoration is a gift to all of us.", [f"adoration {WEEK} -"]),
        (
            "The chapel is now open 7 days a week, where someone is there to adore our Eucharistic Lord.",
            [f"adoration {WEEK} -"],
        ),
        ("The chapel is open daily to visitors who wish to light a candle.", []),
        ("<p>We have daily adoration.</p><p>Adoration Friday 9 am - 5 pm</p>", ["adoration FR 09:00-17:00"]),
    ],
)
def test_daily_adoration_at_hours_told_elsewhere(text: str, read: list[str]) -> None:
    assert services(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<h2>Confession</h2><p>Before every Mass</p>", [f"confession {WEEK} - (before Mass)"]),
        ("<h2>Confession</h2><h3>Sunday</h3><p>Before every Mass</p>", ["confession SU - (before Mass)"]),
        (
            "Confessions are heard on Saturdays at 6 pm and I will be available for confessions before every Mass.",
            ["confession SA 18:00", f"confession {WEEK} - (before Mass)"],
        ),
    ],
)
def test_before_every_mass_is_every_day_unless_a_day_is_said_for_it(text: str, read: list[str]) -> None:
    assert services(text) == read


def test_a_long_sentence_may_ask_to_ask_the_priest() -> None:
    text = (
        "A person may always come to see us and ask the priest to hear their confession at a mutually convenient hour"
        " if none of those that we have set for all are possible."
    )
    assert services(f"<h2>Confession</h2><p>{text}</p>") == ["confession - - (by appointment)"]
