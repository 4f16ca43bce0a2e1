"""Where a list goes on, and where it ends."""

import pytest

from vitality_lib.directories.crawling.paging import next_pages
from vitality_lib.document import Document
from vitality_lib.models import Page

URL = "https://lakemont.example/parishes?page=2"


def document(body: str, url: str = URL) -> Document:
    return Document(Page(url, f"<html><body>{body}</body></html>".encode()))


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="next" href="?page=3">',
        '<a rel="next" href="?page=3">More</a>',
        '<a class="next page-numbers" href="?page=3">Older</a>',
        '<li class="pager__item--next"><a href="?page=3"><span>Next page</span></a></li>',
        '<a href="?page=1">« Previous</a> <a href="?page=3">Next »</a>',
        '<a href="?page=3">Siguiente ›</a>',
        '<a href="?page=3" aria-label="Next page"><svg></svg></a>',
        '<a href="?page=3">›</a>',
        '<a href="?page=1">1</a> <span class="current">2</span> <a href="?page=3">3</a> <a href="?page=4">4</a>',
        '<a href="?page=1">1</a> <a aria-current="page" href="?page=2">2</a> <a href="?page=3">3</a>',
        '[<a href="?page=1">1</a>] [2] [<a href="?page=3">3</a>] ... [<a href="?page=10">10</a>]',
        '<a class="wp-block-query-pagination-next" href="?page=3">Next Page</a>',
        '<div class="events-calendar"><a class="next" href="?month=11">Next</a></div><a href="?page=3">Next</a>',
        '<a rel="next" href="/news/picnic">Parish picnic</a> <a href="?page=3">Next</a>',
        '<a class="btn" href="?page=3">Load more</a>',
        '<button class="load-more" data-next-url="/parishes?page=3">Load More Parishes</button>',
        '<a href="?page=3"><img src="n.gif" alt="Next page"></a>',
    ],
)
def test_the_next_page_is_found(markup: str) -> None:
    assert [request.url for request in next_pages(document(markup))] == ["https://lakemont.example/parishes?page=3"]


@pytest.mark.parametrize(
    "markup",
    [
        "",
        '<a class="next disabled" href="?page=3">Next</a>',
        '<li class="next disabled"><a href="?page=3">Next</a></li>',
        '<a href="javascript:void(0)">Next</a>',
        '<a href="#">Next »</a>',
        '<a href="?page=2">Next »</a>',
        '<a href="/steps">Next steps for engaged couples</a>',
        '<a href="?page=1">1</a> <span class="current">2</span>',
        "<a href='/a'>A</a> <a href='/b'>B</a>",
        '<div id="tribe-events"><a class="tribe-events-nav-next" href="/events?page=2">Next Events</a></div>',
        '<a href="/news">View more</a>',
        '<a href="https://elsewhere.example/parishes?page=3" rel="next">Next</a>',
    ],
)
def test_a_list_that_ends_here_names_no_next_page(markup: str) -> None:
    assert next_pages(document(markup)) == ()


def test_an_index_from_a_to_z_is_asked_for_letter_by_letter() -> None:
    letters = "".join(f'<a href="?letter={letter}">{letter}</a>' for letter in "ABCDEFG")
    asked = next_pages(document(letters, "https://lakemont.example/parishes?letter=A"))
    assert [request.url[-1] for request in asked] == list("BCDEFG")


def test_letters_within_the_page_are_no_pages() -> None:
    assert next_pages(document("".join(f'<a href="#{letter}">{letter}</a>' for letter in "ABCDEFG"))) == ()


SIZES = (
    '<form action="/parishes"><input type="hidden" name="page" value="0"><select name="items_per_page">'
    '<option value="10" selected>10</option><option value="50">50</option>'
    '<option value="All">- All -</option></select></form>'
    '<a rel="next" href="?page=3">Next</a>'
)


def test_the_largest_page_is_asked_for_first_where_the_list_offers_sizes() -> None:
    asked = [request.url.partition("?")[2] for request in next_pages(document(SIZES))]
    assert asked == ["page=0&items_per_page=All", "page=3"]


def test_all_is_preferred_to_the_letters_beside_it() -> None:
    letters = "".join(f'<a href="?letter={letter}">{letter}</a>' for letter in "ABCDEFG")
    shown = document(
        f'<div>{letters}<a href="?letter=all">View All</a></div>', "https://lakemont.example/parishes?letter=A"
    )
    assert [request.url.partition("?")[2] for request in next_pages(shown)] == ["letter=all"]
    whole = document(
        f'<div>{letters}<a href="?letter=all">View All</a></div>', "https://lakemont.example/parishes?letter=all"
    )
    assert next_pages(whole) == ()
