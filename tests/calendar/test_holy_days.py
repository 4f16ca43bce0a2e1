"""Holy days of obligation: the table of nine years, its transfers, and whose law a diocese keeps."""

from datetime import date

import pytest

from vitality_lib.calendar.holy_days import holy_days, is_eve, is_holy_day
from vitality_lib.calendar.place import Place

ANYWHERE = Place("America/Chicago", "Diocese of Marlow")
BOSTON = Place("America/New_York", "Archdiocese of Boston")
HONOLULU = Place("Pacific/Honolulu", "Diocese of Honolulu")

# Weekdays only: a feast on a Sunday adds no day. Ascension stands apart.
OBLIGATION = {
    2022: "11-01 12-08",  # 1 January a Saturday, 15 August a Monday, Christmas a Sunday
    2023: "08-15 11-01 12-08 12-25",  # 1 January a Sunday
    2024: "08-15 11-01 12-09 12-25",  # 1 January a Monday, 8 December a Sunday
    2025: "01-01 08-15 12-08 12-25",  # 1 November a Saturday
    2026: "01-01 12-08 12-25",  # 15 August a Saturday, 1 November a Sunday
    2027: "01-01 12-08 12-25",  # 15 August a Sunday, 1 November a Monday
    2028: "08-15 11-01 12-08 12-25",  # 1 January a Saturday, Christmas a Monday
    2029: "08-15 11-01 12-08 12-25",  # 1 January a Monday, 8 December a Saturday
    2030: "01-01 08-15 11-01 12-09 12-25",  # 8 December a Sunday
}
ASCENSION = {
    2022: "05-26", 2023: "05-18", 2024: "05-09", 2025: "05-29", 2026: "05-14", 2027: "05-06", 2028: "05-25",
    2029: "05-10", 2030: "05-30",
}  # fmt: skip


def said(year: int, place: Place) -> str:
    return " ".join(f"{day:%m-%d}" for day in holy_days(year, place))


@pytest.mark.parametrize("year", OBLIGATION)
def test_the_holy_days_of_most_dioceses(year: int) -> None:
    assert said(year, ANYWHERE) == OBLIGATION[year]


@pytest.mark.parametrize("year", OBLIGATION)
def test_six_provinces_keep_ascension_on_its_thursday_besides(year: int) -> None:
    assert said(year, BOSTON) == " ".join(sorted([*OBLIGATION[year].split(), ASCENSION[year]]))


def test_honolulu_keeps_christmas_and_the_immaculate_conception_only() -> None:
    assert said(2025, HONOLULU) == "12-08 12-25"
    assert said(2024, HONOLULU) == "12-09 12-25"


def test_before_the_note_of_2024_no_obligation_went_with_the_moved_feast() -> None:
    assert said(2019, ANYWHERE) == "01-01 08-15 11-01 12-25"


def test_an_eparchy_keeps_the_days_of_the_eastern_code() -> None:
    eparchy = Place("America/New_York", "Byzantine Catholic Eparchy of Marlow")
    assert said(2025, eparchy) == "01-06 05-29 08-15 12-25"  # 29 June 2025 is a Sunday


@pytest.mark.parametrize(
    ("diocese", "zone", "thursday"),
    [
        ("Archdiocese of Boston", "America/New_York", True),
        ("Diocese of Fall River", "America/New_York", True),
        ("Diocese of Springfield in Massachusetts", "America/New_York", True),
        ("Diocese of Springfield in Illinois", "America/Chicago", False),
        ("Diocese of Springfield-Cape Girardeau", "America/Chicago", False),
        ("Diocese of Portland", "America/New_York", True),
        ("Diocese of Portland (Maine)", "America/New_York", True),
        ("Archdiocese of Portland in Oregon", "America/Los_Angeles", False),
        ("Archdiocese of New York", "America/New_York", True),
        ("Diocese of Rochester", "America/New_York", True),
        ("Diocese of Winona-Rochester", "America/Chicago", False),
        ("Roman Catholic Diocese of Rockville Centre", "America/New_York", True),
        ("Archdiocese of Hartford", "America/New_York", True),
        ("Diocese of Providence", "America/New_York", True),
        ("Archdiocese of Newark", "America/New_York", True),
        ("Archdiocese of Omaha", "America/Chicago", True),
        ("Diocese of Lincoln", "America/Chicago", True),
        ("Diocese of Altoona-Johnstown", "America/New_York", True),
        ("Archdiocese of Philadelphia", "America/New_York", True),
        ("Archdiocese of Baltimore", "America/New_York", False),
        ("Personal Ordinariate of the Chair of Saint Peter", "America/Chicago", True),
        (None, "America/New_York", False),
    ],
)
def test_who_keeps_ascension_on_thursday(diocese: str | None, zone: str, thursday: bool) -> None:
    assert is_holy_day(date(2025, 5, 29), Place(zone, diocese)) is thursday


def test_the_eve_is_the_day_before_also_over_new_year() -> None:
    assert is_eve(date(2024, 12, 31), ANYWHERE)
    assert is_eve(date(2025, 12, 24), ANYWHERE)
    assert not is_eve(date(2025, 10, 31), ANYWHERE)  # All Saints on a Saturday binds nobody
    assert is_eve(date(2024, 12, 8), ANYWHERE)  # a Sunday: the feast is moved to the Monday
