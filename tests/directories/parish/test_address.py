"""One text becomes street, city, state and ZIP."""

import pytest

from vitality_lib.directories.parish.address import Place, split_address

ELM = Place("12 Elm St.", "Alderton", "OH", "43001")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("12 Elm St., Alderton, OH 43001", ELM),
        ("12 Elm St.\nAlderton, Ohio 43001-2210", Place("12 Elm St.", "Alderton", "OH", "43001-2210")),
        ("12 Elm St., Alderton, Ohio, 43001", ELM),
        ("12 Elm St Alderton OH 43001", Place("12 Elm St", "Alderton", "OH", "43001")),
        ("12 Elm St., Alderton, OH 43001, United States", ELM),
        ("Address: 12 Elm St., Alderton, OH", Place("12 Elm St.", "Alderton", "OH", None)),
        ("P.O. Box 9, Cedar Hollow, W. Va. 25001", Place("P.O. Box 9", "Cedar Hollow", "WV", "25001")),
        (
            "Holy Rosary Church, 77 Quarry Rd, Cedar Hollow, OH",
            Place("Holy Rosary Church, 77 Quarry Rd", "Cedar Hollow", "OH"),
        ),
        ("C/O 12 Lock St., P.O. Box 9\nMarl, MO 63013", Place("C/O 12 Lock St., P.O. Box 9", "Marl", "MO", "63013")),
        ("N7421 County Road C, Upper Falls, WI 54002", Place("N7421 County Road C", "Upper Falls", "WI", "54002")),
        (
            "44 E. Mill Ave., Suite 3, St. Clair, Mich. 48001",
            Place("44 E. Mill Ave., Suite 3", "St. Clair", "MI", "48001"),
        ),
        ("1010 Abbey Ct", Place("1010 Abbey Ct")),
        ("100 44th Street NE", Place("100 44th Street NE")),
        ("5 Rampart Road, Fernwood", Place("5 Rampart Road", "Fernwood")),
        ("Alderton, OH", Place(None, "Alderton", "OH")),
        ("1 See Street, Quillon, 95001", Place("1 See Street", "Quillon", None, "95001")),
        ("12 Rue Verte, Moncton, NB E1C 1A1", Place("12 Rue Verte", "Moncton", "NB", "E1C 1A1")),
        ("", Place()),
        (None, Place()),
    ],
)
def test_an_address_in_one_text_is_taken_apart(text: str | None, place: Place) -> None:
    assert split_address(text) == place
