"""What reads like a street."""

import pytest

from vitality_lib.directories.parish.streets import looks_like_street


@pytest.mark.parametrize(
    "line", ["12 Elm St.", "PO Box 5", "N7421 County Road C", "Quarry Road", "C/O 31 Abbey Ct.", "#4 Plaza"]
)
def test_these_lines_read_like_a_street(line: str) -> None:
    assert looks_like_street(line)


@pytest.mark.parametrize("line", ["St. Street", "740-555-0101", "8:00 am Mass", "Alderton", "Rev. Casimir Vandersloot"])
def test_these_lines_do_not(line: str) -> None:
    assert not looks_like_street(line)
