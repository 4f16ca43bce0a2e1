"""A database that goes away for a moment, connection by connection or as a whole server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr
from tiny_country import Country, settled
from web.scripted_web import Answering, Asked, Reply

from vitality_lib.models import Reason
from vitality_lib.settings import load
from vitality_lib.stages import discovery, extraction, schedule
from vitality_lib.store import embedded, migrate
from vitality_lib.store.database import Database, connect
from vitality_lib.store.errors import DatabaseUnavailable
from vitality_lib.work.outages import through_outages

LOSE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"


async def lose_every_connection(database: Database) -> None:
    """What a failover or a pooler's restart does, to this process, too."""
    with pytest.raises(DatabaseUnavailable):
        async with database.transaction() as connection:
            await connection.execute(LOSE)


async def test_work_that_loses_the_database_is_done_again(database: Database) -> None:
    tries = []

    async def work() -> str:
        tries.append(1)
        async with database.transaction() as connection:
            if len(tries) < 3:
                await connection.execute(LOSE)
            return "done"

    assert await through_outages(database, work) == "done"
    assert len(tries) == 3


async def test_work_that_loses_it_every_time_is_at_fault_itself(database: Database) -> None:
    tries = []

    async def work() -> None:
        tries.append(1)
        async with database.transaction() as connection:
            await connection.execute(LOSE)

    with pytest.raises(DatabaseUnavailable):
        await through_outages(database, work)
    assert len(tries) == 5


async def test_other_failures_are_not_for_another_try(database: Database) -> None:
    async def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await through_outages(database, work)


def once_then(country: Country, address: str, meanwhile: Callable[[], Awaitable[None]]) -> None:
    """While `address` is asked for the first time, something happens."""
    answering: Answering = country.web.pages[address]
    happened = []

    async def answer(asked: Asked) -> Reply:
        if not happened:
            happened.append(1)
            await meanwhile()
        reply = answering(asked) if callable(answering) else answering
        assert isinstance(reply, Reply)
        return reply

    country.web.pages[address] = answer


PLACES = ("bishops.example/dioceses", "larkspur.example/", "larkspur.example/parishes", "st-anne.example/")


async def test_connections_lost_in_the_middle_of_every_kind_of_unit_change_nothing_in_the_end(
    country: Country, tmp_path: Path
) -> None:
    for place in PLACES:
        once_then(country, place, lambda: lose_every_connection(country.database))
    await country.do(discovery, extraction, schedule)
    assert set((await country.outcomes()).values()) == {Reason.OK.value}
    assert set((await country.outcomes(kind="diocese")).values()) == {Reason.OK.value}
    lost = await country.facts()
    await country.do(discovery, extraction, schedule, run="undisturbed", force=True)
    assert await country.facts() == lost


# --- the server itself -----------------------------------------------------------------------------------------------


async def test_a_server_that_is_restarted_under_a_crawl_is_waited_for(home: Path, tmp_path: Path) -> None:
    with embedded.running(home) as server, ExitStack() as second:
        migrate.upgrade(server.url("vitality"))

        async def restart() -> None:
            await asyncio.to_thread(embedded.stop, home)
            await asyncio.to_thread(second.enter_context, embedded.running(home))

        settings = load(database_url=SecretStr(server.url("vitality")))
        async with connect(settings) as database, settled(database, tmp_path) as country:
            once_then(country, "larkspur.example/parishes", restart)
            await country.do(discovery, extraction, schedule)
            assert set((await country.outcomes()).values()) == {Reason.OK.value}


async def test_a_server_that_stays_away_ends_the_work_when_patience_is_over(home: Path) -> None:
    with embedded.running(home) as server:
        migrate.upgrade(server.url("vitality"))
        async with connect(load(database_url=SecretStr(server.url("vitality")))) as database:

            async def work() -> None:
                async with database.transaction() as connection:
                    await asyncio.to_thread(embedded.stop, home)
                    await connection.execute("SELECT 1")

            began = time.monotonic()
            with pytest.raises(DatabaseUnavailable):
                await through_outages(database, work, patience=1.0)
            assert time.monotonic() - began < 20
