"""How the pages write days and times."""

import pytest

from vitality_lib.models import Day, ServiceType
from vitality_lib.sample.country import Line
from vitality_lib.sample.notation import all_but, brief, clock, days, hours, remark
from vitality_lib.sample.selection import holy, on, weekday, weekend

WEEKDAYS = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR)


def line(*which: Day, starts: tuple[str, ...] = ("08:00",), **more: object) -> Line:
    return Line(ServiceType.MASS, which, starts=starts, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "style", "language", "words"),
    [
        (line(Day.SU), "long", "en", "Sunday"),
        (line(Day.SU), "plural", "en", "Sundays"),
        (line(*WEEKDAYS), "long", "en", "Monday through Friday"),
        (line(*WEEKDAYS), "plural", "en", "Weekdays"),
        (line(*WEEKDAYS), "short", "en", "Mon-Fri"),
        (line(*WEEKDAYS), "dotted", "en", "Mon. – Fri."),
        (line(Day.TU, Day.TH), "dotted", "en", "Tues. & Thurs."),
        (line(Day.TU, Day.TH), "long", "en", "Tuesday and Thursday"),
        (line(Day.MO, Day.WE, Day.FR), "short", "en", "Mon, Wed & Fri"),
        (line(*WEEKDAYS, Day.SA, Day.SU), "long", "en", "Daily"),
        (line(Day.FR, ordinals=("1",)), "long", "en", "First Friday"),
        (line(Day.SU, ordinals=("2", "4")), "plural", "en", "Second & Fourth Sundays"),
        (line(Day.HOLYDAY), "plural", "en", "Holy Days of Obligation"),
        (line(*WEEKDAYS), "long", "es", "lunes a viernes"),
        (line(Day.SA, Day.SU), "plural", "es", "sábados y domingos"),
    ],
)
def test_days_are_written_in_the_style_of_the_page(said: Line, style: str, language: str, words: str) -> None:
    assert days(said, style, language) == words


def test_days_with_a_gap_are_the_whole_row_and_its_exception() -> None:
    assert all_but(line(Day.MO, Day.TU, Day.TH, Day.FR)) == "Monday through Friday except Wednesday"
    assert all_but(line(*WEEKDAYS)) == "Monday through Friday"


@pytest.mark.parametrize(
    ("time", "style", "words"),
    [
        ("08:00", "8:00 AM", "8:00 AM"),
        ("17:30", "8:00am", "5:30pm"),
        ("17:30", "8:00 a.m.", "5:30 p.m."),
        ("12:00", "8:00 a.m.", "12 noon"),
        ("12:00", "8 AM", "12 PM"),
        ("08:00", "8am", "8am"),
        ("10:30", "8 AM", "10:30 AM"),
    ],
)
def test_a_time_is_written_in_the_style_of_the_page(time: str, style: str, words: str) -> None:
    assert clock(time, style) == words


def test_a_line_has_its_starts_or_its_start_and_end() -> None:
    assert hours(line(Day.SU, starts=("08:00", "10:30")), "8am", " & ") == "8am & 10:30am"
    assert hours(line(Day.SU, starts=("08:00", "10:00", "12:00")), "8am", ", ", " and ") == "8am, 10am and 12pm"
    assert hours(line(Day.SA, starts=("15:00",), end="16:00")) == "3:00 PM - 4:00 PM"


def test_morning_and_afternoon_are_said_once_where_they_are_the_same() -> None:
    assert brief(line(Day.SU, starts=("08:00", "10:30"))) == "8 & 10:30 AM"
    assert brief(line(Day.SU, starts=("08:00", "17:00"))) == "8 AM & 5 PM"
    assert brief(line(Day.SA, starts=("15:00",), end="16:00")) == "3 PM - 4 PM"


def test_a_language_is_remarked_on_only_when_it_is_not_the_usual_one() -> None:
    assert remark(line(Day.SU, language="es")) == " (Spanish)"
    assert remark(line(Day.SU, language="es"), "es") == ""


def test_lines_are_chosen_by_where_they_stand_on_a_page() -> None:
    vigil, sunday, daily = line(Day.SA, starts=("17:00",)), line(Day.SU), line(*WEEKDAYS)
    feast, first = line(Day.HOLYDAY), line(Day.SU, ordinals=("1",))
    lines = [vigil, sunday, daily, feast, first]
    assert weekend(lines) == [vigil, sunday]
    assert weekday(lines) == [daily, first]
    assert holy(lines) == [feast]
    assert on(lines, "SU") == [sunday]
