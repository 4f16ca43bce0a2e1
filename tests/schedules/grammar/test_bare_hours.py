"""Hours without minutes and without am or pm."""

import pytest
from shorthand import services

from vitality_lib.schedules.phrases import phrases
from vitality_lib.schedules.tokens import scan


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Sat Vigil 5; Sun 8, 10 & 5:30", ["SA 17:00 vigil", "SU 08:00", "SU 10:00", "SU 17:30"]),
        ("Sat 5; Sun 8, 10, 12", ["SA 17:00 vigil", "SU 08:00", "SU 10:00", "SU 12:00"]),
        ("Mon thru Sat 9", ["MO,TU,WE,TH,FR,SA 09:00"]),
        ("Saturday Vigil 5", ["SA 17:00 vigil"]),
        ("Sunday 0900 & 1130", ["SU 09:00", "SU 11:30"]),
        ("Saturday 1730", ["SA 17:30 vigil"]),
    ],
)
def test_a_number_behind_the_days_of_masses_is_an_hour(line: str, read: list[str]) -> None:
    assert services(f"<h1>Mass Times</h1><p>{line}</p>") == [f"mass {one}" for one in read]


def test_times_on_the_24_hour_clock_form_a_range() -> None:
    assert services("<h1>Mass Times</h1><p>Confession Saturday 1645-1715</p>") == ["confession SA 16:45-17:15"]


@pytest.mark.parametrize(
    "line", ["Sunday 9", "Sunday 9, 2026", "Monday - Friday 9 priests", "Tel. 555-1730", "Sunday, 1420 W. Lamp Street"]
)
def test_a_number_that_may_be_a_date_or_counts_something_is_none(line: str) -> None:
    assert services(f"<h1>Mass Times</h1><p>{line}</p>") == []


@pytest.mark.parametrize(
    ("words", "time"),
    [("six in the evening", "18:00"), ("seven thirty in the morning", "07:30"), ("four in the afternoon", "16:00")],
)
def test_an_hour_in_words_has_the_part_of_the_day_it_is_said_to_be_in(words: str, time: str) -> None:
    (phrase,) = phrases(scan(words), words, 0)
    assert phrase.span is not None and str(phrase.span.first) == time
