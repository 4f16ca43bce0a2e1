"""The circuit breaker of a host, closed, open and half-open: the same in PostgreSQL and in one process."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest

from vitality_lib.models import Reason
from vitality_lib.settings import Settings
from vitality_lib.store.database import connect
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait
from vitality_lib.web.memory import FleetMemory, Memory
from vitality_lib.web.process_memory import ProcessMemory

HOST = "www.st-brendan.example"
PAUSE = 0.3  # seconds
OPENED = Rest(0, failures=5, shut_seconds=PAUSE, shut_reason=Reason.TIMEOUT)
OPENED_AGAIN = Rest(0, failures=6, shut_seconds=60, shut_reason=Reason.TIMEOUT)
GOOD = Rest(0, took=0.1)
INTERRUPTED = Rest(0, learnt=False)


@pytest.fixture(params=["the fleet's", "the process's"])
def memory(request: pytest.FixtureRequest) -> Memory:
    if request.param == "the fleet's":
        return FleetMemory(request.getfixturevalue("database"))
    return ProcessMemory()


def ask(host: str = HOST, lease: float = 30) -> Ask:
    return Ask(uuid4(), host, (), gap=0, lease=lease, most=2)


async def taken(memory: Memory, wanted: Ask | None = None) -> Turn:
    verdict = await memory.take(wanted or ask())
    assert isinstance(verdict, Turn), verdict
    return verdict


async def opened(memory: Memory, rest: Rest = OPENED) -> None:
    await memory.give_back(await taken(memory), rest)


async def half_open(memory: Memory) -> None:
    await opened(memory)
    await asyncio.sleep(PAUSE + 0.02)


async def is_closed(memory: Memory) -> bool:
    """Whether who comes while another is in flight may queue."""
    turn = await taken(memory)
    queueing = ask()
    verdict = await memory.take(queueing)
    await memory.leave(queueing.holder)
    await memory.give_back(turn, INTERRUPTED)
    return isinstance(verdict, Wait)


async def test_closed_who_comes_later_queues(memory: Memory) -> None:
    assert await is_closed(memory)


async def test_failures_are_counted_for_whoever_asks_next(memory: Memory) -> None:
    await opened(memory, Rest(0, failures=4))
    assert (await taken(memory)).failures == 4


async def test_a_good_answer_forgets_the_failures(memory: Memory) -> None:
    await opened(memory, Rest(0, failures=4))
    await opened(memory, GOOD)
    assert (await taken(memory)).failures == 0


async def test_open_everybody_is_told_for_how_long_and_why(memory: Memory) -> None:
    await opened(memory, Rest(0, failures=5, shut_seconds=60, shut_reason=Reason.BLOCKED))
    for _ in range(3):
        verdict = await memory.take(ask())
        assert isinstance(verdict, Shut)
        assert verdict.reason == Reason.BLOCKED
        assert 50 < verdict.seconds <= 60


async def test_open_other_hosts_are_not_shut(memory: Memory) -> None:
    await opened(memory)
    await taken(memory, ask("www.st-clement.example"))


async def test_who_queued_when_it_opened_is_told_and_leaves_the_queue(memory: Memory) -> None:
    turn, queueing = await taken(memory), ask()
    await memory.take(queueing)
    await memory.give_back(turn, OPENED)
    assert isinstance(await memory.take(queueing), Shut)
    await asyncio.sleep(PAUSE + 0.02)
    await taken(memory)


async def test_half_open_exactly_one_of_many_is_the_probe_and_the_others_are_told_at_once(memory: Memory) -> None:
    await half_open(memory)
    verdicts = await asyncio.gather(*(memory.take(ask()) for _ in range(20)))
    assert sum(isinstance(verdict, Turn) for verdict in verdicts) == 1
    assert verdicts.count(Shut(0, Reason.TIMEOUT)) == 19


async def test_the_probe_knows_how_often_the_host_failed(memory: Memory) -> None:
    await half_open(memory)
    assert (await taken(memory)).failures == 5


async def test_a_probe_that_must_wait_for_a_shared_key_is_the_probe_all_the_same(memory: Memory) -> None:
    await half_open(memory)
    await taken(memory, Ask(uuid4(), "a.example", ("platform:wix",), 0, 30, 1))
    assert isinstance(await memory.take(Ask(uuid4(), HOST, ("platform:wix",), 0, 30, 1)), Wait)
    assert isinstance(await memory.take(ask()), Shut)


@dataclass(frozen=True)
class End:
    """How a probe ends, and what the breaker is then."""

    of: Callable[[Memory, Turn], Awaitable[None]]
    closed: bool


async def silence(memory: Memory, probe: Turn) -> None:
    await asyncio.sleep(0.15)


ENDS = {
    "a good answer closes it": End(lambda memory, probe: memory.give_back(probe, GOOD), closed=True),
    "an interrupted probe leaves it half-open": End(
        lambda memory, probe: memory.give_back(probe, INTERRUPTED), closed=False
    ),
    "a probe whose worker died leaves it half-open": End(silence, closed=False),
}


@pytest.mark.parametrize("case", ENDS)
async def test_after_the_probe(memory: Memory, case: str) -> None:
    await half_open(memory)
    await ENDS[case].of(memory, await taken(memory, ask(lease=0.1)))
    assert await is_closed(memory) is ENDS[case].closed


async def test_a_failed_probe_opens_it_again(memory: Memory) -> None:
    await half_open(memory)
    await memory.give_back(await taken(memory), OPENED_AGAIN)
    verdict = await memory.take(ask())
    assert isinstance(verdict, Shut)
    assert verdict.seconds > 50


async def test_it_outlives_the_process_that_opened_it(database_settings: Settings) -> None:
    async with connect(database_settings) as database:
        await opened(FleetMemory(database))
    async with connect(database_settings) as database:
        assert isinstance(await FleetMemory(database).take(ask()), Shut)
