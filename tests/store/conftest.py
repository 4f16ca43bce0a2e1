"""A connection to write with, one diocese to write about, and a way to see whether anything was written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest

from vitality_lib.models import Diocese
from vitality_lib.store import dioceses, schema_state
from vitality_lib.store.database import Connection, Database

Versions = Callable[[], Awaitable[frozenset[tuple[str, str, str]]]]


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[Connection]:
    """One transaction; what it wrote is kept when the test ends well."""
    async with database.transaction() as opened:
        yield opened


@pytest.fixture
def row_versions(database: Database) -> Versions:
    """Where each committed row of each table stands: a row that is written again stands elsewhere."""

    async def look() -> frozenset[tuple[str, str, str]]:
        seen: set[tuple[str, str, str]] = set()
        async with database.transaction() as opened:
            for table in schema_state.tables():
                rows = await opened.execute(f"SELECT ctid::text, xmin::text FROM {table}".encode())
                seen |= {(table, place, writer) async for place, writer in rows}
        return frozenset(seen)

    return look


@pytest.fixture
async def larkspur(database: Database, now: datetime) -> int:
    """The id of the Diocese of Larkspur, the only one on the list."""
    async with database.transaction() as opened:
        await dioceses.publish(opened, [Diocese("Diocese of Larkspur", website="https://larkspur.example/")], now)
        (known,) = await dioceses.listed(opened)
    return known.id
