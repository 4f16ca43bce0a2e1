"""A page that was kept and is checked: when its server says that it still stands, nobody looks at it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from scripted_web import Asked, Reply, Server

from vitality_lib.models import Outcome, Page, Purpose, Reason, Request
from vitality_lib.store import pages
from vitality_lib.store.database import Database
from vitality_lib.web.door import Door, open_door
from vitality_lib.web.keeper import Still

HOST = "www.st-brendan.example"
MASS = "<h1>Mass Times</h1><p>Sunday 9:00 AM"
TIMES = Request(f"http://{HOST}/mass", Purpose.SCHEDULE)
TODAY = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def standing(html: str = MASS, headers: Mapping[str, str] | None = None, later: str = "") -> object:
    """A page with an ETag; `later`: a line more in the head of the answer that it has not changed."""

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"1"':
            return Reply(raw=f'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n{later}\r\n'.encode())
        return Reply(html, headers={"ETag": '"1"', **(headers or {})})

    return answer


async def kept_then_checked(
    web: Server, database: Database, request: Request = TIMES, days: float = 7
) -> Still | Page | Outcome:
    """What a check says so many days after the page was kept."""
    async with open_door(web.settings(), database, lambda: TODAY) as door:
        await door.get(request)
    async with open_door(web.settings(), database, lambda: TODAY + timedelta(days=days)) as door:
        return await (await door.recalling([request])).check(request)


async def checked_at(database: Database) -> list[tuple[object, ...]]:
    async with database.transaction() as connection:
        return await (await connection.execute("SELECT checked_at, visits FROM pages ORDER BY url")).fetchall()


async def test_one_that_stands_is_said_to_stand_and_nothing_is_written(web: Server, database: Database) -> None:
    web.pages[f"{HOST}/mass"] = standing()
    still = await kept_then_checked(web, database)
    assert isinstance(still, Still)
    assert still.kept.final_url == TIMES.url
    assert web.asked[-1].headers["if-none-match"] == '"1"'
    assert await checked_at(database) == [(TODAY, 1)]


async def test_many_are_written_down_at_once(web: Server, database: Database) -> None:
    web.pages[f"{HOST}/mass"] = standing()
    still = await kept_then_checked(web, database)
    assert isinstance(still, Still)
    async with database.transaction() as connection:
        await pages.confirm_all(connection, [still.kept, still.kept])
    assert await checked_at(database) == [(TODAY + timedelta(days=7), 3)]


async def test_one_that_was_fetched_anew_since_is_left_alone(web: Server, database: Database) -> None:
    web.pages[f"{HOST}/mass"] = standing()
    still = await kept_then_checked(web, database)
    web.pages[f"{HOST}/mass"] = Reply(MASS.replace("9", "10"))
    async with open_door(web.settings(), database, lambda: TODAY + timedelta(days=1)) as door:
        await door.get(TIMES)
    assert isinstance(still, Still)
    async with database.transaction() as connection:
        await pages.confirm_all(connection, [still.kept])
    assert await checked_at(database) == [(TODAY + timedelta(days=1), 2)]


async def test_who_needs_it_after_all_gets_it_without_a_request(web: Server, database: Database) -> None:
    web.pages[f"{HOST}/mass"] = standing()
    still = await kept_then_checked(web, database)
    assert isinstance(still, Still)
    requests = len(web.asked)
    async with open_door(web.settings(), database, lambda: TODAY + timedelta(days=7)) as door:
        page = await door.whole(TIMES, still)
    assert isinstance(page, Page)
    assert (page.body.decode(), page.unchanged) == (MASS, True)
    assert len(web.asked) == requests
    assert await checked_at(database) == [(TODAY + timedelta(days=7), 2)]


async def test_a_changed_one_comes_as_it_is_now(web: Server, database: Database) -> None:
    web.pages[f"{HOST}/mass"] = lambda _: Reply(f"<h1>Mass Times {len(web.asked)}")
    page = await kept_then_checked(web, database)
    assert isinstance(page, Page)
    assert not page.unchanged


async def test_one_that_is_gone_is_an_outcome(web: Server, database: Database) -> None:
    answers = iter([Reply(MASS), Reply("", 404)])
    web.pages[f"{HOST}/mass"] = lambda _: next(answers)
    gone = await kept_then_checked(web, database)
    assert isinstance(gone, Outcome)
    assert gone.reason is Reason.HTTP_ERROR


LOOKED_AT = {
    "a tag with a date to come": standing(f"<meta name='robots' content='unavailable_after: 2027-06-01'>{MASS}"),
    "a header of old": standing(headers={"X-Robots-Tag": "all"}),
    "a header of now": standing(later="X-Robots-Tag: nofollow\r\n"),
}


@pytest.mark.parametrize("case", LOOKED_AT)
async def test_one_that_asks_something_of_crawlers_is_looked_at(web: Server, database: Database, case: str) -> None:
    web.pages[f"{HOST}/mass"] = LOOKED_AT[case]
    page = await kept_then_checked(web, database)
    assert isinstance(page, Page)
    assert page.unchanged
    assert await checked_at(database) == [(TODAY + timedelta(days=7), 2)]


UNREAD = {
    "a date that has come": standing(f"<meta name='robots' content='unavailable_after: 2026-12-01'>{MASS}"),
    "a header of now": standing(later="X-Robots-Tag: noindex\r\n"),
}


@pytest.mark.parametrize("case", UNREAD)
async def test_one_that_asks_not_to_be_read_any_more_is_forgotten(web: Server, database: Database, case: str) -> None:
    web.pages[f"{HOST}/mass"] = UNREAD[case]
    outcome = await kept_then_checked(web, database)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.ROBOTS_DISALLOWED
    assert await checked_at(database) == []


async def test_one_kept_as_a_feed_is_no_page_that_anybody_may_read(web: Server, database: Database) -> None:
    """A feed is read though its tag forbids it to search engines; asked for as a page, it is looked at."""
    web.pages[f"{HOST}/mass"] = standing(f"<meta name='robots' content='noindex'>{MASS}")
    async with open_door(web.settings(), database) as door:
        await door.get(Request(TIMES.url, Purpose.FEED))
        assert not isinstance(await (await door.recalling([TIMES])).check(TIMES), Still)


async def test_one_that_was_not_recalled_is_fetched(web: Server, database: Database) -> None:
    web.pages[f"{HOST}/mass"] = standing()
    async with open_door(web.settings(), database) as door:
        first, second = await door.check(TIMES), await door.check(TIMES)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.unchanged, second.unchanged) == (False, True)


async def test_a_robots_txt_is_not_asked_for_as_a_page(web: Server, database: Database) -> None:
    """Whoever looked for sitemaps in it, and rests on it, gets the one that we obey."""
    web.pages[f"{HOST}/robots.txt"] = Reply("User-agent: *\nDisallow: /office")
    robots = Request(f"http://{HOST}/robots.txt", Purpose.SITEMAP)
    page = await kept_then_checked(web, database, robots)
    assert isinstance(page, Page)
    assert page.body == b"User-agent: *\nDisallow: /office"
    assert [asked.path for asked in web.asked] == ["/robots.txt"]


async def test_of_a_form_no_answer_is_kept(web: Server, database: Database) -> None:
    web.pages[f"{HOST}/mass"] = standing()
    form = Request(TIMES.url, Purpose.NEXT, "page=2")
    assert isinstance(await kept_then_checked(web, database, form), Page)


async def test_what_is_no_address_is_an_outcome(web: Server, database: Database) -> None:
    nowhere = Request("http://", Purpose.SCHEDULE)
    async with open_door(web.settings(), database) as door:
        outcome = await (await door.recalling([nowhere])).check(nowhere)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.FORBIDDEN_ADDRESS


async def test_it_counts_as_a_page_and_as_a_request_of_its_unit(web: Server, database: Database) -> None:
    web.pages[f"{HOST}/mass"] = standing()
    async with open_door(web.settings(), database) as door:
        await door.get(TIMES)
        purse = (await door.recalling([TIMES])).budget(3)
        assert isinstance(await purse.check(TIMES), Still)
    assert (purse.requests, purse.pages) == (1, 1)
    assert (door.requests, door.pages) == (3, 2)  # robots.txt and the page before


async def test_one_that_moved_for_good_is_checked_where_it_is(web: Server, database: Database) -> None:
    web.pages["old.example/"] = Reply("", 301, {"Location": f"http://{HOST}/mass"})
    web.pages[f"{HOST}/mass"] = standing()
    still = await kept_then_checked(web, database, Request("http://old.example/", Purpose.SCHEDULE))
    assert isinstance(still, Still)
    assert still.kept.final_url == TIMES.url
    assert web.paths("old.example").count("/") == 1


async def test_a_door_without_a_memory_recalls_nothing(web: Server) -> None:
    web.pages[f"{HOST}/mass"] = standing()
    async with open_door(web.settings(), None) as door:
        recalling: Door = await door.recalling([TIMES])
        assert isinstance(await recalling.check(TIMES), Page)
