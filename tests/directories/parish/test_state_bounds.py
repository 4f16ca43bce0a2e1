"""Coordinates that cannot be right."""

import pytest

from vitality_lib.directories.parish.state_bounds import is_outside, without_wrong_pin
from vitality_lib.directories.parish.states import state_code
from vitality_lib.models import ParishEntry


def at(latitude: float, longitude: float, state: str | None = None) -> ParishEntry:
    return ParishEntry("St. Odo", state=state, latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(
    ("state", "latitude", "longitude"),
    [("OH", 39.96, -83.0), ("AK", 52.9, 172.9), ("AK", 58.3, -134.4), ("HI", 21.3, -157.9), ("GU", 13.4, 144.8),
     ("PR", 18.4, -66.1), ("ME", 44.9, -66.98), ("TX", 31.76, -106.49), ("FL", 24.55, -81.8)],
)  # fmt: skip
def test_a_place_in_the_state_is_inside(state: str, latitude: float, longitude: float) -> None:
    assert not is_outside(at(latitude, longitude, state), None)


@pytest.mark.parametrize(("latitude", "longitude"), [(39.96, 83.0), (-39.96, -83.0), (39.96, -122.4), (45.0, -83.0)])
def test_a_lost_sign_and_another_state_are_outside(latitude: float, longitude: float) -> None:
    wrong = at(latitude, longitude)
    assert is_outside(wrong, "OH")
    assert without_wrong_pin(wrong, "OH").latitude is None


def test_its_own_state_counts_before_that_of_the_diocese_and_without_any_nothing_is_outside() -> None:
    assert not is_outside(at(35.5, -108.7, "NM"), "AZ")
    assert not is_outside(at(35.5, 108.7), None)
    assert not is_outside(ParishEntry("St. Odo", state="OH"), "OH")
    assert state_code("Ohio") == "OH"
