"""How robots.txt is asked for and kept: RFC 9309 section 2.3 on a web on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from scripted_web import Reply, Server

from vitality_lib.models import Reason
from vitality_lib.settings import Settings
from vitality_lib.store.database import Database
from vitality_lib.web.client import open_client
from vitality_lib.web.memory import FleetMemory, Memory
from vitality_lib.web.polite import PoliteClient, Tally
from vitality_lib.web.process_memory import ProcessMemory
from vitality_lib.web.resolve import Resolver
from vitality_lib.web.robots_reader import GOOD_SECONDS, GOOD_SECONDS_AFTER_FAILURE, RobotsReader
from vitality_lib.web.url import canonical

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PARISH = canonical("http://www.st-brendan.example/mass")
ROBOTS = "www.st-brendan.example/robots.txt"
CLOSED = Reply("User-agent: *\nDisallow: /")


@asynccontextmanager
async def reading(settings: Settings, memory: Memory) -> AsyncIterator[RobotsReader]:
    resolver = Resolver(settings)
    async with open_client(settings, resolver) as client:
        yield RobotsReader(settings, PoliteClient(settings, resolver, client, memory, lambda: NOW), memory)


@pytest.fixture
async def reader(web: Server) -> AsyncIterator[RobotsReader]:
    async with reading(web.settings(timeout_seconds=0.7), ProcessMemory()) as opened:
        yield opened


async def problem(reader: RobotsReader, url: str = str(PARISH)) -> Reason | None:
    address = canonical(url)
    refusal = (await reader.of(address, Tally())).refusal(address)
    return refusal.reason if refusal else None


ANSWERS = {
    "2.3.1.1 a file is obeyed": (CLOSED, Reason.ROBOTS_DISALLOWED),
    "2.3.1.3 no file": (Reply("", 404), None),
    "2.3.1.3 a file behind a password": (Reply("", 401), None),
    "2.3.1.4 a broken server": (Reply("", 500), Reason.HTTP_ERROR),
    "2.3.1.4 a silent server": (Reply("late", pause=2), Reason.TIMEOUT),
    "2.3.1.4 a closed connection": (Reply(raw=b""), Reason.CONNECTION_FAILURE),
    "too many requests": (Reply("", 429, {"Retry-After": "0"}), Reason.BLOCKED),
    "2.5 a file beyond 500 KiB is read as far as that": (
        Reply("User-agent: *\nDisallow: /\n" + "# filler\n" * 200_000),
        Reason.ROBOTS_DISALLOWED,
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
async def test_what_the_answer_means_for_a_page(web: Server, reader: RobotsReader, case: str) -> None:
    web.pages[ROBOTS], reason = ANSWERS[case]
    assert await problem(reader) is reason


def chain(web: Server, redirects: int) -> None:
    web.pages[ROBOTS] = Reply("", 302, {"Location": "/1"})
    for step in range(1, redirects):
        web.pages[f"www.st-brendan.example/{step}"] = Reply("", 302, {"Location": f"/{step + 1}"})
    web.pages[f"www.st-brendan.example/{redirects}"] = CLOSED


async def test_2_3_1_2_five_redirects_are_followed(web: Server, reader: RobotsReader) -> None:
    chain(web, redirects=5)
    assert await problem(reader) is Reason.ROBOTS_DISALLOWED


async def test_2_3_1_2_a_sixth_is_not_and_the_file_counts_as_unavailable(web: Server, reader: RobotsReader) -> None:
    chain(web, redirects=6)
    assert await problem(reader) is None
    assert len(web.asked) == 6


async def test_2_3_1_2_a_file_at_another_authority_holds_for_the_first(web: Server, reader: RobotsReader) -> None:
    web.pages[ROBOTS] = Reply("", 301, {"Location": "http://new.example/our-robots.txt"})
    web.pages["new.example/our-robots.txt"] = CLOSED
    assert await problem(reader) is Reason.ROBOTS_DISALLOWED


async def test_a_redirect_to_the_robots_of_another_origin_answers_for_that_one_too(
    web: Server, reader: RobotsReader
) -> None:
    web.pages[ROBOTS] = Reply("", 301, {"Location": "http://st-brendan.example/robots.txt"})
    web.pages["st-brendan.example/robots.txt"] = CLOSED
    assert await problem(reader) is Reason.ROBOTS_DISALLOWED
    assert await problem(reader, "http://st-brendan.example/") is Reason.ROBOTS_DISALLOWED
    assert len(web.asked) == 2


async def test_a_redirect_to_the_inside_is_not_followed_and_nothing_is_fetched(
    web: Server, reader: RobotsReader
) -> None:
    web.pages[ROBOTS] = Reply("", 302, {"Location": "http://169.254.169.254/robots.txt"})
    assert await problem(reader) is Reason.FORBIDDEN_ADDRESS


async def test_each_origin_has_its_own(web: Server, reader: RobotsReader) -> None:
    web.pages[ROBOTS] = CLOSED
    assert await problem(reader, "http://www.st-brendan.example:8080/") is None
    assert await problem(reader, "http://www.st-clement.example/") is None
    assert [asked.host for asked in web.asked] == ["www.st-brendan.example:8080", "www.st-clement.example"]


async def test_many_who_ask_at_once_make_one_request(web: Server, reader: RobotsReader) -> None:
    web.pages[ROBOTS] = Reply("User-agent: *\nDisallow: /private", pause=0.1)
    files = await asyncio.gather(*(reader.of(PARISH, Tally()) for _ in range(20)))
    assert len(web.asked) == 1
    assert len({robots.file for robots in files}) == 1


async def test_the_crawl_delay_is_told(web: Server, reader: RobotsReader) -> None:
    web.pages[ROBOTS] = Reply("User-agent: *\nCrawl-delay: 7")
    assert (await reader.of(PARISH, Tally())).crawl_delay == 7.0


async def test_who_has_no_request_left_learns_nothing_and_the_next_asks_anew(web: Server, reader: RobotsReader) -> None:
    spent = await reader.of(PARISH, Tally(most=0))
    assert spent.file.problem is Reason.BUDGET_SPENT
    assert await problem(reader) is None
    assert len(web.asked) == 1


async def test_2_4_a_file_is_kept_for_a_day_and_for_every_process(web: Server, database: Database) -> None:
    web.pages[ROBOTS] = CLOSED
    for _ in range(2):
        async with reading(web.settings(), FleetMemory(database)) as opened:
            assert await problem(opened) is Reason.ROBOTS_DISALLOWED
    assert len(web.asked) == 1
    assert await seconds_kept(database) == GOOD_SECONDS == 24 * 3600


async def test_2_4_after_a_day_it_is_asked_for_again(web: Server, database: Database) -> None:
    web.pages[ROBOTS] = Reply("", 404)
    async with reading(web.settings(), FleetMemory(database)) as opened:
        await problem(opened)
    async with database.transaction() as connection:
        await connection.execute("UPDATE robots SET good_until = good_until - interval '24 hours'")
    web.pages[ROBOTS] = CLOSED
    async with reading(web.settings(), FleetMemory(database)) as opened:
        assert await problem(opened) is Reason.ROBOTS_DISALLOWED


async def test_a_failure_is_kept_for_an_hour_times_pace(web: Server, database: Database) -> None:
    web.pages[ROBOTS] = Reply("", 500)
    settings = web.settings(pace=0.001)
    async with reading(settings, FleetMemory(database)) as opened:
        assert await problem(opened) is Reason.HTTP_ERROR
        assert await problem(opened) is Reason.HTTP_ERROR
    assert len(web.asked) == 1
    assert await seconds_kept(database) == pytest.approx(GOOD_SECONDS_AFTER_FAILURE * settings.pace)


async def test_when_a_failure_is_over_the_page_may_be_fetched(web: Server, reader: RobotsReader) -> None:
    web.pages[ROBOTS] = Reply("", 500)
    fleeting = web.settings(pace=0.0001)
    async with reading(fleeting, ProcessMemory()) as opened:
        assert await problem(opened) is Reason.HTTP_ERROR
        web.pages[ROBOTS] = Reply("", 404)
        await asyncio.sleep(GOOD_SECONDS_AFTER_FAILURE * fleeting.pace + 0.05)
        assert await problem(opened) is None


async def seconds_kept(database: Database) -> float:
    async with database.transaction() as connection:
        cursor = await connection.execute("SELECT extract(epoch FROM good_until - read_at)::float FROM robots")
        row = await cursor.fetchone()
    assert row is not None
    return float(row[0])
