"""How robots.txt is asked for and kept: RFC 9309 section 2.3 on a web on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from scripted_web import Asked, Reply, Server

from vitality_lib.models import Reason
from vitality_lib.settings import Settings
from vitality_lib.store.database import Database
from vitality_lib.web.client import open_client
from vitality_lib.web.memory import FleetMemory, Memory
from vitality_lib.web.polite import PoliteClient
from vitality_lib.web.process_memory import ProcessMemory
from vitality_lib.web.resolve import Resolver
from vitality_lib.web.robots_reader import GOOD_SECONDS, GOOD_SECONDS_AFTER_FAILURE, RobotsReader
from vitality_lib.web.tally import Tally
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
    "2.3.1.3 a file that is refused": (Reply("no", 403), None),
    "2.3.1.3 a page of HTML in its place": (Reply("<html>\nUser-agent: *\nDisallow: /"), None),
    "2.3.1.1 an empty file": (Reply(""), None),
    "2.3.1.1 blanks": (Reply(" \n\t\n"), None),
    "2.3.1.2 a redirect to nowhere": (Reply("", 302), None),
    "2.3.1.2 a redirect to what is no web address": (
        Reply("", 302, {"Location": "ftp://old.example/robots.txt"}),
        None,
    ),
    "2.3.1.2 a redirect to itself": (Reply("", 302, {"Location": "/robots.txt"}), None),
    "2.3.1.4 a server in repair": (Reply("", 503), Reason.HTTP_ERROR),
    "2.3.1.4 a body that is cut off": (
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *"),
        Reason.CONNECTION_FAILURE,
    ),
    "2.3.1.4 a body in a coding that is none": (
        Reply("User-agent: *", headers={"Content-Encoding": "gzip"}),
        Reason.UNREADABLE,
    ),
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


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_2_3_1_2_a_file_at_the_other_scheme_holds_for_this_one(
    web: Server, reader: RobotsReader, scheme: str
) -> None:
    other = "https" if scheme == "http" else "http"
    answers = iter([Reply("", 308, {"Location": f"{other}://www.st-brendan.example/robots.txt"}), CLOSED])
    web.pages[ROBOTS] = lambda asked: next(answers)
    assert await problem(reader, f"{scheme}://www.st-brendan.example/mass") is Reason.ROBOTS_DISALLOWED


async def test_2_3_1_2_a_circle_of_redirects_is_asked_once_round_and_counts_as_unavailable(
    web: Server, reader: RobotsReader
) -> None:
    web.pages[ROBOTS] = Reply("", 302, {"Location": "http://a.example/robots.txt"})
    web.pages["a.example/robots.txt"] = Reply("", 302, {"Location": str(PARISH.origin) + "/robots.txt"})
    assert await problem(reader) is None
    assert len(web.asked) == 2


async def test_a_redirect_to_an_origin_that_is_known_costs_no_second_request(web: Server, reader: RobotsReader) -> None:
    web.pages["st-brendan.example/robots.txt"] = CLOSED
    await problem(reader, "http://st-brendan.example/")
    web.pages[ROBOTS] = Reply("", 301, {"Location": "http://st-brendan.example/robots.txt"})
    assert await problem(reader) is Reason.ROBOTS_DISALLOWED
    assert [asked.host for asked in web.asked] == ["st-brendan.example", "www.st-brendan.example"]


async def test_a_redirect_to_the_inside_is_not_followed_and_nothing_is_fetched(
    web: Server, reader: RobotsReader
) -> None:
    web.pages[ROBOTS] = Reply("", 302, {"Location": "http://169.254.169.254/robots.txt"})
    assert await problem(reader) is Reason.FORBIDDEN_ADDRESS
    assert await problem(reader) is Reason.FORBIDDEN_ADDRESS
    assert len(web.asked) == 1


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


async def test_2_4_two_of_the_fleet_that_ask_at_the_same_time_make_one_request(web: Server, database: Database) -> None:
    web.pages[ROBOTS] = Reply("User-agent: *\nDisallow: /", pause=0.5)
    async with (
        reading(web.settings(), FleetMemory(database)) as one,
        reading(web.settings(), FleetMemory(database)) as two,
    ):
        found = await asyncio.gather(problem(one), problem(two))
    assert found == [Reason.ROBOTS_DISALLOWED] * 2
    assert len(web.asked) == 1


async def test_who_asks_and_falls_silent_is_followed_by_another(web: Server, database: Database) -> None:
    memory = FleetMemory(database)
    web.pages[ROBOTS] = CLOSED
    assert await memory.claim_robots(PARISH.origin, uuid4(), 0.5)
    async with reading(web.settings(), memory) as opened:
        asking = asyncio.create_task(problem(opened))
        await asyncio.sleep(0.1)
        assert not web.asked
        assert await asking is Reason.ROBOTS_DISALLOWED


async def test_who_is_interrupted_lets_the_next_one_ask_at_once(web: Server, database: Database) -> None:
    memory = FleetMemory(database)
    asked = asyncio.Event()

    def silence(_: Asked) -> Reply:
        asked.set()
        return Reply("late", pause=5)

    web.pages[ROBOTS] = silence
    async with reading(web.settings(), memory) as opened:
        asking = asyncio.create_task(problem(opened))
        await asked.wait()
        assert await is_claimed(database)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    assert not await is_claimed(database)


async def test_a_claim_is_held_against_others_until_it_is_released(database: Database) -> None:
    memory, holder, other = FleetMemory(database), uuid4(), uuid4()
    assert await memory.claim_robots(PARISH.origin, holder, 30)
    assert await memory.claim_robots(PARISH.origin, holder, 30)
    assert not await memory.claim_robots(PARISH.origin, other, 30)
    await memory.release_robots(PARISH.origin, other)
    assert not await memory.claim_robots(PARISH.origin, other, 30)
    await memory.release_robots(PARISH.origin, holder)
    assert await memory.claim_robots(PARISH.origin, other, 30)


async def is_claimed(database: Database) -> bool:
    async with database.transaction() as connection:
        cursor = await connection.execute("SELECT FROM robots_readings")
        return await cursor.fetchone() is not None


async def seconds_kept(database: Database) -> float:
    async with database.transaction() as connection:
        cursor = await connection.execute("SELECT extract(epoch FROM good_until - read_at)::float FROM robots")
        row = await cursor.fetchone()
    assert row is not None
    return float(row[0])
