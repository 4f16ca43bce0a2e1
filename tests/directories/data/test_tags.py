"""What tags, types and headings say of a row."""

import pytest

from vitality_lib.directories.data.tags import kinds_of, why_none_under


@pytest.mark.parametrize(
    ("heading", "none"),
    [("Schools", True), ("parish_schools", True), ("Cemeteries", True), ("Diocesan Offices", True), ("parishes", False),
     ("items", False), ("", False)],
)  # fmt: skip
def test_no_parish_stands_under_schools_cemeteries_or_offices(heading: str, none: bool) -> None:
    assert (why_none_under(heading) is not None) is none


def test_a_row_says_what_it_is_by_its_tags_and_by_its_type() -> None:
    assert kinds_of({"tags": "North, Mission", "type": "Church", "name": "St. Rita"}) == ("North", "Mission", "Church")
