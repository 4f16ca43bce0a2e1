"""Markers and their info windows are put together where the two follow one another, and left alone where not."""

from typing import Any

import pytest

from vitality_lib.directories.data.map_pins import parts_of, with_windows

A, B = [41.5, -87.5], [42.5, -88.5]


def marker(place: Any, title: str) -> list[Any]:
    return [{"position": place, "map": None, "title": title}]


@pytest.mark.parametrize(
    "script",
    [
        [marker(A, "St. Odo"), ["<p>Troy"], marker(B, "St. Odo"), ["<p>Rome"]],
        [["<p>Troy"], marker({"lat": 41.5, "lng": -87.5}, "St. Odo"), ["<p>Rome"], marker(B, "St. Odo")],
        [[40.1, -80.1], "<p>Troy", A, marker(None, "St. Odo"), "<p>Rome", B, marker(None, "St. Odo")],
    ],
    ids=["window after marker", "window before marker", "the centre of the map first"],
)
def test_a_marker_and_its_window_are_one_row(script: list[Any]) -> None:
    assert with_windows(script)[-1] == [
        {"title": "St. Odo", "position": A, "html": "<p>Troy"},
        {"title": "St. Odo", "position": B, "html": "<p>Rome"},
    ]


def test_a_school_in_the_window_of_a_marker_of_the_parishs_name_is_called_a_school() -> None:
    rows = [marker(A, "St. Odo"), ["<b>St. Odo</b><br>Troy"], marker(B, "St. Odo"), ["<b>St. Odo School</b><br>Troy"]]
    assert [row["title"] for row in with_windows(rows)[-1]] == ["St. Odo", "St. Odo School"]


def test_an_array_of_windows_is_laid_upon_the_array_of_markers_before_it() -> None:
    markers, windows = [["St. Odo", *A], ["St. Odo", *B]], [["<p>Troy"], ["<p>Rome"]]
    assert with_windows([markers, windows]) == [[["St. Odo", *A, "<p>Troy"], ["St. Odo", *B, "<p>Rome"]]]


def test_what_does_not_follow_one_another_is_left_as_it_is() -> None:
    for script in ([marker(A, "St. Odo"), marker(B, "St. Ann"), ["<p>Troy"]], [A, B], ["<p>one", "<p>two"], []):
        assert with_windows(script) == script


def test_the_map_itself_is_no_marker() -> None:
    assert parts_of([None, {"zoom": 8, "center": {"lat": 41.5, "lng": -87.5}}]) == {}
