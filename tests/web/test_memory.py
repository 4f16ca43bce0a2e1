"""What a door remembers: the same rules in PostgreSQL for the whole fleet and in one process alone."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import uuid4

import pytest

from vitality_lib.models import Reason
from vitality_lib.store.database import Database
from vitality_lib.store.pages import Kept
from vitality_lib.store.robots import RobotsFile
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait
from vitality_lib.web.memory import FleetMemory, Memory
from vitality_lib.web.process_memory import ProcessMemory

HOST = "www.st-brendan.example"
ORIGIN = f"http://{HOST}"
ROUNDING = 1e-6  # seconds
BOTH = ["the fleet's", "the process's"]


@pytest.fixture(params=BOTH)
def memory(request: pytest.FixtureRequest) -> Memory:
    if request.param == "the fleet's":
        return FleetMemory(request.getfixturevalue("database"))
    return ProcessMemory()


def ask(host: str = HOST, keys: tuple[str, ...] = (), gap: float = 0.1, most: int = 2, lease: float = 30) -> Ask:
    return Ask(uuid4(), host, keys, gap, lease, most)


async def taken(memory: Memory, wanted: Ask) -> Turn:
    verdict = await memory.take(wanted)
    assert isinstance(verdict, Turn), verdict
    return verdict


async def waiting(memory: Memory, wanted: Ask) -> float:
    verdict = await memory.take(wanted)
    assert isinstance(verdict, Wait), verdict
    return verdict.seconds


async def shut(memory: Memory, wanted: Ask) -> Shut:
    verdict = await memory.take(wanted)
    assert isinstance(verdict, Shut), verdict
    return verdict


async def test_a_host_nobody_asked_yet_has_its_turn_free(memory: Memory) -> None:
    wanted = ask()
    assert await memory.take(wanted) == Turn(wanted.holder, HOST, failures=0, most=2)


async def test_one_request_is_in_flight_per_host(memory: Memory) -> None:
    await taken(memory, ask())
    assert 0.05 < await waiting(memory, ask()) <= 0.1 + ROUNDING


async def test_other_hosts_do_not_wait(memory: Memory) -> None:
    await taken(memory, ask())
    await taken(memory, ask("www.st-clement.example"))


async def test_a_host_rests_after_its_answer(memory: Memory) -> None:
    await memory.give_back(await taken(memory, ask()), Rest(0.6))
    following = ask()
    assert 0.1 < await waiting(memory, following) <= 0.6 + ROUNDING
    await asyncio.sleep(0.61)
    await taken(memory, following)


async def test_the_gap_counts_from_the_end_of_the_answer(memory: Memory) -> None:
    await memory.give_back(await taken(memory, ask(gap=0)), Rest(0))
    assert 4 < await waiting(memory, ask(gap=5)) <= 5 + ROUNDING


async def test_turns_are_first_come_first_served(memory: Memory) -> None:
    holding = await taken(memory, ask(gap=0.02))
    early, late = ask(gap=0.02), ask(gap=0.02)
    await waiting(memory, early)
    await waiting(memory, late)
    await memory.give_back(holding, Rest(0))
    await asyncio.sleep(0.1)
    await waiting(memory, late)
    await taken(memory, early)


async def test_who_is_further_behind_waits_longer(memory: Memory) -> None:
    await taken(memory, ask())
    waits = [await waiting(memory, ask()) for _ in range(3)]
    assert waits == sorted(waits)
    assert waits[2] - waits[0] > 0.15


async def test_who_leaves_the_queue_lets_the_next_one_through(memory: Memory) -> None:
    holding = await taken(memory, ask(gap=0.02))
    early, late = ask(gap=0.02), ask(gap=0.02)
    await waiting(memory, early)
    await waiting(memory, late)
    await memory.give_back(holding, Rest(0))
    await memory.leave(early.holder)
    await asyncio.sleep(0.1)
    await taken(memory, late)


async def test_who_was_never_there_may_leave(memory: Memory) -> None:
    await memory.leave(uuid4())


async def test_hosts_that_share_a_key_share_a_number_of_requests_in_flight(memory: Memory) -> None:
    network, platform = "net:203.0.113.0/24", "platform:ecatholic"
    first = await taken(memory, ask("a.example", (network, platform)))
    await taken(memory, ask("b.example", (network,)))
    third = ask("c.example", (network,))
    await waiting(memory, third)
    await taken(memory, ask("d.example", (platform,)))
    await memory.give_back(first, Rest(0))
    await taken(memory, third)


async def answered_in(memory: Memory, host: str, seconds: float) -> None:
    """Have it known that a host takes so long to answer."""
    await memory.give_back(await taken(memory, ask(host, gap=0)), Rest(0, took=seconds))


async def test_who_waits_for_a_crowded_key_is_told_when_one_in_flight_should_end(memory: Memory) -> None:
    for host, seconds in {"a.example": 3.0, "b.example": 7.0, "c.example": 1.0}.items():
        await answered_in(memory, host, seconds)
    for host in ("a.example", "b.example"):
        await taken(memory, ask(host, ("platform:wix",), gap=0))
    assert await waiting(memory, ask("c.example", ("platform:wix",), gap=0)) == pytest.approx(3, abs=0.2)
    assert await waiting(memory, ask("d.example", ("platform:wix",), gap=0)) == pytest.approx(7, abs=0.2)
    assert 7 < await waiting(memory, ask("e.example", ("platform:wix",), gap=0)) < 9


async def test_the_longer_one_in_flight_is_overdue_the_more_seldom_others_ask(memory: Memory) -> None:
    await answered_in(memory, "a.example", 0.01)
    await taken(memory, ask("a.example", ("platform:wix",), gap=0))
    waits = []
    for pause in (0.1, 0.3):
        await asyncio.sleep(pause)
        waits.append(await waiting(memory, ask("b.example", ("platform:wix",), most=1)))
    assert 0.025 <= waits[0] < waits[1]
    assert waits[1] >= 0.09


async def test_who_only_waits_for_its_own_host_keeps_nobody_from_a_shared_key(memory: Memory) -> None:
    await memory.give_back(await taken(memory, ask("a.example")), Rest(60))
    for _ in range(2):
        await waiting(memory, ask("a.example", ("platform:wix",)))
    await taken(memory, ask("b.example", ("platform:wix",), most=1))


async def test_who_waits_for_a_shared_key_goes_before_who_comes_later(memory: Memory) -> None:
    turn = await taken(memory, ask("a.example", ("platform:wix",), most=1))
    early, late = (ask(host, ("platform:wix",), gap=0, most=1) for host in ("b.example", "c.example"))
    await waiting(memory, early)
    await memory.give_back(turn, Rest(0))
    await waiting(memory, late)
    await taken(memory, early)


async def test_the_number_in_flight_is_the_askers_own_setting(memory: Memory) -> None:
    await taken(memory, ask("a.example", ("platform:wix",), most=1))
    await waiting(memory, ask("b.example", ("platform:wix",), most=1))


async def test_a_holder_that_fell_silent_loses_its_turn(memory: Memory) -> None:
    await taken(memory, ask(lease=0.1))
    await asyncio.sleep(0.15)
    await taken(memory, ask())


async def test_a_silent_holder_loses_its_part_of_a_shared_key(memory: Memory) -> None:
    await taken(memory, ask("a.example", ("platform:wix",), lease=0.1, most=1))
    await asyncio.sleep(0.15)
    await taken(memory, ask("b.example", ("platform:wix",), most=1))


async def test_a_lapsed_holder_cannot_end_its_successors_turn(memory: Memory) -> None:
    silent = await taken(memory, ask(lease=0.1, gap=0.01))
    await asyncio.sleep(0.15)
    await taken(memory, ask(gap=0.01))
    await memory.give_back(silent, Rest(0))
    await asyncio.sleep(0.02)
    await waiting(memory, ask(gap=0.01))


async def test_what_a_lapsed_holder_learnt_of_a_long_rest_is_kept(memory: Memory) -> None:
    silent = await taken(memory, ask(lease=0.1, gap=0.01))
    await asyncio.sleep(0.15)
    successor = await taken(memory, ask(gap=0.01))
    await memory.give_back(silent, Rest(60))
    await memory.give_back(successor, Rest(0))
    assert await waiting(memory, ask(gap=0.01)) > 50


async def test_takers_at_the_same_moment_never_exceed_the_limits(memory: Memory) -> None:
    crowd = [ask(f"{number % 10}.example", ("platform:wix",)) for number in range(30)]
    verdicts = await asyncio.gather(*(memory.take(wanted) for wanted in crowd))
    assert sum(isinstance(verdict, Turn) for verdict in verdicts) == 2


async def test_a_rest_that_a_lost_connection_kept_from_being_written_is_written_before_the_next_turn(
    database: Database,
) -> None:
    memory = FleetMemory(database)
    turn = await taken(memory, ask())
    async with database.transaction() as holding:
        await holding.execute("SELECT FROM hosts WHERE host = %s FOR UPDATE", (HOST,))
        giving_back = asyncio.create_task(memory.give_back(turn, Rest(60)))
        await its_connection_is_lost(database)
    await giving_back
    assert await waiting(memory, ask()) > 50


async def its_connection_is_lost(database: Database) -> None:
    """Wait until somebody waits for a row, and end that connection."""
    query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    async with asyncio.timeout(10):
        while True:
            async with database.transaction() as connection:
                if await (await connection.execute(query)).fetchone():
                    return
            await asyncio.sleep(0.02)


FILES = {
    "a file": RobotsFile(ORIGIN, 200, "User-agent: *\nDisallow: /misa/español"),
    "no file": RobotsFile(ORIGIN, 404),
    "a failure": RobotsFile(ORIGIN, 500, problem=Reason.HTTP_ERROR, detail="robots.txt answers 500"),
}


@pytest.mark.parametrize("case", FILES)
async def test_robots_txt_is_remembered_as_it_was(memory: Memory, case: str) -> None:
    await memory.keep_robots(FILES[case], 60)
    assert await memory.robots(ORIGIN) == FILES[case]


async def test_of_many_origins_those_are_told_that_are_known(memory: Memory) -> None:
    for case, file in FILES.items():
        await memory.keep_robots(replace(file, origin=f"http://{len(case)}.example"), 60)
    await memory.keep_robots(RobotsFile(ORIGIN, 404), 0.0)
    wanted = [ORIGIN, "http://nobody.example", *(f"http://{len(case)}.example" for case in FILES)]
    known = await memory.all_robots(wanted)
    assert sorted(file.status for file in known) == [200, 404, 500]
    assert all(0 < file.good_seconds <= 60 for file in known)


async def test_robots_txt_is_forgotten_when_its_time_is_over(memory: Memory) -> None:
    await memory.keep_robots(RobotsFile(ORIGIN, 404), 0.05)
    await asyncio.sleep(0.06)
    assert await memory.robots(ORIGIN) is None


async def test_the_newer_robots_txt_counts(memory: Memory) -> None:
    await memory.keep_robots(RobotsFile(ORIGIN, 500, problem=Reason.HTTP_ERROR, detail="500"), 60)
    await memory.keep_robots(RobotsFile(ORIGIN, 404), 60)
    assert await memory.robots(ORIGIN) == RobotsFile(ORIGIN, 404)


async def test_of_an_origin_nobody_asked_nothing_is_known(memory: Memory) -> None:
    assert await memory.robots("http://www.st-clement.example") is None
    assert await memory.page("http://www.st-clement.example/") is None
    assert await memory.body("0" * 64) is None


KEPT = Kept(
    key=f"{ORIGIN}/mass",
    url=f"{ORIGIN}/mass",
    final_url=f"{ORIGIN}/mass-times",
    route="http",
    status=200,
    headers=MappingProxyType({"content-type": "text/html"}),
    etag='"1"',
    last_modified=None,
    body_hash="a" * 64,
    fetched_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
    checked_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
    moved=True,
)


async def test_the_fleet_remembers_pages(database: Database) -> None:
    memory = FleetMemory(database)
    await memory.keep_page(KEPT, b"<h1>Mass Times")
    assert await memory.page(KEPT.key) == KEPT
    assert await memory.all_pages([KEPT.key, "http://nobody.example/"]) == [KEPT]
    assert await memory.body(KEPT.body_hash) == b"<h1>Mass Times"


async def test_the_fleet_remembers_when_a_page_was_confirmed_and_that_a_move_was_not(database: Database) -> None:
    memory = FleetMemory(database)
    await memory.keep_page(KEPT, b"<h1>Mass Times")
    later = KEPT.checked_at + timedelta(days=1)
    assert await memory.confirm_page(replace(KEPT, checked_at=later)) == b"<h1>Mass Times"
    await memory.forget_move(KEPT.key)
    assert await memory.page(KEPT.key) == replace(KEPT, checked_at=later, moved=False)


async def test_a_process_alone_keeps_no_pages() -> None:
    memory = ProcessMemory()
    await memory.keep_page(KEPT, b"<h1>Mass Times")
    assert await memory.confirm_page(KEPT) is None
    await memory.forget_move(KEPT.key)
    assert await memory.page(KEPT.key) is None
    assert await memory.all_pages([KEPT.key]) == []
    assert await memory.body(KEPT.body_hash) is None
