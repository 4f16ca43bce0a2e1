"""Sets of days as parishes write them."""

import pytest
from shorthand import services

WEEKDAYS = "MO,TU,WE,TH,FR"


@pytest.mark.parametrize(
    ("days", "read"),
    [
        ("Monday - Friday", WEEKDAYS),
        ("Monday through Friday", WEEKDAYS),
        ("Mon.-Fri.", WEEKDAYS),
        ("M-F", WEEKDAYS),
        ("Weekdays", WEEKDAYS),
        ("Daily", WEEKDAYS),
        ("MWF", "MO,WE,FR"),
        ("M, W, F", "MO,WE,FR"),
        ("Tu/Th", "TU,TH"),
        ("T-Th", "TU,WE,TH"),
        ("Tu-F", "TU,WE,TH,FR"),
        ("T\u2013F", "TU,WE,TH,FR"),
        ("Mon-Tues-Thurs-Fri", "MO,TU,TH,FR"),
        ("Mon-Wed-Fri", "MO,WE,FR"),
        ("Weekdays - Tuesday", "TU"),
        ("T/Th", "TU,TH"),
        ("M/T/W/F", "MO,TU,WE,FR"),
        ("M, T, Th, F", "MO,TU,TH,FR"),
        ("MTWRF", WEEKDAYS),
        ("M\u2013Th", "MO,TU,WE,TH"),
        ("Tues. & Thurs.", "TU,TH"),
        ("Monday, Wednesday and Friday", "MO,WE,FR"),
        ("Mon.-Sat.", "MO,TU,WE,TH,FR,SA"),
        ("Tuesday to Saturday", "TU,WE,TH,FR,SA"),
        ("Saturdays", "SA"),
        ("lunes a viernes", WEEKDAYS),
        ("martes y jueves", "TU,TH"),
    ],
)
def test_ranges_and_lists_of_days(days: str, read: str) -> None:
    assert services(f"{days}: Mass 8:00 am")[0].startswith(f"mass {read} 08:00")


@pytest.mark.parametrize(
    "text",
    [
        "Mass Mon.-Sat. 8:00 am except Wed.",
        "Mon.-Sat. except Wed. 8:00 am Mass",
        "Mass Monday through Saturday 8:00 am (no Mass on Wednesday)",
        "Mass daily except Sunday and Wednesday 8:00 am",
    ],
)
def test_days_that_are_excepted_are_taken_away(text: str) -> None:
    assert services(text) == ["mass MO,TU,TH,FR,SA 08:00"]


@pytest.mark.parametrize(
    "text",
    [
        "Mass Mon-Fri except Wed 8:30 am; Wed 7 pm",
        "Daily Mass: weekdays except Wednesday at 8:30 am; Wednesday at 7 pm",
    ],
)
def test_a_day_that_is_excepted_may_have_a_time_of_its_own(text: str) -> None:
    assert services(text) == ["mass MO,TU,TH,FR 08:30", "mass WE 19:00"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Weekday Masses: 7:00 am Mon-Fri, 9:00 am Sat", [f"mass {WEEKDAYS} 07:00", "mass SA 09:00"]),
        ("Masses: 12:15 pm Monday-Friday; 8 am Saturday", [f"mass {WEEKDAYS} 12:15", "mass SA 08:00"]),
        ("Mass 8 am Sunday, 5 pm Saturday", ["mass SU 08:00", "mass SA 17:00 vigil"]),
        ("Mass Saturday 5:00 pm Sunday 8:00 am", ["mass SA 17:00 vigil", "mass SU 08:00"]),
        (
            "<h2>Sunday Masses</h2><p>4 p.m. (Saturday), 8 a.m., 9:30 a.m.</p>",
            ["mass SA 16:00 vigil", "mass SU 08:00", "mass SU 09:30"],
        ),
        (
            "<h2>Masses</h2><p>M 8:00 am<br>T 6:00 pm<br>W: 8:00 am</p>",
            ["mass MO 08:00", "mass TU 18:00", "mass WE 08:00"],
        ),
    ],
)
def test_a_time_has_the_day_that_stands_with_it(text: str, read: list[str]) -> None:
    assert services(text) == read


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("First Friday Mass 7:00 pm", "mass 1 FR 19:00"),
        ("Confession first Fridays 6:00 pm", "confession 1 FR 18:00"),
        ("Mass 2nd & 4th Sundays 2:00 pm", "mass 2,4 SU 14:00"),
        ("Mass last Sunday of the month 1:00 pm", "mass last SU 13:00"),
        ("Misa primer viernes 7:00 pm", "mass 1 FR 19:00 es"),
    ],
)
def test_ordinals_pick_weeks_of_the_month(text: str, service: str) -> None:
    assert services(text) == [service]


def test_daily_adoration_is_on_all_seven_days() -> None:
    assert services("Adoration daily 6:00 am - 9:00 pm") == ["adoration SU,MO,TU,WE,TH,FR,SA 06:00-21:00"]


def test_a_general_word_gives_way_to_a_day_beside_it() -> None:
    assert services("First Thursday Weekday Mass: 11:00 am") == ["mass 1 TH 11:00"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Holy Days: Mass 8:00 am and 7:00 pm", ["mass HOLYDAY 08:00", "mass HOLYDAY 19:00"]),
        ("Holy Days of Obligation: Mass 12:10 pm", ["mass HOLYDAY 12:10"]),
        ("Holy Day vigil Mass 7:00 pm", ["mass HOLYDAY_EVE 19:00 vigil"]),
        ("Mass on the eve of a holy day 7:00", ["mass HOLYDAY_EVE 19:00 vigil"]),
    ],
)
def test_holy_days_and_their_eves_are_days(text: str, read: list[str]) -> None:
    assert services(text) == read
