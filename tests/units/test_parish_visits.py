"""A parish's visit in the schedule stage: which pages were read, and why, is kept with what they state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tiny_country import ANNE, CLARE, Country, page

from vitality_lib.models import Reason
from vitality_lib.stages import discovery, extraction, schedule

MENU = '<a href="/mass-times">Mass Times</a> <a href="/confession">Confession</a>'
PAGES = """SELECT url, why, pages.services, pages.kept FROM schedule_pages pages
    JOIN parishes ON parishes.id = parish_id WHERE website = %s ORDER BY place"""


@pytest.fixture
async def visited(country: Country) -> Country:
    """The country, crawled once; St. Anne keeps its times on pages of their own."""
    country.web.pages[f"{ANNE}/"] = page(f"<h1>St. Anne</h1>{MENU}<p>Mass on Sunday at 9:00 AM</p>")
    country.web.pages[f"{ANNE}/mass-times"] = page("<h1>Mass</h1><p>Sunday 9:00 AM</p><p>Monday 8:00 AM</p>")
    country.web.pages[f"{ANNE}/confession"] = page("<h1>Confession</h1><p>Saturday 3:00 PM</p>")
    await country.do(discovery, extraction, schedule)
    return country


async def pages_of(country: Country, host: str) -> list[tuple[object, ...]]:
    return await country.rows(PAGES, f"http://{host}/")


async def test_each_page_is_kept_with_why_it_was_asked_for_and_what_it_gave(visited: Country) -> None:
    home, mass, confession = await pages_of(visited, ANNE)
    assert home[:3] == (f"http://{ANNE}/", "the homepage", 1)
    assert mass[:3] == (f"http://{ANNE}/mass-times", "label 'Mass Times' +10, path '/mass-times' +5", 2)
    assert confession[:3] == (f"http://{ANNE}/confession", "label 'Confession' +8, path '/confession' +3.5", 1)


async def test_each_published_service_is_taken_from_one_page(visited: Country) -> None:
    services = len((await visited.parish(ANNE)).services)
    assert sum(int(str(row[3])) for row in await pages_of(visited, ANNE)) == services == 3


async def test_the_body_of_each_page_is_stored(visited: Country) -> None:
    rows = await visited.rows(
        "SELECT count(*), count(hash) FROM schedule_pages LEFT JOIN page_bodies ON hash = page_hash"
    )
    assert rows == [(8, 8)]


async def test_the_outcome_names_the_page_with_most_of_the_schedule(visited: Country) -> None:
    rows = await visited.rows("SELECT detail FROM outcomes WHERE unit_kind = 'parish' AND reason = 'ok'")
    assert ("4 services, 4 of them by http://st-clare.example/",) in rows


async def test_a_visit_that_ends_badly_leaves_the_pages_as_they_are(visited: Country) -> None:
    before = await pages_of(visited, CLARE)
    visited.web.pages[f"{CLARE}/"] = page("<h1>St. Clare</h1><p>We are building a new website.</p>")
    visited.now += timedelta(days=30)
    await visited.do(schedule, run="second")
    assert (await visited.outcomes("second"))[CLARE] == Reason.NO_SCHEDULE_PAGE
    assert await pages_of(visited, CLARE) == before


async def test_no_more_requests_are_made_than_a_visit_may_cost(visited: Country) -> None:
    endless = "".join(f"<a href='/mass-times-{number}'>Mass Times {number}</a>" for number in range(30))
    for number in range(30):
        visited.web.pages[f"{CLARE}/mass-times-{number}"] = page(f"{endless}<p>{number}</p>")
    visited.web.pages[f"{CLARE}/"] = page(endless)
    visited.web.asked.clear()
    visited.now += timedelta(days=30)
    await visited.do(schedule, run="second")
    assert 1 < len(visited.web.paths(CLARE)) <= 8
