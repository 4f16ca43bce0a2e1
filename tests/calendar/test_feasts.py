"""Feasts and civil days against the dates published for them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitality_lib.calendar.feasts import feast, names

PUBLISHED = {
    "easter": """2000-04-23 2008-03-23 2011-04-24 2019-04-21 2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31
        2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2038-04-25""",
    "first_sunday_of_advent": """2016-11-27 2017-12-03 2018-12-02 2019-12-01 2020-11-29 2021-11-28 2022-11-27 2023-12-03
        2024-12-01 2025-11-30 2026-11-29 2027-11-28 2028-12-03""",
    "ash_wednesday": """2018-02-14 2019-03-06 2020-02-26 2021-02-17 2022-03-02 2023-02-22 2024-02-14 2025-03-05
        2026-02-18 2027-02-10 2028-03-01 2029-02-14""",
    "palm_sunday": "2024-03-24 2025-04-13 2026-03-29",
    "good_friday": "2024-03-29 2025-04-18 2026-04-03",
    "divine_mercy": "2024-04-07 2025-04-27 2026-04-12",
    "ascension": "2024-05-09 2025-05-29 2026-05-14",
    "pentecost": "2022-06-05 2023-05-28 2024-05-19 2025-06-08 2026-05-24",
    "trinity_sunday": "2024-05-26 2025-06-15 2026-05-31",
    "corpus_christi": "2023-06-11 2024-06-02 2025-06-22 2026-06-07",
    "sacred_heart": "2023-06-16 2024-06-07 2025-06-27 2026-06-12",
    "christ_the_king": "2022-11-20 2023-11-26 2024-11-24 2025-11-23 2026-11-22",
    "immaculate_conception": "2019-12-09 2023-12-08 2024-12-09 2025-12-08 2030-12-09",
    "holy_family": "2021-12-26 2022-12-30 2023-12-31 2024-12-29 2025-12-28",
    "epiphany": "2021-01-03 2022-01-02 2023-01-08 2024-01-07 2025-01-05 2026-01-04",
    "baptism_of_the_lord": "2021-01-10 2022-01-09 2023-01-09 2024-01-08 2025-01-12 2026-01-11",
    "memorial_day": "2021-05-31 2022-05-30 2023-05-29 2024-05-27 2025-05-26 2026-05-25 2027-05-31",
    "labor_day": "2021-09-06 2022-09-05 2023-09-04 2024-09-02 2025-09-01 2026-09-07 2027-09-06",
    "thanksgiving": "2021-11-25 2022-11-24 2023-11-23 2024-11-28 2025-11-27 2026-11-26",
    "mothers_day": "2024-05-12 2025-05-11 2026-05-10",
    "fathers_day": "2024-06-16 2025-06-15 2026-06-21",
    "independence_day": "2025-07-04",
    "all_souls": "2025-11-02",
}


@pytest.mark.parametrize(
    ("name", "day"), [(name, date.fromisoformat(day)) for name, days in PUBLISHED.items() for day in days.split()]
)
def test_a_feast_falls_on_its_published_date(name: str, day: date) -> None:
    assert feast(name, day.year) == day


def test_a_name_that_is_no_feast_has_no_date() -> None:
    assert feast("michaelmas_term", 2025) is None


@given(st.integers(1900, 2300), st.sampled_from(names()))
def test_every_feast_has_a_date_in_every_year(year: int, name: str) -> None:
    day = feast(name, year)
    assert day is not None
    assert day.year == year


@given(st.integers(1900, 2300))
def test_sundays_are_sundays(year: int) -> None:
    sundays = ("palm_sunday", "easter", "divine_mercy", "pentecost", "trinity_sunday", "corpus_christi", "epiphany")
    for name in (*sundays, "first_sunday_of_advent", "christ_the_king"):
        day = feast(name, year)
        assert day is not None and day.weekday() == 6, name
