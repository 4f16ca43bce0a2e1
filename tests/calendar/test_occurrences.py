"""Services become dated occurrences in the church's own zone."""

from datetime import UTC, date, timedelta

import pytest

from vitality_lib.calendar.occurrences import Occurrence, occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.models import Day, Recurrence, Service, ServiceType

MASS, CONFESSION = ServiceType.MASS, ServiceType.CONFESSION
CHICAGO = Place("America/Chicago", "Diocese of Marlow")
BOSTON = Place("America/New_York", "Archdiocese of Boston")


def mass(recurrence: Recurrence, start: str = "08:00", end: str | None = None, nights: int = 0) -> Service:
    return Service(MASS, recurrence, start, end, nights=nights)


def dates(recurrence: Recurrence, first: str, last: str, place: Place = CHICAGO) -> str:
    found = occurrences(mass(recurrence), date.fromisoformat(first), date.fromisoformat(last), place)
    return " ".join(f"{one.start:%m-%d}" for one in found)


def on(service: Service, day: str, place: Place = CHICAGO) -> Occurrence:
    (only,) = occurrences(service, date.fromisoformat(day), date.fromisoformat(day), place)
    return only


# --- days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recurrence", "days"),
    [
        (Recurrence((Day.SU,)), "06-01 06-08 06-15 06-22 06-29"),
        (Recurrence((Day.FR,), ("1", "last")), "06-06 06-27"),
        (Recurrence((Day.SU,), ("5",)), "06-29"),
        (Recurrence((Day.SU,), ("5", "last")), "06-29"),
        (Recurrence((Day.SA, Day.FR), ("1",)), "06-06 06-07"),
        (Recurrence(month_days=(13, -1)), "06-13 06-30"),
        (Recurrence(month_days=(31,)), ""),
        (Recurrence((Day.FR,), month_days=(13,)), "06-13"),
        (Recurrence((Day.SU,), weeks=2, anchor="2025-01-05"), "06-08 06-22"),
        (Recurrence((Day.SA, Day.SU), weeks=2, anchor="2025-06-10"), "06-08 06-14 06-22 06-28"),
        (Recurrence((Day.SU,), exceptions=("1SU",)), "06-08 06-15 06-22 06-29"),
        (Recurrence((Day.SU,), exceptions=("lastSU", "2025-06-08")), "06-01 06-15 06-22"),
        (Recurrence((Day.SU,), exceptions=("easter",)), "06-15 06-22 06-29"),
        (Recurrence(month_days=(1, 2), exceptions=("SU",)), "06-02"),
        (Recurrence((Day.SU,), begins="2025-06-08", ends="2025-06-15"), "06-08 06-15"),
        (Recurrence((Day.SU,), begins="2025-07-01"), ""),
        (Recurrence((Day.MO,), season="06-10..06-20"), "06-16"),
    ],
)
def test_a_rule_in_june_2025(recurrence: Recurrence, days: str) -> None:
    assert dates(recurrence, "2025-06-01", "2025-06-30") == days


def test_every_other_week_goes_on_over_the_years_and_before_its_anchor() -> None:
    rule = Recurrence((Day.SU,), weeks=2, anchor="2025-12-21")
    assert dates(rule, "2025-12-01", "2026-01-31") == "12-07 12-21 01-04 01-18"


def test_stations_in_lent_include_good_friday() -> None:
    fridays = dates(Recurrence((Day.FR,), season="lent"), "2025-01-01", "2025-12-31")
    assert fridays == "03-07 03-14 03-21 03-28 04-04 04-11 04-18"


# --- holy days -------------------------------------------------------------------------------------------------------


def test_holy_days_and_their_eves_are_those_of_the_place() -> None:
    assert dates(Recurrence((Day.HOLYDAY,)), "2025-01-01", "2025-12-31") == "01-01 08-15 12-08 12-25"
    assert dates(Recurrence((Day.HOLYDAY,)), "2025-05-01", "2025-05-31", BOSTON) == "05-29"
    assert dates(Recurrence((Day.HOLYDAY_EVE,)), "2025-01-01", "2025-12-31") == "08-14 12-07 12-24 12-31"


def test_a_weekday_service_goes_on_on_a_holy_day_unless_it_is_excepted() -> None:
    fridays = Recurrence((Day.FR,))
    assert dates(fridays, "2025-08-10", "2025-08-24") == "08-15 08-22"
    assert dates(Recurrence((Day.FR,), exceptions=("HOLYDAY",)), "2025-08-10", "2025-08-24") == "08-22"
    assert dates(Recurrence((Day.TH,), exceptions=("HOLYDAY_EVE",)), "2025-08-10", "2025-08-24") == "08-21"


