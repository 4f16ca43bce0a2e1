"""What is said in plain English is understood as what was meant."""

import re

import pytest
from random_services import random_services

from vitality_lib.calendar import feasts
from vitality_lib.calendar.english import CannotBeSaidError, say
from vitality_lib.calendar.season_words import read_season, say_season
from vitality_lib.calendar.understand import NotUnderstoodError, understand
from vitality_lib.models import Day, Recurrence, Service, ServiceType

MASS, ADORATION = ServiceType.MASS, ServiceType.ADORATION
SUNDAYS = Recurrence((Day.SU,))


def test_ten_thousand_random_services_are_said_in_one_line_and_understood() -> None:
    services = random_services(10_000, seed=1)
    assert len(set(services)) == 10_000
    for service in services:
        words = say(service)
        assert words.isprintable()
        assert understand(words) == service, words


@pytest.mark.parametrize(
    "name",
    [
        "Holy Lamp, at the Lake",
        "Mass, Sundays at 9:00 AM",
        "in Spanish",
        "also streamed",
        "at 8:00 AM",
        'The "Old" Church',
        '"Old" Church',
        "Two\nlines",
        "ends with a blank ",
        "back\\slash",
        "no-break blank",
        "line\u2028separator",
        "7",
        ", at",
        '"',
        "Église Saint-Éloi – 50% & more; really?",
    ],
)
def test_a_church_or_a_note_may_hold_anything(name: str) -> None:
    for service in (
        Service(MASS, SUNDAYS, "08:00", church=name),
        Service(MASS, SUNDAYS, "08:00", note=name),
        Service(MASS, Recurrence(), note=name),
        Service(MASS, SUNDAYS, church=name, note=name, streamed=True),
        Service(MASS, SUNDAYS, language="en/es/vi", church=name, note=f"after {name} Mass"),
    ):
        assert understand(say(service)) == service


@pytest.mark.parametrize("name", feasts.names())
def test_every_feast_bounds_a_stretch_of_the_year(name: str) -> None:
    for notation in (f"{name}..09-30", f"june..{name}", f"{name}..{name}"):
        assert read_season(say_season(notation)) == notation


@pytest.mark.parametrize(
    ("words", "stopped_at"),
    [
        ("Mass, Sundayz at 8:00 AM", "word 2, 'Sundayz'"),
        ("Mass, Sundays at 8 AM", "word 3, 'at'"),
        ("Mass, Sundays at 8:00 AM, art St. Ivo", "word 6, 'art'"),
        ("Mass, Sundays at 8:00 AM in Spanglish", "word 6, 'in'"),
        ("Mass, Sundays at 8:00 AM, except holy dais", "word 6, 'except'"),
        ("Vespers, Sundays at 5:00 PM", "word 1, 'Vespers,'"),
        ("", "word 1"),
    ],
)
def test_words_of_another_kind_are_refused_with_the_word_that_is_wrong(words: str, stopped_at: str) -> None:
    with pytest.raises(NotUnderstoodError, match=re.escape(stopped_at)):
        understand(words)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Mass, Sundays and Saturdays at 8:00 AM", "write 'Mass, Saturdays and Sundays at 8:00 AM' instead"),
        ("Mass, Sundays at 08:00 AM", "write 'Mass, Sundays at 8:00 AM' instead"),
        ("Mass, Sundays at 28:00 AM", "no such time of day: 28:00 AM"),
        ("Mass, Sundays, until February 30, 2026", "day is out of range"),
        ("Adoration, every day from 9:00 AM to Friday 8:00 AM", "Friday ends what begins on one weekday"),
    ],
)
def test_words_that_say_it_otherwise_or_mean_nothing_are_refused(words: str, why: str) -> None:
    with pytest.raises(NotUnderstoodError, match=re.escape(why)):
        understand(words)


@pytest.mark.parametrize(
    "service",
    [
        Service(MASS, Recurrence((Day.SU,), season="harvest"), "08:00"),
        Service(MASS, Recurrence((Day.SU,), season="13-01..14-01"), "08:00"),
        Service(MASS, Recurrence((Day.SU,), weeks=9), "08:00"),
        Service(MASS, Recurrence((Day.SU,), ("1",), weeks=2), "08:00"),
        Service(MASS, Recurrence((Day.HOLYDAY,), ("1",)), "08:00"),
        Service(MASS, Recurrence((Day.HOLYDAY,), weeks=2), "08:00"),
        Service(MASS, Recurrence(month_days=(32,)), "08:00"),
        Service(MASS, Recurrence((Day.SU,), exceptions=("6SU",)), "08:00"),
        Service(MASS, Recurrence((Day.SU,), exceptions=("2026-02-30",)), "08:00"),
        Service(MASS, Recurrence((Day.SU,), begins="soon"), "08:00"),
        Service(MASS, SUNDAYS, "24:00"),
        Service(MASS, SUNDAYS, "8:00"),
        Service(MASS, SUNDAYS, "08:00", "25:00"),
        Service(MASS, SUNDAYS, "08:00", nights=1),
        Service(MASS, SUNDAYS, "08:00", "07:00", nights=-1),
        Service(MASS, SUNDAYS, "08:00", language="Elvish"),
        Service(MASS, Recurrence()),
    ],
)
def test_a_rule_without_a_meaning_cannot_be_said(service: Service) -> None:
    with pytest.raises(CannotBeSaidError):
        say(service)


def test_midnight_at_the_end_is_the_end_of_a_day() -> None:
    words = "Adoration, Fridays from 7:00 PM to midnight"
    assert say(Service(ADORATION, Recurrence((Day.FR,)), "19:00", "00:00", nights=1)) == words
    assert understand(words) == Service(ADORATION, Recurrence((Day.FR,)), "19:00", "24:00")
