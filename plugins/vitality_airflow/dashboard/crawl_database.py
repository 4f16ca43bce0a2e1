"""The crawl's database as the dashboard uses it: a small pool, opened at the first question of an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from weakref import WeakKeyDictionary

from vitality_airflow.database import database_settings
from vitality_lib.settings import Settings
from vitality_lib.store.database import Connection, Database, connect
from vitality_lib.store.errors import DatabaseUnavailable

_CONNECTIONS = 4
_PATIENCE = 5.0  # seconds to wait for a connection: somebody looks at an empty page


class CrawlDatabase:
    """Opened when it is first needed; while it cannot be opened, each question tries anew."""

    def __init__(self) -> None:
        self._open: WeakKeyDictionary[asyncio.AbstractEventLoop, Database] = WeakKeyDictionary()
        self._opening: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()
        self._stacks: WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncExitStack] = WeakKeyDictionary()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A transaction on it. Raises DatabaseUnavailable, and SchemaOutOfDate when it is first opened."""
        database = await self._opened()
        async with database.transaction() as connection:
            yield connection

    async def settings(self) -> Settings:
        """The library's settings, with the database that Airflow knows."""
        return await asyncio.to_thread(database_settings)

    async def close(self) -> None:
        """Close what this event loop has opened."""
        loop = asyncio.get_running_loop()
        self._open.pop(loop, None)
        if stack := self._stacks.pop(loop, None):
            await stack.aclose()

    async def _opened(self) -> Database:
        loop = asyncio.get_running_loop()
        async with self._opening.setdefault(loop, asyncio.Lock()):
            if loop not in self._open:
                settings = await self.settings()
                if not settings.database_url.get_secret_value():
                    raise DatabaseUnavailable(
                        "no database is named: set Airflow's connection vitality_postgres, or DATABASE_URL"
                    )
                stack = AsyncExitStack()
                opened = connect(settings, connections=_CONNECTIONS, patience=_PATIENCE)
                self._open[loop] = await stack.enter_async_context(opened)
                self._stacks[loop] = stack
            return self._open[loop]
