"""Times of day as parishes write them."""

import pytest
from shorthand import services

from vitality_lib.schedules.clock import clock


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("8:30 am", "08:30"),
        ("8:30 a.m.", "08:30"),
        ("8:30A", "08:30"),
        ("830am", "08:30"),
        ("8.30 pm", "20:30"),
        ("12:15 am", "00:15"),
        ("12:15 pm", "12:15"),
        ("12 noon", "12:00"),
        ("12 del mediodía", "12:00"),
        ("noon", "12:00"),
        ("mediodía", "12:00"),
        ("12 midnight", "00:00"),
        ("midnight", "00:00"),
        ("18:30", "18:30"),
        ("18h30", "18:30"),
        ("7 de la tarde", "19:00"),
        ("9 de la mañana", "09:00"),
        ("8 o'clock", "08:00"),
        ("12N", "12:00"),
        ("5p", "17:00"),
        ("8a", "08:00"),
        ("half past seven", "07:30"),
        ("quarter past six", "06:15"),
        ("quarter to eight", "07:45"),
        ("seven o'clock", "07:00"),
        ("eight a.m.", "08:00"),
        ("ocho de la mañana", "08:00"),
        ("siete y media de la noche", "19:30"),
    ],
)
def test_one_time_is_read_in_every_notation(written: str, time: str) -> None:
    assert str(clock(written)) == time


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Sunday Mass 7 & 8:30 am", ["07:00", "08:30"]),
        ("Sunday Mass 7:30, 9, 11 am and 5 pm", ["07:30", "09:00", "11:00", "17:00"]),
        ("Sunday Mass 8.30 and 10.30", ["08:30", "10:30"]),
        ("Sunday Mass 10 am and 12 noon", ["10:00", "12:00"]),
        ("Sunday: 8:00am | 10:00am | 12:00pm Mass", ["08:00", "10:00", "12:00"]),
        ("Sunday Mass 9h30", ["09:30"]),
        ("Sunday Mass 8:00 AM, 10:30 AM, 5:00 PM", ["08:00", "10:30", "17:00"]),
        ("Sunday Mass 8, 9:30, & 11", ["08:00", "09:30", "11:00"]),
        ("Sunday Mass 8, 10, 12, 5", ["08:00", "10:00", "12:00", "17:00"]),
        ("Sunday Masses: 7, 9, 11, 1 and 7", ["07:00", "09:00", "11:00", "13:00", "19:00"]),
        ("Sunday Mass 8 AM \u2013 10 AM \u2013 12 PM", ["08:00", "10:00", "12:00"]),
        ("Sunday Mass 7:30 - 9:00 - 10:30", ["07:30", "09:00", "10:30"]),
        ("Sunday Mass at half past seven and quarter to eleven", ["07:30", "10:45"]),
        ("Sunday Mass 8 & 10", ["08:00", "10:00"]),
        ("Sunday Mass 7:00/9:00/11:00", ["07:00", "09:00", "11:00"]),
        ("Sunday Mass 8a, 10a, 12N & 5p", ["08:00", "10:00", "12:00", "17:00"]),
        ("Sunday Mass 7:30, 9:30, 11:30, 1:30 and 5:30", ["07:30", "09:30", "11:30", "13:30", "17:30"]),
    ],
)
def test_each_time_of_a_list_is_a_mass_of_its_own(text: str, times: list[str]) -> None:
    assert services(text) == [f"mass SU {time}" for time in times]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Confession Saturday 3:00 to 4:00 pm", "15:00-16:00"),
        ("Confession Saturday 3-4:30", "15:00-16:30"),
        ("Confession Saturday 3:00 - 3:45", "15:00-15:45"),
        ("Confession Saturday from 11 - 12:30 pm", "11:00-12:30"),
        ("Confession Saturday 9 am until noon", "09:00-12:00"),
        ("Confession Saturday 4:00 p.m. \u2013 4:45 p.m.", "16:00-16:45"),
        ("Confession Saturday 10:00 till 11:00 am", "10:00-11:00"),
        ("Confession Saturday 230-330pm", "14:30-15:30"),
        ("Confession every Saturday between 4:15 and 5:15 pm", "16:15-17:15"),
        ("Confession Saturday 5-6", "17:00-18:00"),
        ("Confession Saturday 11-12", "11:00-12:00"),
        ("Confession Saturday 4:00 - 4:45", "16:00-16:45"),
        ("Confession Saturday 4p-5p", "16:00-17:00"),
    ],
)
def test_a_range_gives_start_and_end(text: str, times: str) -> None:
    assert services(text) == [f"confession SA {times}"]


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("Sunday Mass 8:00", "mass SU 08:00"),
        ("Sunday Mass 12:30", "mass SU 12:30"),
        ("Sunday Mass 5:00", "mass SU 17:00"),
        ("Saturday Vigil Mass 5:30", "mass SA 17:30 vigil"),
        ("Saturday evening Mass 7:00", "mass SA 19:00 vigil"),
        ("Monday Mass 6:30", "mass MO 06:30"),
        ("Confession Saturday 4:00", "confession SA 16:00"),
    ],
)
def test_a_missing_half_of_the_day_is_what_is_usual_for_the_service(text: str, service: str) -> None:
    assert services(text) == [service]


def test_a_bare_number_is_no_time() -> None:
    assert services("We have 5 Masses and 3 priests on Sunday") == []
    assert services("Sunday Mass: 2 to 3 lectors and 4, 5 or 6 ushers are needed") == []
    assert services("Sunday Mass readings 1, 2 and 3") == []


def test_midnight_ends_the_day_it_closes() -> None:
    assert services("Adoration Friday 7 pm - midnight") == ["adoration FR 19:00-24:00"]
