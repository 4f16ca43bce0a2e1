"""A sentence about something else takes nothing away from the times below it."""

import pytest
from shorthand import services

_MASSES = ["mass SA 16:30 vigil", "mass SU 09:30"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The office will be closed.",
        "The office will be closed on Monday",
        "Mass is livestreamed on Facebook.",
        "Our office is open Monday to Friday.",
        "Parish picnic Sunday, September 22 at noon.",
    ],
)
@pytest.mark.parametrize(
    "times",
    [
        "<h2>Saturday</h2><p>4:30 PM</p><h2>Sunday</h2><p>9:30 AM</p>",
        "<p>Saturday: 4:30 PM<br>Sunday: 9:30 AM</p>",
    ],
)
def test_a_sentence_speaks_only_for_itself(sentence: str, times: str) -> None:
    assert services(f"<h1>Mass Times</h1><p>{sentence}</p>{times}") == _MASSES


def test_hours_below_a_sentence_of_opening_are_its_own() -> None:
    page = """<h1>Confessions</h1><p>Our parish center is open during its regular hours.</p>
        <p>Monday - Friday: 9:00 am - 8:00 pm</p><p>Saturday: 9:00 am - 2:00 pm</p>"""
    assert services(page) == []


@pytest.mark.parametrize(
    "line",
    [
        "Ann Fictus, Secretary, Monday to Thursday 9:00 AM - 3:00 PM",
        "Coordinadora: Sra. Ficticia, lunes a jueves 9:00 AM - 3:00 PM",
        "Training of lectors is offered on a Monday from 9:00 am to 11:00 am.",
        "In those years Fr. Fictus heard confessions from 6am until noon on Mondays.",
    ],
)
def test_hours_of_staff_training_and_history_are_no_service(line: str) -> None:
    assert services(f"<h3>Confessions</h3><p>Saturday 3 PM</p><p>{line}</p>") == ["confession SA 15:00"]
