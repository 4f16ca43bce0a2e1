"""A page that asks something of crawlers, as the door gives and keeps it; and the robots.txt that all may read."""

import pytest
from scripted_web import Asked, Reply, Server

from vitality_lib.models import Outcome, Page, Purpose, Reason, Request
from vitality_lib.store.database import Database
from vitality_lib.web.door import open_door
from vitality_lib.web.stored import StoredDoor

PARISH = "http://www.st-brendan.example/mass"
PLACE = "www.st-brendan.example/mass"
ROBOTS = "http://www.st-brendan.example/robots.txt"
MASS = "<html><body><p>Mass at nine</body></html>"


def tagged(content: str) -> Reply:
    return Reply(f"<html><head><meta name='robots' content='{content}'></head><body><p>Mass at nine</body></html>")


def headed(content: str, body: str = MASS, **more: str) -> Reply:
    return Reply(body, headers={"X-Robots-Tag": content, **more})


async def get(web: Server, database: Database | None, url: str = PARISH, purpose: Purpose = Purpose.SCHEDULE,
              body: str | None = None) -> Page | Outcome:  # fmt: skip
    async with open_door(web.settings(), database) as door:
        return await door.get(Request(url, purpose, body))


async def bodies(database: Database) -> list[tuple[int, bool]]:
    """Of each stored body, its size and whether it is there."""
    async with database.transaction() as connection:
        return [row async for row in await connection.execute("SELECT size, body IS NOT NULL FROM page_bodies")]


@pytest.mark.parametrize("reply", [tagged("noindex"), headed("noindex")], ids=["by a tag", "by a header"])
async def test_a_page_that_asks_not_to_be_read_is_no_page_and_not_kept(
    web: Server, database: Database, reply: Reply
) -> None:
    web.pages[PLACE] = reply
    outcome = await get(web, database)
    assert outcome == Outcome(Reason.ROBOTS_DISALLOWED, f"{PARISH} asks not to be read: noindex")
    assert await bodies(database) == []


async def test_a_copy_from_before_it_asked_goes(web: Server, database: Database) -> None:
    web.pages[PLACE] = Reply(MASS)
    await get(web, database)
    assert len(await bodies(database)) == 1
    web.pages[PLACE] = tagged("none")
    assert isinstance(await get(web, database), Outcome)
    assert await bodies(database) == []
    assert isinstance(await StoredDoor(database).get(Request(PARISH, Purpose.SCHEDULE)), Outcome)


async def test_a_body_that_another_page_has_too_stays(web: Server, database: Database) -> None:
    web.pages[PLACE], web.pages["www.st-brendan.example/also"] = Reply(MASS), Reply(MASS)
    await get(web, database)
    await get(web, database, "http://www.st-brendan.example/also")
    web.pages[PLACE] = headed("noindex")
    await get(web, database)
    assert len(await bodies(database)) == 1
    assert isinstance(await StoredDoor(database).get(Request("http://www.st-brendan.example/also", Purpose.LIST)), Page)


@pytest.mark.parametrize("asks", ["noarchive", "nosnippet"])
async def test_of_a_page_that_asks_for_no_copy_the_hash_and_the_size_are_kept(
    web: Server, database: Database, asks: str
) -> None:
    web.pages[PLACE] = headed(asks, ETag='"v1"')
    page = await get(web, database)
    assert isinstance(page, Page)
    assert await bodies(database) == [(len(page.body), False)]
    missing = await StoredDoor(database).get(Request(PARISH, Purpose.SCHEDULE))
    assert isinstance(missing, Outcome)
    assert missing.reason is Reason.UNREADABLE
    await get(web, database)
    assert "if-none-match" not in web.asked[-1].headers


async def test_a_copy_goes_when_the_page_asks_for_none_and_comes_back_when_it_does_not(
    web: Server, database: Database
) -> None:
    for reply, there in ((Reply(MASS), True), (headed("noarchive"), False), (Reply(MASS), True)):
        web.pages[PLACE] = reply
        await get(web, database)
        assert await bodies(database) == [(len(MASS), there)]


