"""Where a church stands: its zone by coordinates, else by its address."""

import pytest

from vitality_lib.calendar.place import Place, place_of


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (41.88, -87.63, "America/Chicago"),
        (33.45, -112.07, "America/Phoenix"),
        (21.31, -157.86, "Pacific/Honolulu"),
        (13.47, 144.75, "Pacific/Guam"),
        (51.88, -176.65, "America/Adak"),
        (35.68, -109.05, "America/Denver"),  # Window Rock, in the part of Arizona that changes its clocks
    ],
)
def test_coordinates_tell_the_zone_whatever_the_address_says(latitude: float, longitude: float, zone: str) -> None:
    assert place_of("Diocese of Marlow", "NY", "10001", latitude, longitude) == Place(zone, "Diocese of Marlow")


@pytest.mark.parametrize(("latitude", "longitude"), [(0.0, 0.0), (None, None), (30.0, -50.0)])
def test_coordinates_that_are_unknown_or_at_sea_leave_it_to_the_address(
    latitude: float | None, longitude: float | None
) -> None:
    assert place_of(None, "NY", None, latitude, longitude) == Place("America/New_York")


@pytest.mark.parametrize(
    ("diocese", "state", "zip_code", "zone"),
    [
        (None, "il", None, "America/Chicago"),
        (None, "AZ", "85001", "America/Phoenix"),
        (None, "AZ", "86515", "America/Denver"),
        (None, "FL", "33101", "America/New_York"),
        (None, "FL", "32501", "America/Chicago"),
        (None, "TX", "79901", "America/Denver"),
        ("Diocese of El Paso", "TX", None, "America/Denver"),
        (None, "ID", "83814", "America/Los_Angeles"),
        (None, "OR", "97914", "America/Boise"),
        (None, "SD", "57701", "America/Denver"),
        ("Diocese of Knoxville", "TN", "37902", "America/New_York"),
        ("Diocese of Nashville", "TN", None, "America/Chicago"),
        ("Diocese of Gary", "IN", None, "America/Chicago"),
        (None, "IN", "46201", "America/Indiana/Indianapolis"),
        (None, "PR", "00901", "America/Puerto_Rico"),
    ],
)
def test_an_address_tells_the_zone(diocese: str | None, state: str, zip_code: str | None, zone: str) -> None:
    assert place_of(diocese, state, zip_code) == Place(zone, diocese)


@pytest.mark.parametrize("state", [None, "", "ON"])
def test_no_place_without_coordinates_and_state(state: str | None) -> None:
    assert place_of("Diocese of Marlow", state) is None
