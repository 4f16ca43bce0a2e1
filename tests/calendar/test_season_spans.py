"""Which days the notation of a season means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitality_lib.calendar.seasons import UnknownSeasonError, in_season, spans


def span(notation: str, year: int) -> str:
    return ", ".join(f"{first}..{last}" for first, last in spans(notation, year))


@pytest.mark.parametrize(
    ("notation", "year", "days"),
    [
        ("lent", 2025, "2025-03-05..2025-04-19"),
        ("advent", 2025, "2025-11-30..2025-12-24"),
        ("advent+lent", 2025, "2025-03-05..2025-04-19, 2025-11-30..2025-12-24"),
        ("easter", 2025, "2025-04-20..2025-06-08"),
        ("holy_week", 2026, "2026-03-29..2026-04-04"),
        ("christmas", 2025, "2025-12-25..2026-01-11"),
        ("summer", 2025, "2025-05-24..2025-09-01"),
        ("academic_year", 2025, "2025-09-02..2026-05-22"),
        ("daylight_saving_time", 2026, "2026-03-08..2026-10-31"),
        ("standard_time", 2026, "2026-11-01..2027-03-13"),
        ("winter", 2025, "2025-09-02..2026-05-22"),
        ("july", 2025, "2025-07-01..2025-07-31"),
        ("good_friday", 2025, "2025-04-18..2025-04-18"),
    ],
)
def test_a_name_means_a_stretch_of_days(notation: str, year: int, days: str) -> None:
    assert span(notation, year) == days


@pytest.mark.parametrize(
    ("notation", "days"),
    [
        ("memorial_day..labor_day", "2025-05-26..2025-09-01"),
        ("labor_day..memorial_day", "2025-09-01..2026-05-25"),
        ("05-01..09-30", "2025-05-01..2025-09-30"),
        ("july..august", "2025-07-01..2025-08-31"),
        ("october..april", "2025-10-01..2026-04-30"),
        ("november..february", "2025-11-01..2026-02-28"),
        ("easter..pentecost", "2025-04-20..2025-06-08"),
        ("first_sunday_of_advent..christmas", "2025-11-30..2025-12-25"),
        ("christmas..01-06", "2025-12-25..2026-01-06"),
        ("02-29..03-01", "2025-02-28..2025-03-01"),
        ("lent..05-31", "2025-03-05..2025-05-31"),
    ],
)
def test_a_stretch_holds_both_its_ends_and_may_run_over_new_year(notation: str, days: str) -> None:
    assert span(notation, 2025) == days


def test_february_ends_late_in_a_leap_year() -> None:
    assert span("february", 2028) == "2028-02-01..2028-02-29"
    assert span("02-29..03-01", 2028) == "2028-02-29..2028-03-01"


def test_a_stretch_over_new_year_holds_days_of_both_years() -> None:
    assert in_season("october..april", date(2026, 1, 15))
    assert in_season("october..april", date(2025, 10, 1))
    assert not in_season("october..april", date(2026, 5, 1))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_is_in_summer_or_else_in_winter_which_is_the_academic_year(day: date) -> None:
    assert in_season("summer", day) != in_season("winter", day)
    assert in_season("winter", day) == in_season("academic_year", day)


@given(st.integers(2000, 2100))
def test_lent_has_its_forty_days_without_the_sundays(year: int) -> None:
    ((first, last),) = spans("lent", year)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert len([day for day in days if day.weekday() != 6]) == 40


@pytest.mark.parametrize("notation", ["spring", "", "lent+", "13-01..14-01", "02-30", "easter..", "..", "5-1..9-30"])
def test_what_means_nothing_is_refused_with_what_would_be_right(notation: str) -> None:
    with pytest.raises(UnknownSeasonError, match=r"write names joined by '\+'.*advent.*labor_day"):
        in_season(notation, date(2025, 1, 1))
