"""How fast pages are read, and what that rests on."""

import re
from pathlib import Path

import pytest
from shorthand import document
from timing import seconds

from vitality_lib.schedules import tokens
from vitality_lib.schedules.lexicon.days import LETTERS
from vitality_lib.schedules.reader import read_services

PAGES = [page.read_bytes() for page in sorted((Path(__file__).parent / "pages").glob("*.html"))]
PAGES_A_SECOND = 60  # of one core that may be slow or shared; an idle one reads more than twice as many


def test_words_are_written_in_lower_case_as_the_text_is_in_which_they_are_looked_for() -> None:
    escapes = r"\\[A-Z]|\(\?P<\w+>"
    written = re.sub(escapes, "", tokens._TOKENS.pattern.replace(LETTERS, ""))
    assert re.findall(r"\w*[A-Z]\w*", written) == []


@pytest.mark.no_cover
def test_pages_of_ordinary_size_are_read_by_the_hundred() -> None:
    def read() -> None:
        for page in PAGES:
            read_services(document(page))

    assert len(PAGES) / min(seconds(read) for _ in range(3)) > PAGES_A_SECOND
