"""How much a page's times count beside another page's."""

from datetime import UTC, datetime

import pytest
from shorthand import document

from vitality_lib.schedules.page_standing import said_on, standing

TODAY = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("New Mass times effective September 7, 2026", "2026-09-07"),
        ("Updated: Sept. 2026", "2026-09"),
        ("Revised 7/4/2026", "2026-07-04"),
        ("Effective Sunday, May 3rd 2026: Mass at 9", "2026-05-03"),
        ("Effective June 1, 2025. Updated May 2026.", "2026-05"),
        ("Effective December 6, 2026", None),
        ("Founded in 1901, rebuilt in March 2002", None),
        ("Revised 40/40/2026", None),
    ],
)
def test_a_page_holds_from_the_newest_date_it_gives_that_has_come(text: str, date: str | None) -> None:
    assert said_on(text, TODAY) == date


@pytest.mark.parametrize(
    ("title", "url", "about", "old"),
    [
        ("Mass Times | Fictus", "https://fictus.example/a", True, False),
        ("Fictus", "https://fictus.example/mass-schedule", True, False),
        ("Welcome", "https://fictus.example/", False, False),
        ("Old Mass Schedule", "https://fictus.example/b", True, True),
        ("Mass Times", "https://fictus.example/archive/2019", True, True),
    ],
)
def test_title_and_address_tell_what_a_page_is_for_and_whether_it_is_old(
    title: str, url: str, about: bool, old: bool
) -> None:
    page = document(f"<html><title>{title}</title><p>Mass and Confession</p></html>", url)
    read = standing(page, "Mass and Confession", ())
    assert (read.about_schedules, read.superseded) == (about, old)
