"""Whose turn it is, in PostgreSQL: what only a database shared by many can get wrong. The rules: web/test_memory.py."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from vitality_lib.store import turns
from vitality_lib.store.database import Database
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait


def ask(host: str = "www.st-clement.example", keys: tuple[str, ...] = (), lease: float = 30) -> Ask:
    return Ask(uuid4(), host, keys, 0.01, lease, most=2)


async def take(database: Database, wanted: Ask) -> Turn | Wait | Shut:
    async with database.statement() as connection:
        return await turns.take(connection, wanted)


async def at_once(database: Database, crowd: Sequence[Ask]) -> list[Turn]:
    verdicts = await asyncio.gather(*(take(database, wanted) for wanted in crowd))
    return [verdict for verdict in verdicts if isinstance(verdict, Turn)]


async def waiting(database: Database) -> int:
    async with database.transaction() as connection:
        rows = await connection.execute("SELECT count(*) FROM turns")
        return (await rows.fetchone() or (0,))[0]


async def test_takers_at_the_same_moment_never_exceed_the_limits(database: Database) -> None:
    crowd = [ask(f"{number}.example", ("platform:wix", f"net:{number % 3}")) for number in range(30)]
    assert len(await at_once(database, crowd)) == 2


async def test_takers_of_many_keys_in_any_order_do_not_block_each_other_for_ever(database: Database) -> None:
    keys = [f"net:{number}" for number in range(6)]
    crowd = [ask(f"{number}.example", tuple(keys[number % 6 :] + keys[: number % 6])) for number in range(60)]
    async with asyncio.timeout(30):
        assert len(await at_once(database, crowd)) == 2


async def test_many_who_sweep_the_same_silent_holders_away_do_not_block_each_other(database: Database) -> None:
    silent = [
        ask(f"{number}.example", (f"net:{number % 5}", f"domain:{number % 4}"), lease=0.01) for number in range(8)
    ]
    for wanted in silent:
        await take(database, replace(wanted, most=100))
    await asyncio.sleep(0.05)
    sweeping = [ask(f"{number}.test", (f"net:{number % 5}", f"domain:{number % 4}")) for number in range(40)]
    async with asyncio.timeout(30):
        await at_once(database, sweeping)
    assert await waiting(database) == 40


async def test_the_locks_of_a_question_end_with_it(database: Database) -> None:
    async with database.statement() as connection:
        await turns.take(connection, ask(keys=("platform:wix",)))
        rows = await connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert await rows.fetchone() == (0,)


async def test_a_turn_that_was_given_back_twice_is_no_error(database: Database) -> None:
    turn = await take(database, ask())
    assert isinstance(turn, Turn)
    for _ in range(2):
        async with database.statement() as connection:
            await turns.give_back(connection, turn, Rest(0))
    assert await waiting(database) == 0