def test_a_holy_day_that_is_one_of_the_weekdays_too_counts_once() -> None:
    assert dates(Recurrence((Day.FR, Day.HOLYDAY)), "2025-08-15", "2025-08-15") == "08-15"


def test_an_exception_takes_a_holy_day_away_too() -> None:
    assert dates(Recurrence((Day.HOLYDAY,), exceptions=("12-25",)), "2025-12-01", "2025-12-31") == "12-08"


# --- the clock -------------------------------------------------------------------------------------------------------


def test_wall_time_holds_over_the_changes_of_the_clocks() -> None:
    sundays = occurrences(mass(Recurrence((Day.SU,))), date(2025, 3, 2), date(2025, 3, 9), CHICAGO)
    assert [one.start.isoformat() for one in sundays] == ["2025-03-02T08:00:00-06:00", "2025-03-09T08:00:00-05:00"]


def test_a_time_that_the_clocks_skip_is_an_hour_later() -> None:
    assert on(mass(Recurrence((Day.SU,)), "02:30"), "2025-03-09").start.isoformat() == "2025-03-09T03:30:00-05:00"


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert on(mass(Recurrence((Day.SU,)), "01:30"), "2025-11-02").start.isoformat() == "2025-11-02T01:30:00-05:00"


@pytest.mark.parametrize(
    ("start", "end", "nights", "ends"),
    [
        ("08:00", None, 0, None),
        ("08:00", "09:30", 0, "2025-06-06T09:30:00-05:00"),
        ("18:00", "24:00", 0, "2025-06-07T00:00:00-05:00"),
        ("18:00", "00:00", 0, "2025-06-07T00:00:00-05:00"),
        ("00:00", "24:00", 0, "2025-06-07T00:00:00-05:00"),
        ("09:00", "08:00", 1, "2025-06-07T08:00:00-05:00"),
        ("21:00", "24:00", 1, "2025-06-08T00:00:00-05:00"),
        ("09:00", "08:00", 0, None),  # nothing says that it goes on over night
    ],
)
def test_when_it_ends(start: str, end: str | None, nights: int, ends: str | None) -> None:
    found = on(mass(Recurrence((Day.FR,)), start, end, nights), "2025-06-06").end
    assert (found and found.isoformat()) == ends


def test_a_night_in_which_the_clocks_change_ends_on_the_wall_clock() -> None:
    vigil = on(mass(Recurrence((Day.SA,)), "21:00", "06:00", nights=1), "2025-03-08")
    assert vigil.end is not None
    assert vigil.end.astimezone(UTC) - vigil.start.astimezone(UTC) == timedelta(hours=8)


# --- what is not certain, or nothing ---------------------------------------------------------------------------------


def test_every_other_week_without_an_anchor_is_not_certain() -> None:
    found = list(occurrences(mass(Recurrence((Day.SU,), weeks=2)), date(2025, 6, 1), date(2025, 6, 30), CHICAGO))
    assert [(one.start.day, one.certain) for one in found] == [(1, False), (15, False), (29, False)]


@pytest.mark.parametrize(
    "service",
    [
        Service(CONFESSION, Recurrence(), note="by appointment"),
        Service(CONFESSION, Recurrence((Day.SA,))),
        Service(CONFESSION, Recurrence((Day.SA,)), end="12:00"),
        Service(CONFESSION, Recurrence(), start="12:00"),
    ],
)
def test_without_days_or_without_time_and_relation_there_are_none(service: Service) -> None:
    assert list(occurrences(service, date(2025, 1, 1), date(2025, 12, 31), CHICAGO)) == []


@pytest.mark.parametrize(
    "recurrence",
    [
        Recurrence((Day.SU,), season="spring"),
        Recurrence((Day.SU,), exceptions=("6SU",)),
        Recurrence((Day.SU,), ("0",)),
        Recurrence((Day.SU,), begins="soon"),
        Recurrence((Day.SU,), weeks=2, anchor="soon"),
        Recurrence(month_days=(32,)),
        Recurrence((Day.SU,), weeks=0),
    ],
)
def test_notation_that_means_nothing_is_refused(recurrence: Recurrence) -> None:
    with pytest.raises(ValueError, match=r".+"):
        list(occurrences(mass(recurrence), date(2025, 1, 1), date(2025, 1, 31), CHICAGO))
