"""The pages that a parish's schedule was read from, as the last good visit left them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from vitality_lib.models import ParishEntry
from vitality_lib.store import parishes, schedule_pages
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.parishes import ListedParish
from vitality_lib.store.schedule_pages import SchedulePage

HOME = SchedulePage("https://brigid.example/", "00ff", "the homepage", services=1, kept=0)
TIMES = SchedulePage("https://brigid.example/mass", "11ee", "label 'Mass Times' +10", services=6, kept=6)


@pytest.fixture
async def brigid(connection: Connection, larkspur: int, now: datetime) -> int:
    await parishes.publish(connection, larkspur, [ListedParish("brigid", ParishEntry("St. Brigid"))], now)
    (parish,) = await parishes.current(connection, larkspur)
    return parish.id


async def test_pages_come_back_in_the_order_in_which_they_were_read(
    connection: Connection, brigid: int, now: datetime
) -> None:
    await schedule_pages.replace(connection, brigid, [HOME, TIMES], now)
    assert await schedule_pages.of_parish(connection, brigid) == (HOME, TIMES)


async def test_the_pages_of_the_next_visit_take_their_place(connection: Connection, brigid: int, now: datetime) -> None:
    await schedule_pages.replace(connection, brigid, [HOME, TIMES], now)
    await schedule_pages.replace(connection, brigid, [TIMES], now + timedelta(days=7))
    assert await schedule_pages.of_parish(connection, brigid) == (TIMES,)


async def test_the_same_pages_again_write_nothing(database: Database, larkspur: int, now, row_versions) -> None:  # type: ignore[no-untyped-def]
    async with database.transaction() as connection:
        await parishes.publish(connection, larkspur, [ListedParish("brigid", ParishEntry("St. Brigid"))], now)
        (parish,) = await parishes.current(connection, larkspur)
        await schedule_pages.replace(connection, parish.id, [HOME, TIMES], now)
    before = await row_versions()
    async with database.transaction() as connection:
        await schedule_pages.replace(connection, parish.id, [HOME, TIMES], now + timedelta(days=7))
    assert await row_versions() == before


async def test_a_parish_that_was_never_visited_has_none(connection: Connection, brigid: int) -> None:
    assert await schedule_pages.of_parish(connection, brigid) == ()
