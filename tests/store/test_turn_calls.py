"""Who is called when a turn is given back: the first in the queue, in whatever process it waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from vitality_lib.store import turn_calls, turns
from vitality_lib.store.database import Database
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait


def ask(host: str, *keys: str) -> Ask:
    return Ask(uuid4(), host, keys or ("platform:wix",), 0.0, 30, 2)


async def take(database: Database, wanted: Ask) -> Turn | Wait | Shut:
    async with database.statement() as connection:
        return await turns.take(connection, wanted)


async def give_back(database: Database, wanted: Ask) -> None:
    async with database.statement() as connection:
        await turns.give_back(connection, Turn(wanted.holder, wanted.host, 0, wanted.most), Rest(0.0))


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator["asyncio.Queue[UUID]"]:
    heard: asyncio.Queue[UUID] = asyncio.Queue()
    async with turn_calls.listening(database, heard.put_nowait):
        yield heard


async def test_the_first_in_the_queue_of_a_platform_is_called_and_no_other(database: Database) -> None:
    flying = [ask("1.example"), ask("2.example")]
    queue = [ask("3.example"), ask("4.example")]
    for one in (*flying, *queue):
        await take(database, one)
    async with listening(database) as heard:
        await give_back(database, flying[0])
        assert await asyncio.wait_for(heard.get(), 5) == queue[0].holder
        assert isinstance(await take(database, queue[0]), Turn)
        await give_back(database, flying[1])
        assert await asyncio.wait_for(heard.get(), 5) == queue[1].holder
        assert heard.empty()


async def test_two_places_free_call_two_though_the_first_has_not_come_yet(database: Database) -> None:
    flying = [ask("1.example"), ask("2.example")]
    queue = [ask("3.example"), ask("4.example"), ask("5.example")]
    for one in (*flying, *queue):
        await take(database, one)
    async with listening(database) as heard:
        for one in flying:
            await give_back(database, one)
        called = [await asyncio.wait_for(heard.get(), 5) for _ in range(3)]
        assert sorted(called) == sorted([queue[0].holder, queue[0].holder, queue[1].holder])
        assert isinstance(await take(database, queue[1]), Turn)
        assert heard.empty()


async def test_who_waits_for_something_else_is_not_called(database: Database) -> None:
    flying = ask("1.example", "net:1")
    for one in (flying, ask("1.example", "net:1"), ask("2.example", "net:2"), ask("3.example", "net:2")):
        await take(database, one)
    async with listening(database) as heard:
        await give_back(database, flying)
        await asyncio.sleep(0.2)
        assert heard.empty()


async def test_the_end_of_the_connection_is_no_error(database: Database) -> None:
    async with listening(database) as heard:
        async with database.statement() as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
            )
        await asyncio.sleep(0.2)
        assert heard.empty()
