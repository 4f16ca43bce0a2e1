"""A task that runs twice at once, on two schedulers or after a lost message, leaves the same tables as one."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime

from vitality_lib.models import Day, Diocese, ParishEntry, Recurrence, Service, ServiceType
from vitality_lib.store import dioceses, parishes, services
from vitality_lib.store.changes import Changes
from vitality_lib.store.database import Database
from vitality_lib.store.parishes import ListedParish

AT_ONCE = 6


async def test_the_list_of_dioceses(database: Database, now: datetime) -> None:
    async def publish(seed: int) -> Changes:
        given = [Diocese(f"Diocese {number}", city="Larkspur") for number in range(50)]
        random.Random(seed).shuffle(given)
        async with database.transaction() as connection:
            return await dioceses.publish(connection, given, now)

    changes = await asyncio.gather(*map(publish, range(AT_ONCE)))
    assert sorted(one.inserted for one in changes) == [0] * (AT_ONCE - 1) + [50]


async def test_the_parishes_of_a_diocese(database: Database, larkspur: int, now: datetime) -> None:
    async def publish(seed: int) -> Changes:
        given = [ListedParish(f"{number}", ParishEntry(f"St. Brigid of Hill {number}")) for number in range(50)]
        random.Random(seed).shuffle(given)
        async with database.transaction() as connection:
            return await parishes.publish(connection, larkspur, given, now)

    changes = await asyncio.gather(*map(publish, range(AT_ONCE)))
    assert sorted(one.inserted for one in changes) == [0] * (AT_ONCE - 1) + [50]
    assert sum(one.updated + one.gone for one in changes) == 0


async def test_the_services_of_a_parish(database: Database, larkspur: int, now: datetime) -> None:
    async with database.transaction() as connection:
        await parishes.publish(connection, larkspur, [ListedParish("b", ParishEntry("St. Brigid"))], now)
        (parish,) = await parishes.current(connection, larkspur)
    stated = [
        Service(ServiceType.MASS, Recurrence((Day.SU,)), f"{hour:02}:00", church=f"Church {hour}")
        for hour in range(7, 12)
    ]

    async def publish(_: int) -> Changes:
        async with database.transaction() as connection:
            return await services.publish(connection, parish.id, stated, lambda service: f"Mass {service.start}", now)

    changes = await asyncio.gather(*map(publish, range(AT_ONCE)))
    assert sorted(one.inserted for one in changes) == [0] * (AT_ONCE - 1) + [5]
    async with database.transaction() as connection:
        assert {one.service for one in await services.current(connection, parish.id)} == set(stated)
