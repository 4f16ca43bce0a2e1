"""Connections to PostgreSQL: one pool a process, one transaction a question or a publication.

Works behind a pooler in transaction mode (Supabase, PgBouncer): nothing is prepared there (`address.prepares`), no
session is configured, locks are transactions' locks.
"""

from __future__ import annotations

import select
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from psycopg import AsyncConnection, OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from vitality_lib.settings import Settings
from vitality_lib.store import schema_state
from vitality_lib.store.address import available, prepares, reason, url_of, where
from vitality_lib.store.errors import DatabaseUnavailable

Connection: TypeAlias = AsyncConnection[TupleRow]
CONNECT: dict[str, Any] = {"prepare_threshold": None, "connect_timeout": 10, "application_name": "vitality"}
CONNECTIONS = 8  # of one process at most
PATIENCE = 30.0  # seconds to wait for a connection
_PREPARED_FROM = 3  # a statement is prepared when it comes for the third time on a connection
_TRUSTED_SECONDS = 10.0  # for which a connection at rest is taken to live, unless something came from the server


class _PooledConnection(AsyncConnection[TupleRow]):
    """`used_at`: seconds of the monotonic clock."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.used_at = time.monotonic()


@dataclass(frozen=True)
class Database:
    """An open database. `url` holds the password: never show it, `store.address.where` says it without."""

    url: str
    _pool: AsyncConnectionPool[_PooledConnection]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A connection inside a transaction: committed at the end, rolled back by an exception.

        Raises DatabaseUnavailable when none can be had, or when it is lost on the way.
        """
        async with self._connection(autocommit=False) as connection, connection:
            yield connection

    @asynccontextmanager
    async def statement(self) -> AsyncIterator[Connection]:
        """A connection on which each statement is a transaction, in one round trip: its locks end with it.

        Raises as `transaction` does.
        """
        async with self._connection(autocommit=True) as connection:
            yield connection

    @asynccontextmanager
    async def _connection(self, autocommit: bool) -> AsyncIterator[Connection]:
        lost: _PooledConnection | None = None
        try:
            connection = await self._pool.getconn()
            try:
                lost = connection
                if connection.autocommit != autocommit:
                    await connection.set_autocommit(autocommit)
                yield connection
            finally:
                connection.used_at = time.monotonic()
                await self._pool.putconn(connection)
        except PoolTimeout as error:
            raise DatabaseUnavailable(reason(self.url, error)) from None
        except (OperationalError, IdleInTransactionSessionTimeout) as error:
            if lost is not None and not lost.broken:
                raise
            raise DatabaseUnavailable(reason(self.url, error)) from None


@asynccontextmanager
async def connect(
    settings: Settings, *, connections: int = CONNECTIONS, patience: float = PATIENCE
) -> AsyncIterator[Database]:
    """Open the database of these settings; the embedded server is started when it is that one and it is down.

    At most so many connections are held, and one is waited for so many seconds.

    Raises DatabaseUnavailable, and SchemaOutOfDate unless the tables are those of this version of the software.
    """
    with available(settings) as url:
        await _check(url)
        prepared_from = _PREPARED_FROM if prepares(settings, url) else None
        async with AsyncConnectionPool(
            url,
            connection_class=_PooledConnection,
            kwargs={**CONNECT, "autocommit": True, "prepare_threshold": prepared_from},
            min_size=1,
            max_size=connections,
            timeout=patience,
            open=False,
            check=_alive,
        ) as pool:
            yield Database(url, pool)


@asynccontextmanager
async def one_transaction(settings: Settings) -> AsyncIterator[Connection]:
    """A connection for a single transaction. It starts no server and needs no pool. Raises DatabaseUnavailable."""
    url = url_of(settings)
    try:
        async with await AsyncConnection.connect(url, **CONNECT) as connection:
            yield connection
    except OperationalError as error:
        raise DatabaseUnavailable(reason(url, error)) from None


async def _alive(connection: _PooledConnection) -> None:
    """Ask the server only where there is a sign that it may be gone: its last words are waiting, or a long silence."""
    if time.monotonic() - connection.used_at > _TRUSTED_SECONDS or _has_come(connection):
        await AsyncConnectionPool.check_connection(connection)


def _has_come(connection: Connection) -> bool:
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


async def _check(url: str) -> None:
    """Fail at once, and with PostgreSQL's own words, rather than after the pool's patience."""
    try:
        async with await AsyncConnection.connect(url, **CONNECT) as connection:
            state = await schema_state.read(connection)
    except OperationalError as error:
        raise DatabaseUnavailable(reason(url, error)) from None
    schema_state.demand_current(state, where(url))
