"""E-mail addresses in lines of text, and how long it takes to find that there is none."""

import pytest
from timing import seconds

from vitality_lib.directories.pieces.contacts import EMAIL, without_disguise


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("Write to office@stodo.example today", "office@stodo.example"),
        ("office [at] stodo [dot] org", "office@stodo.org"),
        ("(office@mail.stodo.example)", "(office@mail.stodo.example)"),  # what it stands in is cut off later
        ("Meet @ 9 a.m.", None),
        ("office@stodo", None),
    ],
)
def test_an_address_is_a_word_with_an_at_and_a_dot_behind_it(line: str, address: str | None) -> None:
    found = EMAIL.search(without_disguise(line))
    assert (found[0] if found else None) == address


@pytest.mark.no_cover
@pytest.mark.parametrize("piece", ["an>", "a@", "a@b.", "a.", "a@ "])
def test_one_word_as_long_as_a_page_takes_no_time(piece: str) -> None:
    line = "6 Oyster Ln " + piece * 50_000
    assert seconds(lambda: EMAIL.sub(" ", line)) < 0.5
