"""Who is called because it is their turn: PostgreSQL tells every process as soon as one gives a turn back.

A connection of its own, for the whole life of a door. Where it cannot be had, or hears nothing (a pooler in transaction
mode hands no notifications on), those who wait ask again after the time that they were told: later, but as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import structlog
from psycopg import AsyncConnection, OperationalError, sql

from vitality_lib.store.database import CONNECT, Database

_CHANNEL = "vitality_turns"  # as in `call_next` of the schema
_AGAIN_SECONDS = 30.0
_log = structlog.get_logger(__name__)


@asynccontextmanager
async def listening(database: Database, call: Callable[[UUID], None]) -> AsyncIterator[None]:
    """While the context is open, `call` hears each holder whose turn may have come, of whatever process."""
    tried = asyncio.Event()
    task = asyncio.create_task(_listen(database.url, call, tried))
    try:
        await tried.wait()
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _listen(url: str, call: Callable[[UUID], None], tried: asyncio.Event) -> None:
    """Listen for ever; `tried` is set when it listens, or could not at the first try."""
    while True:
        try:
            async with await AsyncConnection.connect(url, autocommit=True, **CONNECT) as connection:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(_CHANNEL)))
                tried.set()
                async for heard in connection.notifies():
                    call(UUID(heard.payload))
        except OperationalError as error:
            _log.debug("not listening for turns", why=str(error).strip())
        tried.set()
        await asyncio.sleep(_AGAIN_SECONDS)
