"""Parishes that are no more, and since when."""

import pytest

from vitality_lib.directories.parish.fate import fate_of, without_fate
from vitality_lib.directories.parish.listing import listing
from vitality_lib.directories.parish.records import clean_parish
from vitality_lib.models import Status


@pytest.mark.parametrize(
    ("name", "status", "on"),
    [
        ("St. Odo", Status.OPEN, None),
        ("St. Odo (closed)", Status.CLOSED, None),
        ("St. Odo (Closed June 30, 2019)", Status.CLOSED, "2019-06-30"),
        ("St. Odo - suppressed 7/1/2008", Status.CLOSED, "2008-07-01"),
        ("St. Odo (closed June 2019)", Status.CLOSED, "2019-06"),
        ("St. Odo (merged with St. Ita, 2021)", Status.MERGED, "2021"),
        ("St. Odo (closed 31/31/2019)", Status.CLOSED, None),
        ("Founded 1902, St. Odo (closed)", Status.CLOSED, None),
    ],
)
def test_a_name_may_say_that_a_parish_is_no_more(name: str, status: Status, on: str | None) -> None:
    fate = fate_of(name)
    assert (fate.status, fate.on) == (status, on)


@pytest.mark.parametrize(
    ("word", "status"),
    [("Active", Status.OPEN), ("Open", Status.OPEN), ("CLOSED 2020", Status.CLOSED), ("Merged", Status.MERGED),
     ("merged 2020", Status.MERGED), ("inactive", Status.CLOSED), ("", Status.OPEN)],
)  # fmt: skip
def test_a_directory_may_have_a_word_for_it(word: str, status: Status) -> None:
    assert fate_of("St. Odo", word).status is status


@pytest.mark.parametrize(
    "name", ["St. Odo (closed 2019)", "St. Odo - Closed", "St. Odo (merged with St. Ita)", "St. Odo"]
)
def test_the_name_without_it_is_the_name_it_had(name: str) -> None:
    assert without_fate(name) == "St. Odo"


def test_a_closed_parish_is_left_out_with_its_row() -> None:
    row = clean_parish("St. Odo", city="Alderton", status="Closed 6/30/2019")
    read = listing([row])
    assert read.parishes == ()
    assert (read.left_out[0].why, read.left_out[0].entry) == ("closed", row)
