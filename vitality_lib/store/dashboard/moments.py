"""One moment of the database, for all the numbers of one page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from vitality_lib.store import schema_state
from vitality_lib.store.database import Connection

_BEGIN = """
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL statement_timeout = '5s'
"""


@dataclass(frozen=True)
class Moment:
    """A connection whose questions all see the database as it was `at` this time (the database's own clock)."""

    connection: Connection
    at: datetime


@asynccontextmanager
async def one_moment(connection: Connection) -> AsyncIterator[Moment]:
    """A read-only transaction; a question that takes longer than 5 s is cancelled (psycopg.errors.QueryCanceled).

    `connection` must be in no transaction yet. Raises SchemaOutOfDate when the tables are not those of this software.
    """
    async with connection.transaction():
        await connection.execute(_BEGIN)
        schema_state.demand_current(await schema_state.read(connection), "of the crawl")
        row = await (await connection.execute("SELECT clock_timestamp()")).fetchone()
        assert row is not None
        yield Moment(connection, row[0])
