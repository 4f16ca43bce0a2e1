"""How long a list says it is."""

import pytest

from vitality_lib.directories.crawling.claimed_length import claimed
from vitality_lib.document import Document
from vitality_lib.models import Page


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Showing 1-20 of 185", 185),
        ("1 – 10 of 62 parishes", 62),
        ("Displaying all 44 parishes", 44),
        ("Found 12 results", 12),
        ("57 results", 57),
        ("185 parishes found", 185),
        ("Our diocese has 120 parishes in nine counties, and it is growing.", None),
        ("Page 1 of 5", None),
    ],
)
def test_the_length_that_a_list_claims_is_read(text: str, count: int | None) -> None:
    assert claimed(Document(Page("", f"<html><body><p>{text}</p></body></html>".encode()))) == count
