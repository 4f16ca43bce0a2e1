"""One request in its host's turn: what is counted, heeded and asked again, and that turns never overlap."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from scripted_web import Asked, Reply, Server

from vitality_lib.models import Outcome, Reason
from vitality_lib.settings import Settings
from vitality_lib.store.database import connect
from vitality_lib.web.client import Answer, Call, open_client
from vitality_lib.web.memory import FleetMemory, Memory
from vitality_lib.web.polite import PoliteClient
from vitality_lib.web.process_memory import ProcessMemory
from vitality_lib.web.resolve import Resolver
from vitality_lib.web.tally import Tally
from vitality_lib.web.url import canonical

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOST = "www.st-brendan.example"
PAGE = Reply("<h1>Mass Times")


@asynccontextmanager
async def polite(settings: Settings, memory: Memory) -> AsyncIterator[PoliteClient]:
    resolver = Resolver(settings)
    async with open_client(settings, resolver) as client:
        yield PoliteClient(settings, resolver, client, memory, lambda: NOW)


@pytest.fixture
async def client(web: Server) -> AsyncIterator[PoliteClient]:
    web.pages[f"{HOST}/"] = PAGE
    async with polite(web.settings(timeout_seconds=0.7), ProcessMemory()) as opened:
        yield opened


def call(host: str = HOST, method: str = "GET") -> Call:
    return Call(canonical(f"http://{host}/"), method)


async def ask(client: PoliteClient, wanted: Call | None = None, tally: Tally | None = None) -> Answer | Outcome:
    return await client.ask(wanted or call(), None, tally or Tally())


async def status(client: PoliteClient, wanted: Call | None = None) -> int:
    answer = await ask(client, wanted)
    assert isinstance(answer, Answer), answer
    return answer.status


async def reason(client: PoliteClient, wanted: Call | None = None, tally: Tally | None = None) -> Reason:
    outcome = await ask(client, wanted, tally)
    assert isinstance(outcome, Outcome), outcome
    return outcome.reason


# --- what is counted


async def test_each_request_is_counted_also_the_second_try(web: Server, client: PoliteClient) -> None:
    web.pages[f"{HOST}/"] = Reply("", 503)
    tally = Tally()
    await ask(client, tally=tally)
    assert tally.made == 2


async def test_with_one_request_left_there_is_no_second_try(web: Server, client: PoliteClient) -> None:
    web.pages[f"{HOST}/"] = Reply("", 503)
    answer = await ask(client, tally=Tally(1))
    assert isinstance(answer, Answer)
    assert len(web.asked) == 1


async def test_with_none_left_nobody_is_asked(web: Server, client: PoliteClient) -> None:
    assert await reason(client, tally=Tally(0)) is Reason.BUDGET_SPENT
    assert not web.asked


async def test_a_forbidden_host_is_not_asked_and_not_counted(web: Server, client: PoliteClient) -> None:
    tally = Tally()
    assert await reason(client, call("169.254.169.254"), tally) is Reason.FORBIDDEN_ADDRESS
    assert (web.asked, tally.made) == ([], 0)


async def test_requests_that_wait_for_their_turns_together_keep_the_limit(web: Server, client: PoliteClient) -> None:
    tally = Tally(3)
    answers = await asyncio.gather(*(ask(client, tally=tally) for _ in range(8)))
    refused = [answer.reason for answer in answers if isinstance(answer, Outcome)]
    assert refused == [Reason.BUDGET_SPENT] * 5
    assert (len(web.asked), tally.made) == (3, 3)


async def test_who_stops_waiting_for_a_turn_has_asked_for_nothing(web: Server, client: PoliteClient) -> None:
    web.pages[f"{HOST}/"] = Reply("<p>Mass", pause=0.3)
    tally = Tally()
    first = asyncio.create_task(ask(client, tally=tally))
    second = asyncio.create_task(ask(client, tally=tally))
    await asyncio.sleep(0.1)
    second.cancel()
    await first
    assert (len(web.asked), tally.made) == (1, 1)


# --- the second try

IN_PASSING = {
    "a bad gateway": Reply("", 502),
    "an overloaded server": Reply("", 503),
    "a gateway's timeout": Reply("", 504),
    "a closed connection": Reply(raw=b""),
}
LASTING = {
    "a page": PAGE,
    "a missing page": Reply("", 404),
    "a broken server": Reply("", 500),
    "a refusal": Reply("", 403),
    "too many requests": Reply("", 429, {"Retry-After": "0"}),
    "a challenge": Reply("<title>Just a moment...</title>", 503),
    "a silent server": Reply("", pause=2),
}


@pytest.mark.parametrize("case", IN_PASSING)
async def test_what_failed_in_passing_is_asked_once_more(web: Server, client: PoliteClient, case: str) -> None:
    replies = iter([IN_PASSING[case], PAGE])
    web.pages[f"{HOST}/"] = lambda asked: next(replies)
    assert await status(client) == 200


@pytest.mark.parametrize("case", IN_PASSING)
async def test_a_form_is_never_sent_twice(web: Server, client: PoliteClient, case: str) -> None:
    web.pages[f"{HOST}/"] = IN_PASSING[case]
    await ask(client, call(method="POST"))
    assert len(web.asked) == 1


@pytest.mark.parametrize("case", LASTING)
async def test_anything_else_is_asked_once(web: Server, client: PoliteClient, case: str) -> None:
    asked_for = []

    def answering(asked: Asked) -> Reply:
        asked_for.append(asked.path)
        return LASTING[case]

    web.pages[f"{HOST}/"] = answering
    await ask(client)
    assert asked_for == ["/"]


async def test_when_the_breaker_opens_between_the_tries_the_first_answer_stands(
    web: Server, client: PoliteClient
) -> None:
    web.pages[f"{HOST}/"] = Reply("", 503)
    assert [await status(client) for _ in range(3)] == [503, 503, 503]
    assert len(web.asked) == 5
    assert await reason(client) is Reason.BREAKER_OPEN


# --- what the server asks for

HEEDED = {
    "503 with seconds": (503, "5"),
    "503 with a date": (503, format_datetime(NOW + timedelta(seconds=5), usegmt=True)),
    "429 with seconds": (429, "5"),
    "302 with seconds": (302, "5"),
}


async def seconds_between(web: Server, client: PoliteClient, first: Reply) -> float:
    """Seconds from the end of the first answer to the next request."""
    replies = iter([first, PAGE])
    web.pages[f"{HOST}/"] = lambda asked: next(replies)
    await ask(client, call(method="POST"))
    await ask(client)
    return web.asked[1].started - web.asked[0].ended


@pytest.mark.parametrize("case", HEEDED)
async def test_retry_after_is_heeded(web: Server, case: str) -> None:
    code, value = HEEDED[case]
    async with polite(web.settings(pace=0.1), ProcessMemory()) as client:
        assert await seconds_between(web, client, Reply("", code, {"Retry-After": value})) >= 0.5


async def test_too_many_requests_without_a_word_are_a_minute(web: Server) -> None:
    async with polite(web.settings(pace=0.01), ProcessMemory()) as client:
        assert await seconds_between(web, client, Reply("", 429)) >= 0.6


async def test_retry_after_on_a_page_that_was_given_is_nothing(web: Server) -> None:
    async with polite(web.settings(), ProcessMemory()) as client:
        assert await seconds_between(web, client, Reply("<p>Mass", 200, {"Retry-After": "1000"})) < 5


async def test_who_wants_to_be_asked_in_hours_is_not_waited_for(web: Server) -> None:
    web.pages[f"{HOST}/"] = Reply("", 429, {"Retry-After": "7200"})
    async with polite(web.settings(pace=0.5), ProcessMemory()) as client:
        await ask(client)
        assert await reason(client) is Reason.BREAKER_OPEN
    assert len(web.asked) == 1


async def test_a_retry_after_that_makes_no_sense_does_no_harm(web: Server, client: PoliteClient) -> None:
    web.pages[f"{HOST}/"] = Reply("", 429, {"Retry-After": "Tue, 24 Nov 99999999999999999999 12:00:00 GMT"})
    assert await status(client) == 429


async def test_a_slow_answer_is_followed_by_a_longer_rest(web: Server) -> None:
    async with polite(web.settings(pace=0.1, min_delay_seconds=0), ProcessMemory()) as client:
        assert await seconds_between(web, client, Reply("<p>Mass", pause=1)) >= 0.5


async def test_a_crawl_delay_is_kept(web: Server) -> None:
    web.pages[f"{HOST}/"] = PAGE
    async with polite(web.settings(pace=0.1), ProcessMemory()) as client:
        for _ in range(2):
            await client.ask(call(), 5.0, Tally())
    assert web.asked[1].started - web.asked[0].ended >= 0.5


async def test_a_challenge_shuts_the_host_for_a_day_times_pace(web: Server, client: PoliteClient) -> None:
    web.pages[f"{HOST}/"] = Reply("<title>Just a moment...</title>", 503)
    await ask(client)
    outcome = await ask(client)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.BLOCKED
    assert "left alone for 86" in outcome.detail  # 864 s: 24 hours at a pace of 0.01
    assert len(web.asked) == 1


# --- who is left alone


async def test_who_refuses_five_times_in_a_row_is_not_asked_again(web: Server, client: PoliteClient) -> None:
    web.pages[f"{HOST}/"] = Reply("", 403)
    assert [await status(client) for _ in range(5)] == [403] * 5
    outcome = await ask(client)
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.BLOCKED
    assert "refuses us; left alone for " in outcome.detail
    assert len(web.asked) == 5


async def test_while_one_tries_whether_a_host_is_well_again_the_others_are_told_so(web: Server) -> None:
    web.pages[f"{HOST}/"] = Reply("", 500)
    async with polite(web.settings(pace=0.001), ProcessMemory()) as client:
        for _ in range(5):
            await ask(client)
        await asyncio.sleep(0.35)  # five minutes at that pace, and a little
        web.pages[f"{HOST}/"] = Reply("<p>Mass", pause=0.3)
        probe = asyncio.create_task(status(client))
        await asyncio.sleep(0.1)
        outcomes = [await ask(client) for _ in range(3)]
        assert {str(outcome) for outcome in outcomes if isinstance(outcome, Outcome)} == {
            str(
                Outcome(
                    Reason.BREAKER_OPEN, f"{HOST} keeps failing (http_error); another request is trying it just now"
                )
            )
        }
        assert await probe == 200
        assert await status(client) == 200


# --- turns


async def test_a_request_that_is_given_up_gives_its_turn_back(web: Server, client: PoliteClient) -> None:
    web.pages[f"{HOST}/"] = Reply("late", pause=5)
    given_up = asyncio.create_task(ask(client))
    await asyncio.sleep(0.2)
    queueing = asyncio.create_task(ask(client))
    await asyncio.sleep(0.05)
    for task in (queueing, given_up):
        task.cancel()
    await asyncio.gather(queueing, given_up, return_exceptions=True)
    web.pages[f"{HOST}/"] = PAGE
    async with asyncio.timeout(3):
        assert await status(client) == 200


async def test_two_processes_never_overlap_on_a_host_and_keep_their_gap(web: Server, database_url: str) -> None:
    web.pages[f"{HOST}/"] = Reply("<p>Mass", pause=0.03)
    settings = web.settings(pace=0.05, database_url=database_url)
    async with AsyncExitStack() as stack:
        clients = []
        for _ in range(2):
            database = await stack.enter_async_context(connect(settings))
            clients.append(await stack.enter_async_context(polite(settings, FleetMemory(database))))
        await asyncio.gather(*(ask(client) for client in clients * 4))
    assert len(web.asked) == 8
    in_order = sorted(web.asked, key=lambda asked: asked.started)
    assert all(later.started - earlier.ended >= 0.1 for earlier, later in pairwise(in_order))


async def test_hosts_of_one_platform_are_asked_two_at_once_and_others_more(web: Server) -> None:
    shared = [f"parish-{number}.ecatholic.com" for number in range(5)]
    apart = [f"parish-{number}.example" for number in range(5)]
    web.pages |= {f"{host}/": Reply("<p>Mass", pause=0.2) for host in shared + apart}
    async with polite(web.settings(), ProcessMemory()) as client:
        await asyncio.gather(*(ask(client, call(host)) for host in shared + apart))
    assert most_at_once(web, shared) == 2
    assert most_at_once(web, apart) > 2


async def test_hosts_of_one_registrable_domain_are_asked_two_at_once(web: Server) -> None:
    hosts = [f"parish-{number}.larkspur.example" for number in range(5)]
    web.pages |= {f"{host}/": Reply("<p>Mass", pause=0.2) for host in hosts}
    async with polite(web.settings(), ProcessMemory()) as client:
        await asyncio.gather(*(ask(client, call(host)) for host in hosts))
    assert most_at_once(web, hosts) == 2


def most_at_once(web: Server, hosts: list[str]) -> int:
    asked = [asked for asked in web.asked if asked.host in hosts]
    return max(sum(other.started <= each.started < other.ended for other in asked) for each in asked)
