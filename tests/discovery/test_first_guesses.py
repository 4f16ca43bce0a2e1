"""What was known in 2025 is a candidate like any other, found by the diocese's name however it is spelt."""

import csv
from pathlib import Path

import pytest

from vitality_lib.discovery import first_guesses
from vitality_lib.discovery.first_guesses import KNOWN, as_candidate, guess_for

FILE = Path(first_guesses.__file__).with_suffix(".csv")
HOME = "https://lakemont.example/"


def test_each_row_is_a_diocese_of_its_own() -> None:
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 138
    assert [row["name"] for row in rows if guess_for(row["name"]) != row["url"]] == []


@pytest.mark.parametrize(
    ("spelt", "same"),
    [
        ("ARCHDIOCESE OF SAINT LOUIS", "Archdiocese of St. Louis"),
        ("Diocese of Springfield-in-Illinois", "Diocese of Springfield in Illinois"),
        ("Archdiocese of Fort Worth", "Diocese of Fort Worth"),
        ("Roman Catholic Diocese of Boise", "Diocese of Boise"),
    ],
)
def test_spellings_of_a_name_are_one(spelt: str, same: str) -> None:
    assert guess_for(spelt) == guess_for(same) is not None


@pytest.mark.parametrize("name", ["Diocese of Larkspur", "Diocese of Parma", "Diocese of Lafayette", ""])
def test_another_diocese_is_never_taken_for_it(name: str) -> None:
    assert guess_for(name) is None


def test_a_guess_says_where_it_is_from_and_is_weighed_like_a_link() -> None:
    found = as_candidate(HOME + "parishes", HOME)
    assert found is not None
    assert found.reasons[0] == f"{KNOWN} +6"
    assert found.score == sum(float(reason.rpartition(" ")[2]) for reason in found.reasons)


@pytest.mark.parametrize("url", [HOME + "2024/09/12/parishes-give-coats", HOME + "directory.pdf", "no address"])
def test_a_guess_that_looks_like_a_trap_is_none(url: str) -> None:
    assert as_candidate(url, HOME) is None
