"""The part of the year that a service is held in: seasons, stretches from one day to another, first and last days."""

import pytest
from shorthand import services


@pytest.mark.parametrize(
    ("words", "season"),
    [
        ("Memorial Day to Labor Day", "memorial_day..labor_day"),
        ("Memorial Day weekend through Labor Day weekend", "memorial_day..labor_day"),
        ("Labor Day - Memorial Day", "labor_day..memorial_day"),
        ("June through August", "june..august"),
        ("July & August", "july..august"),
        ("from October to May", "october..may"),
        ("September-May", "september..may"),
        ("Sept. - June", "september..june"),
        ("in July", "july"),
        ("during the month of October", "october"),
        ("during Lent", "lent"),
        ("in Advent", "advent"),
        ("Lent and Advent", "advent+lent"),
        ("school year", "academic_year"),
        ("when school is in session", "academic_year"),
        ("summer", "summer"),
        ("summer only", "summer"),
        ("winter", "winter"),
        ("from Easter to Pentecost", "easter..pentecost"),
        ("Easter season", "easter"),
        ("Ash Wednesday through Palm Sunday", "ash_wednesday..palm_sunday"),
        ("All Saints to Easter", "all_saints..easter"),
        ("Thanksgiving to Easter", "thanksgiving..easter"),
        ("June 1 to August 31", "06-01..08-31"),
        ("from June 1st until September 15th", "06-01..09-15"),
        ("Labor Day through June 15", "labor_day..06-15"),
        ("May 1 through Labor Day", "05-01..labor_day"),
        ("de junio a agosto", "june..august"),
        ("durante la Cuaresma", "lent"),
        ("en verano", "summer"),
    ],
)
def test_a_season_beside_a_time(words: str, season: str) -> None:
    assert services(f"Sunday Mass 9:00 am ({words})")[0].removesuffix(" es") == f"mass SU 09:00 in {season}"


@pytest.mark.parametrize(
    ("heading", "season"),
    [
        ("Summer Mass Schedule (Memorial Day to Labor Day)", "memorial_day..labor_day"),
        ("Mass Schedule June - August", "june..august"),
        ("Winter Masses", "winter"),
        ("Mass Schedule October through April", "october..april"),
        ("Masses during Lent", "lent"),
    ],
)
def test_a_season_in_the_heading(heading: str, season: str) -> None:
    assert services(f"<h2>{heading}</h2><p>Sunday 9:00 am</p>") == [f"mass SU 09:00 in {season}"]


def test_fridays_of_lent() -> None:
    assert services("Stations of the Cross Fridays of Lent 7:00 pm") == ["devotion FR 19:00 in lent"]


def test_each_time_has_the_season_beside_it() -> None:
    text = "Sunday Mass 7:00 am (June-August), 8:00 am (September-May)"
    assert services(text) == ["mass SU 07:00 in june..august", "mass SU 08:00 in september..may"]


def test_a_season_behind_a_day_goes_with_that_day() -> None:
    read = ["mass SU 08:00", "mass SU 09:15 in june..august", "mass MO 08:00"]
    assert services("Mass: Sunday 8 am | Sunday (June - August) 9:15 am | Monday 8 am") == read
    days = {"Sunday": "8 am", "Sunday (June - August)": "9:15 am", "Monday": "8 am"}
    assert services("".join(f"<h3>{day}</h3><p>Mass {time}</p>" for day, time in days.items())) == read


@pytest.mark.parametrize(
    "text",
    [
        "You may come to Sunday Mass 9:00 am",
        "Sunday Mass 9:00 am. The march on Friday",
        "Sunday Mass 9:00 am; who sleep in may call us",
    ],
)
def test_words_that_look_like_months_limit_nothing(text: str) -> None:
    assert services(text) == ["mass SU 09:00"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Beginning July 1, 2026: Sunday Mass 9:00 am", "mass SU 09:00 from 2026-07-01"),
        ("Effective September 7, 2026, Sunday Mass 9:00 am", "mass SU 09:00 from 2026-09-07"),
        ("Sunday Mass 9:00 am until June 14, 2026", "mass SU 09:00 to 2026-06-14"),
        ("Sunday Mass 9:00 am (through June 14, 2026)", "mass SU 09:00 to 2026-06-14"),
        ("From May 3, 2026 to September 6, 2026: Sunday Mass 9:00 am", "mass SU 09:00 from 2026-05-03 to 2026-09-06"),
        ("Sunday Mass 9:00 am starting 9/13/2026", "mass SU 09:00 from 2026-09-13"),
        ("A partir del 6 de septiembre de 2026: Sunday Mass 9:00 am", "mass SU 09:00 from 2026-09-06"),
        ("Beginning July 1, Sunday Mass 9:00 am", "mass SU 09:00"),
    ],
)
def test_a_schedule_begins_and_ends_on_a_date(text: str, read: str) -> None:
    assert services(text) == [read]


@pytest.mark.parametrize(
    ("fetched", "text", "read"),
    [
        ("2026-06-20", "Beginning July 1, Sunday Mass 9:00 am", "mass SU 09:00 from 2026-07-01"),
        ("2026-12-20", "Beginning January 3, Sunday Mass 9:00 am", "mass SU 09:00 from 2027-01-03"),
        ("2026-01-10", "Sunday Mass 9:00 am until December 20", "mass SU 09:00 to 2025-12-20"),
        ("2026-06-20", "Starting the weekend of July 4: Sunday Mass 9:00 am", "mass SU 09:00 from 2026-07-04"),
        ("2026-06-20", "Sunday Mass 9:00 am through Labor Day", "mass SU 09:00 to 2026-09-07"),
    ],
)
def test_a_year_that_is_not_written_is_the_one_nearest_to_the_page(fetched: str, text: str, read: str) -> None:
    assert services(text, fetched) == [read]


def test_an_older_and_a_newer_schedule_stand_side_by_side_with_their_dates() -> None:
    page = """
      <h2>Mass Schedule through September 5, 2026</h2><p>Sunday 9:00 am and 11:00 am</p>
      <h2>Mass Schedule effective September 6, 2026</h2><p>Sunday 9:00 am</p><p>Sunday 10:30 am</p>
    """
    assert services(page) == [
        "mass SU 09:00 to 2026-09-05",
        "mass SU 11:00 to 2026-09-05",
        "mass SU 09:00 from 2026-09-06",
        "mass SU 10:30 from 2026-09-06",
    ]


def test_a_schedule_of_one_month_with_its_year_is_kept() -> None:
    assert services("<h2>Mass Schedule, March 2026</h2><p>Sunday 9:00 am</p>") == ["mass SU 09:00"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Saturday Mass 5:00 pm (Winter - Nov. 1 to April 30: 4:00 pm)",
            ["mass SA 17:00 vigil", "mass SA 16:00 vigil in 11-01..04-30"],
        ),
        (
            "Sunday Mass 6:00 pm during daylight saving time, 5:00 pm during standard time",
            ["mass SU 18:00 in daylight_saving_time", "mass SU 17:00 in standard_time"],
        ),
        ("Sunday Mass 9:00 am Eastern Standard Time", ["mass SU 09:00"]),
        ("Sunday Mass 9:00 am (summer: 8:00 am)", ["mass SU 09:00", "mass SU 08:00 in summer"]),
        ("Sunday Mass 8:00 am (summer)", ["mass SU 08:00 in summer"]),
    ],
)
def test_a_season_in_brackets_with_a_time_is_that_times(text: str, read: list[str]) -> None:
    assert services(text) == read
