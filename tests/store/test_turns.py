"""Whose turn it is, in PostgreSQL: the function `take_turn` and what gives a turn back."""

import asyncio
from dataclasses import replace
from uuid import uuid4

from vitality_lib.models import Reason
from vitality_lib.store import turns
from vitality_lib.store.database import Database
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait


def ask(host: str = "www.st-clement.example", keys: tuple[str, ...] = (), gap: float = 0.2, lease: float = 30) -> Ask:
    return Ask(uuid4(), host, keys, gap, lease, most=2)


async def take(database: Database, wanted: Ask) -> Turn | Wait | Shut:
    async with database.transaction() as connection:
        return await turns.take(connection, wanted)


async def taken(database: Database, wanted: Ask) -> Turn:
    turn = await take(database, wanted)
    assert isinstance(turn, Turn)
    return turn


async def give_back(database: Database, turn: Turn, rest: Rest) -> None:
    async with database.transaction() as connection:
        await turns.give_back(connection, turn, rest)


async def test_the_first_to_ask_has_the_turn_at_once(database: Database) -> None:
    wanted = ask()
    assert await take(database, wanted) == Turn(wanted.holder, wanted.host, failures=0)


async def test_one_request_in_flight_per_host_and_who_waits_waits_at_least_the_gap(database: Database) -> None:
    await taken(database, ask())
    second = await take(database, ask())
    assert isinstance(second, Wait)
    assert 0.19 < second.seconds <= 0.2


async def test_after_a_response_the_host_rests(database: Database) -> None:
    turn = await taken(database, ask())
    await give_back(database, turn, Rest(0.3))
    following = ask()
    wait = await take(database, following)
    assert isinstance(wait, Wait)
    assert 0.2 < wait.seconds <= 0.3
    await asyncio.sleep(wait.seconds)
    await taken(database, following)


async def test_a_crawl_delay_counts_from_the_end_of_the_last_response_even_when_it_is_learnt_later(
    database: Database,
) -> None:
    await give_back(database, await taken(database, ask(gap=0.01)), Rest(0.01))
    wait = await take(database, ask(gap=5))
    assert isinstance(wait, Wait)
    assert 4.5 < wait.seconds <= 5


async def test_turns_are_first_come_first_served(database: Database) -> None:
    holding = await taken(database, ask())
    early, late = ask(), ask()
    assert isinstance(await take(database, early), Wait)
    await take(database, late)
    await give_back(database, holding, Rest(0))
    await asyncio.sleep(0.25)
    behind = await take(database, late)
    assert isinstance(behind, Wait)
    assert behind.seconds >= early.gap
    await taken(database, early)


async def test_who_leaves_the_queue_lets_the_next_one_through(database: Database) -> None:
    holding = await taken(database, ask())
    early, late = ask(), ask()
    await take(database, early)
    await take(database, late)
    await give_back(database, holding, Rest(0))
    async with database.transaction() as connection:
        await turns.leave(connection, early.holder)
    await asyncio.sleep(0.25)
    await taken(database, late)


async def test_two_in_flight_per_network_or_platform_and_not_three(database: Database) -> None:
    shared = ("net:203.0.113.0/24", "platform:ecatholic")
    first = await taken(database, ask("a.example", shared))
    await taken(database, ask("b.example", shared[:1]))
    third = ask("c.example", shared)
    assert isinstance(await take(database, third), Wait)
    await taken(database, ask("d.example", ("net:198.51.100.0/24",)))
    await give_back(database, first, Rest(0))
    await taken(database, third)


async def test_a_crashed_holders_turn_lapses(database: Database) -> None:
    await taken(database, ask(lease=0.1))
    await asyncio.sleep(0.15)
    await taken(database, ask())


async def test_a_lapsed_holder_cannot_end_its_successors_turn(database: Database) -> None:
    silent = await taken(database, ask(lease=0.1, gap=0.01))
    await asyncio.sleep(0.15)
    await taken(database, ask(gap=0.01))
    await give_back(database, silent, Rest(0))
    await asyncio.sleep(0.02)
    assert isinstance(await take(database, ask(gap=0.01)), Wait)


async def test_an_open_breaker_shuts_the_host_and_then_lets_one_probe_through(database: Database) -> None:
    turn = await taken(database, ask(gap=0))
    await give_back(database, turn, Rest(0, failures=5, shut_seconds=0.2, shut_reason=Reason.TIMEOUT))
    shut = await take(database, ask(gap=0))
    assert isinstance(shut, Shut)
    assert shut.reason == Reason.TIMEOUT
    await asyncio.sleep(shut.seconds + 0.01)
    probe = await taken(database, ask(gap=0))
    assert probe.failures == 5
    assert isinstance(await take(database, ask(gap=0)), Wait)


async def test_takers_at_the_same_moment_never_exceed_the_limits(database: Database) -> None:
    crowd = [ask(f"{number}.example", ("platform:wix", f"net:{number % 3}")) for number in range(30)]
    verdicts = await asyncio.gather(*(take(database, replace(wanted)) for wanted in crowd))
    assert sum(isinstance(verdict, Turn) for verdict in verdicts) == 2
