"""A door that never opens: what was kept, with no request to anybody."""

import pytest
from scripted_web import Reply, Server

from vitality_lib.models import Outcome, Page, Purpose, Reason, Request
from vitality_lib.store.database import Database
from vitality_lib.web.door import open_door
from vitality_lib.web.stored import StoredDoor

PARISH = "http://www.st-brendan.example/mass"


@pytest.fixture
async def stored(web: Server, database: Database) -> StoredDoor:
    """A door onto one page and one answer to a form; the web they came from is gone."""
    web.pages["www.st-brendan.example/mass"] = lambda asked: Reply(f"<h1>Mass {asked.body.decode()}")
    async with open_door(web.settings(), database) as door:
        await door.get(Request(PARISH, Purpose.SCHEDULE))
        await door.get(Request(PARISH, Purpose.FEED, body="page=2"))
    web.pages.clear()
    web.asked.clear()
    return StoredDoor(database)


async def test_a_page_that_was_kept_is_given(web: Server, stored: StoredDoor) -> None:
    page = await stored.get(Request("HTTP://www.st-brendan.example/mass#sunday", Purpose.SCHEDULE))
    assert isinstance(page, Page)
    assert (page.url, page.body, page.unchanged) == (PARISH, b"<h1>Mass ", True)
    assert not web.asked


async def test_the_answer_to_a_form_is_another_page(web: Server, stored: StoredDoor) -> None:
    page = await stored.get(Request(PARISH, Purpose.FEED, body="page=2"))
    assert isinstance(page, Page)
    assert page.body == b"<h1>Mass page=2"


NOT_KEPT = {
    "another page": (Request("http://www.st-brendan.example/", Purpose.SCHEDULE), Reason.UNREADABLE),
    "another form": (Request(PARISH, Purpose.FEED, body="page=3"), Reason.UNREADABLE),
    "the page as a browser shows it": (Request(PARISH, Purpose.BROWSER), Reason.UNREADABLE),
    "no page at all": (Request("mailto:office@st-brendan.example", Purpose.SCHEDULE), Reason.FORBIDDEN_ADDRESS),
}


@pytest.mark.parametrize("case", NOT_KEPT)
async def test_what_was_not_kept_is_not_asked_for(web: Server, stored: StoredDoor, case: str) -> None:
    request, reason = NOT_KEPT[case]
    outcome = await stored.get(request)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is reason
    assert not web.asked


async def test_it_costs_nobody_anything(stored: StoredDoor) -> None:
    door = stored.budget(0)
    assert isinstance(await door.get(Request(PARISH, Purpose.SCHEDULE)), Page)
    assert door.requests == 0
