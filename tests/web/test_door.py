"""The door as its users see it: a page, or one typed outcome, from a web on loopback."""

import gzip

import pytest
from scripted_web import Asked, Reply, Server

from vitality_lib.models import Outcome, Page, Purpose, Reason, Request
from vitality_lib.store.database import Database
from vitality_lib.web.door import open_door

PARISH = "http://www.st-brendan.example/"


def page_of(url: str = PARISH, purpose: Purpose = Purpose.SCHEDULE) -> Request:
    return Request(url, purpose)


async def get(web: Server, url: str = PARISH, database: Database | None = None, **settings: object) -> Page | Outcome:
    async with open_door(web.settings(**settings), database) as door:
        return await door.get(page_of(url))


async def test_a_page_comes_with_its_canonical_address_and_decoded_body(web: Server) -> None:
    body = gzip.compress(b"<h1>Mass Times</h1>")
    web.pages["www.st-brendan.example/mass"] = Reply(body, headers={"Content-Encoding": "gzip"})
    page = await get(web, "HTTP://WWW.St-Brendan.example:80/x/../mass?utm_source=bulletin#top")
    assert isinstance(page, Page)
    assert page.url == "http://www.st-brendan.example/mass"
    assert page.body == b"<h1>Mass Times</h1>"
    assert page.content_type == "text/html"
    assert page.route == "http"


async def test_every_request_says_who_we_are(web: Server) -> None:
    web.pages["www.st-brendan.example/"] = Reply("<p>Welcome")
    await get(web)
    assert {asked.headers["user-agent"] for asked in web.asked} == {web.settings().user_agent}


async def test_https_addresses_are_mapped_too(web: Server) -> None:
    web.pages["www.st-brendan.example/"] = Reply("<p>Welcome")
    page = await get(web, "https://www.st-brendan.example/")
    assert isinstance(page, Page)
    assert page.url == "https://www.st-brendan.example/"


async def test_a_form_is_posted(web: Server) -> None:
    web.pages["www.st-brendan.example/ajax"] = lambda asked: Reply(f"{asked.method} {asked.body.decode()}")
    async with open_door(web.settings(), None) as door:
        page = await door.get(Request("http://www.st-brendan.example/ajax", Purpose.FEED, body="action=list&page=2"))
    assert isinstance(page, Page)
    assert page.body == b"POST action=list&page=2"


OUTCOMES = {
    "a missing page": (Reply("", 404), Reason.HTTP_ERROR),
    "a broken server": (Reply("", 500), Reason.HTTP_ERROR),
    "a refusal": (Reply("no", 403), Reason.BLOCKED),
    "too many requests": (Reply("slow down", 429, {"Retry-After": "100"}), Reason.BLOCKED),
    "a challenge": (Reply("<title>Just a moment...</title>", 503), Reason.BLOCKED),
    "a parked domain": (Reply("<h1>This domain is for sale</h1>"), Reason.PARKED_DOMAIN),
    "nothing at all": (Reply(""), Reason.UNREADABLE),
    "a picture": (Reply(b"\x89PNG\r\n", headers={"Content-Type": "image/png"}), Reason.UNREADABLE),
    "bytes that are no text": (Reply(b"PK\x03\x04\x00\x00\x00"), Reason.UNREADABLE),
    "a coding that lies": (Reply("plain", headers={"Content-Encoding": "gzip"}), Reason.UNREADABLE),
    "a coding nobody knows": (Reply("plain", headers={"Content-Encoding": "rot13"}), Reason.UNREADABLE),
    "an announced flood": (Reply("x", headers={"Content-Length": "99999999"}), Reason.TOO_LARGE),
    "a decompression bomb": (
        Reply(gzip.compress(bytes(8 * 2**20)), headers={"Content-Encoding": "gzip"}),
        Reason.TOO_LARGE,
    ),
    "a closed connection": (Reply(raw=b""), Reason.CONNECTION_FAILURE),
    "no HTTP": (Reply(raw=b"220 mail.example ESMTP\r\n\r\n"), Reason.CONNECTION_FAILURE),
    "a header flood": (
        Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 9000 + b"\r\n"),
        Reason.CONNECTION_FAILURE,
    ),
    "a body cut off": (
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>Mass"),
        Reason.CONNECTION_FAILURE,
    ),
    "a silent server": (Reply("late", pause=5), Reason.TIMEOUT),
    "a redirect to itself": (Reply("", 302, {"Location": "/"}), Reason.TOO_MANY_REDIRECTS),
    "a redirect to the inside": (Reply("", 302, {"Location": "http://169.254.169.254/"}), Reason.FORBIDDEN_ADDRESS),
    "a redirect to a file": (Reply("", 302, {"Location": "file:///etc/passwd"}), Reason.HTTP_ERROR),
}


@pytest.mark.parametrize("case", OUTCOMES)
async def test_an_unhappy_website_is_one_typed_outcome(web: Server, case: str) -> None:
    web.pages["www.st-brendan.example/"], reason = OUTCOMES[case]
    outcome = await get(web, timeout_seconds=0.7)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is reason
    assert outcome.detail


@pytest.mark.parametrize("url", ["ftp://www.st-brendan.example/", "javascript:void(0)", "http://", "", "http://u@h/"])
async def test_what_is_no_web_address_is_refused_without_a_request(web: Server, url: str) -> None:
    outcome = await get(web, url)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.FORBIDDEN_ADDRESS
    assert not web.asked


