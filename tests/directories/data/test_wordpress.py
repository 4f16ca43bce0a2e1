"""WordPress' REST API: where it is, which page of it comes next; lists of objects in a page's scripts."""

import pytest

from vitality_lib.directories.data import wordpress
from vitality_lib.document import Document
from vitality_lib.models import Page

SITE = "https://lakemont.example"


def page(body: str = "", url: str = f"{SITE}/parishes/", **headers: str) -> Document:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Document(Page(url, f"<html><body>{body}".encode(), headers=named))


@pytest.mark.parametrize(
    ("url", "rows", "following"),
    [
        ("/wp-json/wp/v2/parish?per_page=100", 100, "/wp-json/wp/v2/parish?per_page=100&page=2"),
        ("/wp-json/wp/v2/parish?per_page=100&page=2", 100, "/wp-json/wp/v2/parish?per_page=100&page=3"),
        ("/wp-json/wp/v2/parish?per_page=100", 99, None),
        ("/wp-json/wp/v2/parish", 10, "/wp-json/wp/v2/parish?page=2"),
        ("/?rest_route=/wp/v2/parish&per_page=100", 100, "/?rest_route=/wp/v2/parish&per_page=100&page=2"),
        ("/wp-json/wp/v2/parish?per_page=none", 100, None),
    ],
)
def test_a_full_page_of_the_api_is_followed_by_the_next(url: str, rows: int, following: str | None) -> None:
    asked = wordpress.next_page(page(url=SITE + url), rows)
    assert [request.url for request in asked] == ([SITE + following] if following else [])


def test_the_number_of_pages_that_the_api_tells_counts_more_than_the_rows() -> None:
    url = f"{SITE}/wp-json/wp/v2/parish?per_page=100"
    assert wordpress.next_page(page(url=url, x_wp_totalpages="1"), 100) == ()
    assert len(wordpress.next_page(page(url=url, x_wp_totalpages="2"), 50)) == 1


def test_a_saved_feed_without_an_address_asks_for_nothing() -> None:
    assert wordpress.next_page(page(url=""), 100) == ()


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ("", f"{SITE}/wp-json/wp/v2/parish?per_page=100"),
        ('<link rel="https://api.w.org/" href="/en/wp-json/">', f"{SITE}/en/wp-json/wp/v2/parish?per_page=100"),
        (
            '<link rel="https://api.w.org/" href="/?rest_route=/">',
            f"{SITE}/?rest_route=/wp/v2/parish&per_page=100",
        ),
        (
            r'<script>var api = {"root":"https:\/\/lakemont.example\/wp\/wp-json\/"}</script>',
            f"{SITE}/wp/wp-json/wp/v2/parish?per_page=100",
        ),
    ],
)
def test_the_api_is_where_the_page_says(body: str, address: str) -> None:
    assert wordpress.rest(page(body), "wp/v2/parish?per_page=100") == address


def test_objects_of_a_list_in_a_script_are_read_as_far_as_they_are_whole() -> None:
    script = 'x({"pois": [{"a": "]"}, {"a": 2},{"a": 3'
    assert list(wordpress.objects_after(script, "pois")) == [{"a": "]"}, {"a": 2}]
