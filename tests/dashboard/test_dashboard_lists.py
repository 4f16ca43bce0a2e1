"""Lists by the query string alone: what is asked, in which order, and the links to the rest."""

import airflow_home  # noqa: F401 - before anything imports Airflow
import pytest
from vitality_airflow.dashboard.listing import Asked, Listing, asked

COLUMNS = {"name": "lower(name)", "parishes": "parishes"}


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "lower(name) ASC NULLS LAST"),
        ("parishes", "parishes ASC NULLS LAST"),
        ("-parishes", "parishes DESC NULLS LAST"),
        ("name; DROP TABLE parishes", "lower(name) ASC NULLS LAST"),
        ("--name", "lower(name) DESC NULLS LAST"),
    ],
)
def test_only_known_columns_sort(sort: str, order: str) -> None:
    assert Asked(sort=sort).order(COLUMNS, "name") == order


def test_a_search_is_one_line_of_words() -> None:
    assert asked("  St.\n Anne\x00 ", 3, "name") == Asked("St. Anne", 3, "name")


@pytest.mark.parametrize(
    ("page", "total", "rows"), [(1, 0, (0, 0)), (1, 7, (1, 7)), (2, 120, (51, 100)), (3, 120, (101, 120))]
)
def test_it_says_which_rows_are_shown(page: int, total: int, rows: tuple[int, int]) -> None:
    listing = Listing(Asked(page=page), total)
    assert (listing.first, listing.last) == rows


def test_links_keep_what_was_asked() -> None:
    listing = Listing(Asked('a&b"', 2, "name"), 200, (("state", "OH"),))
    assert listing.turned(3) == "?q=a%26b%22&page=3&sort=name&state=OH"
    assert listing.sorted_by("name") == "?q=a%26b%22&sort=-name&state=OH"
    assert listing.sorted_by("parishes") == "?q=a%26b%22&sort=parishes&state=OH"
    assert [listing.direction(column) for column in COLUMNS] == ["ascending", "none"]
