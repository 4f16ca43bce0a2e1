"""Connections to PostgreSQL: one pool a process, one transaction a question or a publication.

Works behind a pooler in transaction mode (Supabase, PgBouncer): nothing is prepared, no session is configured, locks
are transactions' locks.
"""

from __future__ import annotations

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
from vitality_lib.store.address import available, reason, url_of, where
from vitality_lib.store.errors import DatabaseUnavailable

Connection: TypeAlias = AsyncConnection[TupleRow]
CONNECT: dict[str, Any] = {"prepare_threshold": None, "connect_timeout": 10, "application_name": "vitality"}
CONNECTIONS = 8  # of one process at most
PATIENCE = 30.0  # seconds to wait for a connection


@dataclass(frozen=True)
class Database:
    """An open database. `url` holds the password: never show it, `store.address.where` says it without."""

    url: str
    _pool: AsyncConnectionPool[Connection]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A connection inside a transaction: committed at the end, rolled back by an exception.

        Raises DatabaseUnavailable when none can be had, or when it is lost on the way.
        """
        lost: Connection | None = None
        try:
            async with self._pool.connection() as connection:
                lost = connection
                yield connection
        except PoolTimeout as error:
            raise DatabaseUnavailable(reason(self.url, error)) from None
        except (OperationalError, IdleInTransactionSessionTimeout) as error:
            if lost is not None and not lost.broken:
                raise
            raise DatabaseUnavailable(reason(self.url, error)) from None

    @asynccontextmanager
    async def statement(self) -> AsyncIterator[Connection]:
        """A connection on which each statement is a transaction: its locks end with it, not when we come to commit.

        Raises as `transaction` does.
        """
        async with self.transaction() as connection:
            await connection.set_autocommit(True)
            try:
                yield connection
            finally:
                if not connection.closed:
                    await connection.set_autocommit(False)


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
        async with AsyncConnectionPool(
            url,
            connection_class=AsyncConnection[TupleRow],
            kwargs=CONNECT,
            min_size=1,
            max_size=connections,
            timeout=patience,
            open=False,
            check=AsyncConnectionPool.check_connection,
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


async def _check(url: str) -> None:
    """Fail at once, and with PostgreSQL's own words, rather than after the pool's patience."""
    try:
        async with await AsyncConnection.connect(url, **CONNECT) as connection:
            state = await schema_state.read(connection)
    except OperationalError as error:
        raise DatabaseUnavailable(reason(url, error)) from None
    schema_state.demand_current(state, where(url))
