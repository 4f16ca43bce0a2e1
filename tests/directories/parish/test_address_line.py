"""How the line of an address ends."""

import pytest

from vitality_lib.directories.parish.address_line import ends_with_place


@pytest.mark.parametrize(
    ("line", "does"),
    [("Alderton, OH 43001", True), ("Alderton, OH", True), ("Alderton OH", False), ("Join us in Indiana", False)],
)
def test_a_line_of_city_state_and_zip_is_known(line: str, does: bool) -> None:
    assert ends_with_place(line) is does
