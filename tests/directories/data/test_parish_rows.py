"""Rows are parishes when most are named like churches and can be found."""

from typing import Any

import pytest

from vitality_lib.directories.data.parish_rows import are_parishes, is_group, is_placed

RITA = {"name": "St. Rita Church", "street": "12 Elm St.", "city": "Alderton"}
CLARE = {"name": "St. Clare Parish", "city": "Marl"}
SHOP = {"name": "Quarry Hardware", "city": "Marl"}


@pytest.mark.parametrize(
    ("rows", "are"),
    [
        ([RITA, CLARE], True),
        ([RITA, CLARE, RITA, SHOP], True),
        ([RITA, SHOP, SHOP], False),
        ([{"name": "St. Rita Church"}, {"name": "St. Clare Parish"}], False),
        ([{**RITA, "startDate": "2025-01-01"}, {**CLARE, "startDate": "2025-01-02"}], False),
    ],
)
def test_most_are_named_like_churches_and_can_be_found(rows: list[dict[str, Any]], are: bool) -> None:
    assert are_parishes(rows, "") is are


def test_an_object_alone_is_a_parish_when_it_has_a_place() -> None:
    assert is_placed(RITA, "")
    assert not is_placed(CLARE, "")  # a city alone is what a news item has, too


def test_a_row_without_a_name_that_holds_a_list_is_a_group() -> None:
    assert is_group({"lat": 41.5, "pins": [RITA, CLARE]}, "")
    assert not is_group(RITA, "")
