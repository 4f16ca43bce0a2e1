"""Several cells become street, city, state and ZIP."""

import pytest

from vitality_lib.directories.parish.address import Place
from vitality_lib.directories.parish.address_cells import join_place

ELM = Place("12 Elm St.", "Alderton", "OH", "43001")


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"street": "12 Elm St.", "city": "Alderton", "state": "Ohio", "zip": "43001"}, ELM),
        ({"address": "12 Elm St.", "city": "Alderton", "state": "OH 43001"}, ELM),
        ({"address": "12 Elm St.", "city": "Alderton, OH 43001"}, ELM),
        ({"address": "12 Elm St., Alderton", "city": "Alderton"}, Place("12 Elm St.", "Alderton")),
        ({"address": "Rectory, 12 Elm St.", "city": "Alderton"}, Place("Rectory, 12 Elm St.", "Alderton")),
        ({"street": "12 Elm St., Alderton, OH 43001", "city": "Alderton", "state": "OH", "zip": "43001"}, ELM),
        ({"address": "Alderton"}, Place(None, "Alderton")),
        ({"address": "St. Clair"}, Place(None, "St. Clair")),
        ({"address": "Main Street"}, Place("Main Street")),
        ({"address": "12 Elm St., Alderton, OH", "city": "Elm Creek"}, Place("12 Elm St.", "Elm Creek", "OH")),
        ({"zip": "601"}, Place(zip="00601")),
        ({}, Place()),
    ],
)  # fmt: skip
def test_cells_of_a_record_win_over_the_address_in_one_piece(cells: dict[str, str], place: Place) -> None:
    assert join_place(**cells) == place
