"""What stood when, and what came or went since, can be asked of every publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from vitality_lib.models import Day, ParishEntry, Recurrence, Service, ServiceType
from vitality_lib.store import parishes, service_history, services
from vitality_lib.store.database import Connection
from vitality_lib.store.parishes import ListedParish

DAY = timedelta(days=1)
EIGHT = Service(ServiceType.MASS, Recurrence((Day.SU,)), "08:00", church="Chapel of St. Fiacre")
NINE = replace(EIGHT, start="09:00")
FRIDAY = Service(ServiceType.ADORATION, Recurrence((Day.FR,), ("1", "last")), "21:00", "06:00", nights=1)


@pytest.fixture
async def parish(connection: Connection, larkspur: int, now: datetime) -> int:
    await parishes.publish(connection, larkspur, [ListedParish("brigid", ParishEntry("St. Brigid"))], now)
    (known,) = await parishes.current(connection, larkspur)
    await publish(connection, known.id, [EIGHT, FRIDAY], now)
    await publish(connection, known.id, [NINE, FRIDAY], now + 10 * DAY)
    return known.id


async def publish(connection: Connection, parish: int, stated: Sequence[Service], at: datetime) -> None:
    await services.publish(connection, parish, stated, lambda one: f"{one.type} {one.start}", at)


async def stood(connection: Connection, parish: int, at: datetime) -> list[Service]:
    return [one.service for one in await service_history.as_of(connection, parish, at)]


async def test_the_schedule_of_any_moment_can_be_asked(connection: Connection, parish: int, now: datetime) -> None:
    assert await stood(connection, parish, now - DAY) == []
    assert await stood(connection, parish, now) == [EIGHT, FRIDAY]
    assert await stood(connection, parish, now + 10 * DAY - timedelta(seconds=1)) == [EIGHT, FRIDAY]
    assert await stood(connection, parish, now + 10 * DAY) == [FRIDAY, NINE]


async def test_what_moved_since_is_told_with_its_parish(connection: Connection, parish: int, now: datetime) -> None:
    gone, come = await service_history.moved(connection, now + DAY)
    assert (gone.service, gone.valid_from, gone.valid_to) == (EIGHT, now, now + 10 * DAY)
    assert (come.service, come.valid_from, come.valid_to) == (NINE, now + 10 * DAY, None)
    assert (come.diocese, come.parish, come.parish_id, come.words) == (
        "Diocese of Larkspur",
        "St. Brigid",
        parish,
        "mass 09:00",
    )
    assert await service_history.moved(connection, now + 10 * DAY) == ()


async def test_the_first_reading_of_a_parish_is_known_as_such(
    connection: Connection, parish: int, now: datetime
) -> None:
    moved = await service_history.moved(connection, now - DAY, parish_id=parish)
    assert [(one.service.start, one.first) for one in moved] == [("08:00", True), ("21:00", True), ("09:00", False)]


async def test_one_may_ask_of_one_parish_or_one_diocese(
    connection: Connection, parish: int, larkspur: int, now: datetime
) -> None:
    assert len(await service_history.moved(connection, now - DAY, diocese_id=larkspur)) == 3
    assert await service_history.moved(connection, now - DAY, diocese_id=larkspur + 1) == ()
    assert await service_history.moved(connection, now - DAY, parish_id=parish + 1) == ()
