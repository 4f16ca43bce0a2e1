"""One text, or several cells, become street, city, state and ZIP."""

import pytest

from vitality_lib.directories.parish.address import (
    Place,
    ends_with_place,
    join_place,
    looks_like_street,
    split_address,
    tidy_zip,
)
from vitality_lib.directories.parish.states import state_code

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


@pytest.mark.parametrize(
    ("text", "code"),
    [("OH", "OH"), ("ohio", "OH"), ("Ohio.", "OH"), ("N. Mex.", None), ("N.M.", "NM"), ("W. Va.", "WV"), ("ZZ", None),
     ("Puerto Rico", "PR"), ("Québec", "QC"), ("", None), (None, None)],
)  # fmt: skip
def test_states_are_known_by_code_name_and_abbreviation(text: str | None, code: str | None) -> None:
    assert state_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("43001", "43001"), ("43001-2210", "43001-2210"), ("430012210", "43001-2210"), ("1902", "01902"),
     ("601.0", "00601"), ("43001 – 2210", "43001-2210"), ("k1a 0b1", "K1A 0B1"), ("4300111", None), ("", None),
     (None, None)],
)  # fmt: skip
def test_zip_codes_come_out_in_one_form(text: str | None, code: str | None) -> None:
    assert tidy_zip(text) == code


@pytest.mark.parametrize(
    "line", ["12 Elm St.", "PO Box 5", "N7421 County Road C", "Quarry Road", "C/O 31 Abbey Ct.", "#4 Plaza"]
)
def test_these_lines_read_like_a_street(line: str) -> None:
    assert looks_like_street(line)


@pytest.mark.parametrize("line", ["St. Street", "740-555-0101", "8:00 am Mass", "Alderton", "Rev. Casimir Vandersloot"])
def test_these_lines_do_not(line: str) -> None:
    assert not looks_like_street(line)


@pytest.mark.parametrize(
    ("line", "does"),
    [("Alderton, OH 43001", True), ("Alderton, OH", True), ("Alderton OH", False), ("Join us in Indiana", False)],
)
def test_a_line_of_city_state_and_zip_is_known(line: str, does: bool) -> None:
    assert ends_with_place(line) is does