async def test_a_page_whose_links_are_not_to_be_followed_says_so_from_the_store_too(
    web: Server, database: Database
) -> None:
    web.pages[PLACE] = tagged("nofollow")
    fetched = await get(web, database)
    stored = await StoredDoor(database).get(Request(PARISH, Purpose.SCHEDULE))
    assert isinstance(fetched, Page)
    assert isinstance(stored, Page)
    assert (fetched.nofollow, stored.nofollow) == (True, True)


@pytest.mark.parametrize("asks", ["noindex", "nofollow", "noarchive"])
async def test_what_is_asked_with_a_confirmation_holds_for_the_copy(web: Server, database: Database, asks: str) -> None:
    def answer(asked: Asked) -> Reply:
        if "if-none-match" in asked.headers:
            return Reply(raw=f'HTTP/1.1 304 Unchanged\r\nETag: "v1"\r\nX-Robots-Tag: {asks}\r\n\r\n'.encode())
        return Reply(MASS, headers={"ETag": '"v1"'})

    web.pages[PLACE] = answer
    first, second = await get(web, database), await get(web, database)
    assert isinstance(first, Page)
    assert not first.nofollow
    assert isinstance(second, Outcome) is (asks == "noindex")
    assert (isinstance(second, Page) and second.nofollow) is (asks == "nofollow")
    assert await bodies(database) == {"noindex": [], "noarchive": [(len(MASS), False)]}.get(asks, [(len(MASS), True)])


async def test_repeated_headers_are_told_apart(web: Server) -> None:
    lines = b"X-Robots-Tag: otherbot: noindex\r\nX-Robots-Tag: nofollow\r\n"
    web.pages[PLACE] = Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + lines + b"\r\n" + MASS.encode())
    page = await get(web, None)
    assert isinstance(page, Page)
    assert page.nofollow


@pytest.mark.parametrize("purpose", [Purpose.FEED, Purpose.SITEMAP])
async def test_a_feed_obeys_only_what_names_us(web: Server, purpose: Purpose) -> None:
    web.pages[PLACE] = headed("noindex, nofollow")
    page = await get(web, None, purpose=purpose)
    assert isinstance(page, Page)
    assert not page.nofollow
    web.pages[PLACE] = headed("DiocesanVitality: noindex")
    assert isinstance(await get(web, None, purpose=purpose), Outcome)


async def test_so_does_the_answer_to_a_form(web: Server) -> None:
    web.pages[PLACE] = headed("noindex")
    assert isinstance(await get(web, None, purpose=Purpose.NEXT, body="page=2"), Page)
    assert isinstance(await get(web, None, purpose=Purpose.NEXT), Outcome)


async def test_who_looks_for_sitemaps_reads_the_robots_txt_that_is_obeyed(web: Server, database: Database) -> None:
    web.pages["www.st-brendan.example/robots.txt"] = Reply("User-agent: *\nDisallow: /a\nSitemap: /b.xml")
    web.pages[PLACE] = Reply(MASS)
    async with open_door(web.settings(), database) as door:
        await door.get(Request(PARISH, Purpose.SCHEDULE))
        page = await door.get(Request(ROBOTS, Purpose.SITEMAP))
    stored = await StoredDoor(database).get(Request(ROBOTS, Purpose.SITEMAP))
    assert isinstance(page, Page)
    assert isinstance(stored, Page)
    assert page.body == stored.body == b"User-agent: *\nDisallow: /a\nSitemap: /b.xml"
    assert (page.url, page.content_type) == (ROBOTS, "text/plain")
    assert [asked.path for asked in web.asked] == ["/robots.txt", "/mass"]


@pytest.mark.parametrize("status", [404, 500])
async def test_where_there_is_none_that_is_said(web: Server, status: int) -> None:
    web.pages["www.st-brendan.example/robots.txt"] = Reply("", status)
    outcome = await get(web, None, ROBOTS, Purpose.SITEMAP)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.HTTP_ERROR
