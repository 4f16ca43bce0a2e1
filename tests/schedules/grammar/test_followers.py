"""Services that follow upon another one."""

import pytest
from shorthand import services


@pytest.mark.parametrize(
    "text",
    [
        "First Friday 8:00 am Mass followed by Adoration until 10:00 am",
        "First Friday: 8:00 am Mass, Adoration follows until 10:00 am",
        "First Friday Mass 8:00 am (Holy Hour follows until 10 am)",
    ],
)
def test_adoration_after_a_mass_has_the_end_that_is_said_of_it(text: str) -> None:
    assert services(text) == ["mass 1 FR 08:00", "adoration 1 FR --10:00 (after 08:00 Mass)"]


def test_what_follows_has_no_time_of_its_own() -> None:
    assert services("Wednesday: 7:00 pm Mass, Confessions to follow") == [
        "mass WE 19:00",
        "confession WE - (after 19:00 Mass)",
    ]


def test_a_devotion_that_follows_is_part_of_the_mass() -> None:
    assert services("Tuesday: 7:00 pm Mass followed by the Novena") == ["mass TU 19:00"]
