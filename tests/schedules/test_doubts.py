"""Which lines of a page are uncertain, and what the page suggests for them."""

from __future__ import annotations

import pytest
from shorthand import document, shorthand
from timing import seconds

from vitality_lib.schedules.doubts import doubts
from vitality_lib.schedules.reader import read_services


def uncertain(html: str) -> list[tuple[str, str, str]]:
    """The heading, the line and the suggestion for each uncertain line."""
    page = document(html)
    found = doubts(page, read_services(page).services)
    return [(one.heading, one.text, one.suggested.value) for one in found]


def test_the_lines_own_word_suggests() -> None:
    line = "Confessions in the parish office: Saturday 3:00 pm"
    assert uncertain(f"<h2>Mass</h2><p>Sunday 9:00 am</p><p>{line}</p>") == [("Mass", line, "confession")]


def test_else_the_nearest_heading_that_names_a_service() -> None:
    page = "<h2>Mass</h2><h2>Adoration</h2><h2>Come and see</h2><p>Friday 7:00 pm</p>"
    assert uncertain(page) == [("Come and see", "Friday 7:00 pm", "adoration")]


def test_else_what_the_page_is_about() -> None:
    page = "<title>Confession</title><p>Classes are over.</p><p>Friday 7:00 pm</p>"
    assert [one[2] for one in uncertain(page)] == ["confession"]


@pytest.mark.parametrize(
    "page",
    [
        "<h2>Mass</h2><p>Sunday 9:00 am</p>",  # read
        "<h2>Parish Office</h2><p>Monday 9:00 am to 4:00 pm</p>",  # explained by its heading
        "<h2>Confession</h2><h2>Welcome</h2><p>Office hours: Monday 9:00 am</p>",  # explained by itself
        "<h2>Confession</h2><h2>Classes</h2><h2>All year</h2><p>Monday 9:00 am</p>",  # by what is nearer
        "<h2>Welcome</h2><p>Monday 9:00 am</p>",  # nothing suggests a service
        "<h2>Confession</h2><h2>Welcome</h2><p>Monday to Friday</p>",  # no time
        "<h2>Confession</h2><h2>Welcome</h2><p>9:00 am</p>",  # no day
        "<p>Mass and confession workshop: Monday 9:00 am</p>",  # two services
        "<h2>Confession</h2><h2>Saturday, December 12, 2026</h2><p>Monday 9:00 am</p>",  # of one date
        f"<h2>Confession</h2><h2>Welcome</h2><p>{'All are welcome here, ' * 30} Monday 9:00 am</p>",  # prose
        "<h2>Confession</h2><h2>Welcome</h2><p>No longer offered: Monday 9:00 am</p>",
    ],
)
def test_a_line_that_is_read_or_explained_or_states_too_little_is_not_uncertain(page: str) -> None:
    assert uncertain(page) == []


def test_its_reading_stands_ready() -> None:
    page = document("<h2>Confession</h2><h2>Mercy</h2><p>First Saturday 3:00 pm to 4:00 pm (Polish)</p>")
    (doubt,) = doubts(page)
    assert [shorthand(one) for one in doubt.services] == ["confession 1 SA 15:00-16:00 pl"]


def test_a_line_that_stands_twice_is_one() -> None:
    assert len(uncertain("<h2>Confession</h2><h2>Mercy</h2><p>Friday 7:00 pm</p><p>Friday 7:00 pm</p>")) == 1


@pytest.mark.parametrize("body", [b"%PDF-1.7", b"[]", b"\x00\x01", b"Confessions in the office: Monday 1:00 pm"])
def test_pages_of_any_kind_have_doubts_or_none(body: bytes) -> None:
    assert len(doubts(document(body))) == body.startswith(b"Conf")


@pytest.mark.no_cover
def test_thousands_of_uncertain_lines_are_found_in_seconds() -> None:
    lines = "".join(f"<h2>Room {n}</h2><p>Confessions at the office {n}: Monday 1:00 pm</p>" for n in range(1500))
    assert len(doubts(document(lines))) > 700
    assert seconds(lambda: doubts(document(lines))) < 10
