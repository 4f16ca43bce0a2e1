"""Two dioceses to work on, and settings with a quick heart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from vitality_lib.models import Diocese
from vitality_lib.settings import Settings, load
from vitality_lib.store import dioceses
from vitality_lib.store.database import Database


@pytest.fixture
def quick(database_url: str) -> Settings:
    """Settings of the worker `ann`, whose heart beats every 50 ms."""
    return load(database_url=SecretStr(database_url), worker_id="ann", heartbeat_seconds=0.05, lease_seconds=0.4)


@pytest.fixture
async def two(database: Database) -> tuple[int, int]:
    """The ids of Aster and Bluebell."""
    async with database.transaction() as connection:
        now = datetime(2026, 3, 2, tzinfo=UTC)
        await dioceses.publish(connection, [Diocese("Aster"), Diocese("Bluebell")], now)
        first, second = await dioceses.listed(connection)
    return first.id, second.id
