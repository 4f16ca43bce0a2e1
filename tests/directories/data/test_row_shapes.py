"""Lists of every shape become rows with keys."""

from typing import Any

import pytest

from vitality_lib.directories.data.row_shapes import may_hold_rows, rows_of

RITA = {"name": "St. Rita", "city": "Alderton"}
CLARE = {"name": "St. Clare", "city": "Marl"}


@pytest.mark.parametrize(
    ("node", "rows"),
    [
        ([RITA, CLARE], [RITA, CLARE]),
        ([RITA, CLARE, None], [RITA, CLARE]),
        ({"7": RITA, "9": CLARE}, [RITA, CLARE]),
        ([["name", "city"], ["St. Rita", "Alderton"], ["St. Clare", "Marl"]], [RITA, CLARE]),
        ([{"n": "St. Rita", "c": "Alderton"}, {"n": "St. Clare", "c": "Marl"}], [RITA, CLARE]),
        ([{"n": 7, "c": "Alderton"}, {"n": 9, "c": "Marl"}], [{"n": 7, "c": "Alderton"}, {"n": 9, "c": "Marl"}]),
        ([RITA, 1, 2], []),
        ({"only": RITA}, []),
        (["St. Rita", "St. Clare"], []),
        ("St. Rita", []),
        ([], []),
        (None, []),
    ],
)
def test_a_list_of_any_shape_gives_its_rows(node: Any, rows: list[dict[str, Any]]) -> None:
    assert rows_of(node) == rows


def test_a_bare_array_of_a_map_gives_its_name_its_point_and_its_texts() -> None:
    row = rows_of([["St. Rita", 41.25, -87.5, "12 Elm St.", 4], ["St. Clare", 41.5, -87.25, "7 Oak St.", 5]])[0]
    assert (row["name"], row["position"]) == ("St. Rita", [41.25, -87.5])
    assert "<p>12 Elm St.</p>" in row["html"]


@pytest.mark.parametrize(
    ("value", "may"),
    [({}, True), ([], True), ('[{"name": 1}]', True), ('{"a": 1}', True), ("St. Rita", False), (7, False)],
)
def test_rows_stand_in_objects_in_lists_and_in_strings_of_json(value: Any, may: bool) -> None:
    assert may_hold_rows(value) is may