async def test_an_empty_feed_is_a_page(web: Server) -> None:
    web.pages["www.st-brendan.example/feed"] = Reply("")
    async with open_door(web.settings(), None) as door:
        page = await door.get(page_of("http://www.st-brendan.example/feed", Purpose.FEED))
    assert isinstance(page, Page)


async def test_a_moved_site_is_followed_to_its_new_host(web: Server) -> None:
    web.pages["old.example/"] = Reply("", 301, {"Location": "https://new.example/home"})
    web.pages["new.example/home"] = Reply("<p>We have moved")
    page = await get(web, "http://old.example/")
    assert isinstance(page, Page)
    assert (page.url, page.requested_url) == ("https://new.example/home", "http://old.example/")


async def test_each_hop_asks_the_robots_of_its_own_host(web: Server) -> None:
    web.pages["old.example/"] = Reply("", 302, {"Location": "http://shy.example/home"})
    web.pages["shy.example/robots.txt"] = Reply("User-agent: *\nDisallow: /")
    outcome = await get(web, "http://old.example/")
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.ROBOTS_DISALLOWED
    assert web.paths("shy.example") == []


async def test_an_endless_chain_of_redirects_ends(web: Server) -> None:
    def onward(asked: Asked) -> Reply:
        step = int(asked.path[1:]) + 1
        web.pages[f"maze.example/{step}"] = onward
        return Reply("", 302, {"Location": f"/{step}"})

    web.pages["maze.example/0"] = onward
    outcome = await get(web, "http://maze.example/0")
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.TOO_MANY_REDIRECTS
    assert len(web.paths()) <= 10


async def test_a_failure_in_passing_is_asked_once_more(web: Server) -> None:
    replies = iter([Reply("", 503), Reply("<p>Welcome back")])
    web.pages["www.st-brendan.example/"] = lambda asked: next(replies)
    assert isinstance(await get(web), Page)


async def test_a_lasting_failure_is_not_asked_a_third_time(web: Server) -> None:
    web.pages["www.st-brendan.example/"] = Reply("", 503)
    await get(web)
    assert len(web.paths()) == 2


async def test_a_host_that_keeps_failing_is_left_alone(web: Server) -> None:
    web.pages["www.st-brendan.example/"] = Reply("", 503)
    async with open_door(web.settings(), None) as door:
        outcomes = [await door.get(page_of()) for _ in range(5)]
    assert isinstance(outcomes[-1], Outcome)
    assert outcomes[-1].reason is Reason.BREAKER_OPEN
    assert len(web.paths()) == 5


async def test_a_host_with_a_challenge_is_left_alone_at_once_and_stays_blocked(web: Server) -> None:
    web.pages["www.st-brendan.example/"] = Reply("<title>Just a moment...</title>", 403)
    async with open_door(web.settings(), None) as door:
        outcomes = [await door.get(page_of()) for _ in range(3)]
    assert [outcome.reason for outcome in outcomes if isinstance(outcome, Outcome)] == [Reason.BLOCKED] * 3
    assert len(web.paths()) == 1


async def test_a_budget_refuses_and_counts_its_own_requests(web: Server) -> None:
    web.pages["www.st-brendan.example/"] = Reply("<p>Welcome")
    async with open_door(web.settings(), None) as door:
        await door.get(page_of("http://other.example/"))
        purse = door.budget(3)
        answers = [await purse.get(page_of()) for _ in range(3)]
        assert purse.requests == 3  # robots.txt and two pages
        assert door.requests == 5
    assert isinstance(answers[1], Page)
    assert isinstance(answers[2], Outcome)
    assert answers[2].reason is Reason.BUDGET_SPENT


async def test_the_second_visit_of_a_known_page_is_one_conditional_request(web: Server, database: Database) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"v1"':
            return Reply(raw=b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
        return Reply("<p>Mass at 9", headers={"ETag": '"v1"', "X-WP-TotalPages": "4"})

    web.pages["www.st-brendan.example/"] = answer
    first, second = await get(web, database=database), await get(web, database=database)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (second.body, second.headers, second.fetched_at) == (first.body, first.headers, first.fetched_at)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert [asked.path for asked in web.asked] == ["/robots.txt", "/", "/"]


async def test_a_page_that_moved_for_good_is_asked_at_its_new_address_next_time(
    web: Server, database: Database
) -> None:
    web.pages["old.example/"] = Reply("", 301, {"Location": "http://new.example/"})
    web.pages["new.example/"] = Reply("<p>Welcome")
    await get(web, "http://old.example/", database)
    page = await get(web, "http://old.example/", database)
    assert isinstance(page, Page)
    assert page.url == "http://new.example/"
    assert len(web.paths("old.example")) == 1


async def test_a_remembered_move_that_leads_nowhere_any_more_is_forgotten(web: Server, database: Database) -> None:
    web.pages["old.example/"] = Reply("", 301, {"Location": "http://new.example/"})
    web.pages["new.example/"] = Reply("<p>Welcome")
    await get(web, "http://old.example/", database)
    del web.pages["new.example/"]
    web.pages["old.example/"] = Reply("<p>Back again")
    assert isinstance(await get(web, "http://old.example/", database), Outcome)
    assert isinstance(await get(web, "http://old.example/", database), Page)


async def test_turns_robots_and_breakers_outlive_the_process(web: Server, database: Database) -> None:
    web.pages["www.st-brendan.example/"] = Reply("<title>Just a moment...</title>", 403)
    await get(web, database=database)
    outcome = await get(web, database=database)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.BLOCKED
    assert [asked.path for asked in web.asked] == ["/robots.txt", "/"]
