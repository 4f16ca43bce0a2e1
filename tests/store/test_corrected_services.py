"""Corrections take effect at once, outlive the next reading, end when they end, and are safe beside a crawl."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from vitality_lib.models import Day, Evidence, ParishEntry, Recurrence, Service, ServiceType, Stage, Standing, UnitKind
from vitality_lib.store import corrections, parishes, services, visits
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.errors import NoSuchCorrection
from vitality_lib.store.parishes import ListedParish
from vitality_lib.units.publishing import let_go, publish_again, publish_reading

DAY = timedelta(days=1)
SITE = "https://brigid.example/"
PAGE = Evidence("00ff", f"{SITE}mass", "Sunday 8:00 \x00am", 0, 14, "list", 0.9)
SUNDAY = Service(ServiceType.MASS, Recurrence((Day.SU,)), "08:00", church="Chapel of St. Fiacre", evidence=(PAGE,))
FRIDAY = Service(
    ServiceType.ADORATION, Recurrence((Day.FR,), ("1", "last"), "lent"), "21:00", "06:00", nights=1, evidence=(PAGE,)
)
READ = (SUNDAY, FRIDAY)
HALF_PAST = replace(SUNDAY, start="08:30", evidence=())


@pytest.fixture
async def brigid(database: Database, larkspur: int, now: datetime) -> int:
    async with database.transaction() as connection:
        entry = ParishEntry("St. Brigid", website=SITE)
        await parishes.publish(connection, larkspur, [ListedParish("brigid", entry)], now)
        (parish,) = await parishes.current(connection, larkspur)
        await publish_reading(connection, parish.id, READ, now)
    return parish.id


async def correct(
    connection: Connection, parish: int, now: datetime, wrong: Service | None, right: Service | None,
    *, expires: datetime | None = None,
) -> int:  # fmt: skip
    number = await corrections.put(
        connection, parish, wrong=wrong, right=right, why="I was there", set_by="Ann", now=now, expires_at=expires
    )
    await publish_again(connection, parish, now)
    return number


async def published(connection: Connection, parish: int) -> list[str]:
    return sorted(f"{one.service.type} {one.service.start}" for one in await services.current(connection, parish))


async def standing(connection: Connection, parish: int) -> list[Standing]:
    return [one.standing for one in await corrections.every(connection, parish_id=parish)]


async def test_a_correction_takes_effect_at_once_and_says_who_and_why(
    connection: Connection, brigid: int, now: datetime
) -> None:
    await correct(connection, brigid, now, SUNDAY, HALF_PAST)
    assert await published(connection, brigid) == ["adoration 21:00", "mass 08:30"]
    (said,) = [one.service for one in await services.current(connection, brigid) if one.service.start == "08:30"]
    assert said.value == HALF_PAST.value
    assert said.evidence == (Evidence("", SITE, "I was there (Ann, 2026-03-02)", 0, 0, "correction", 1.0),)


async def test_it_outlives_the_next_readings(connection: Connection, brigid: int, now: datetime) -> None:
    await correct(connection, brigid, now, SUNDAY, HALF_PAST)
    before = await services.current(connection, brigid)
    for day in (1, 2):
        assert not (await publish_reading(connection, brigid, READ, now + day * DAY)).any
    assert await services.current(connection, brigid) == before
    (kept,) = await corrections.every(connection, parish_id=brigid)
    assert (kept.standing, kept.used_at) == (Standing.USED, now + 2 * DAY)


async def test_the_last_reading_is_known_without_any_correction(
    connection: Connection, brigid: int, now: datetime
) -> None:
    read = {one.service for one in await services.current(connection, brigid)}
    await correct(connection, brigid, now, SUNDAY, HALF_PAST)
    await correct(connection, brigid, now, FRIDAY, None)
    await correct(connection, brigid, now, None, replace(SUNDAY, start="18:00", evidence=()))
    await correct(connection, brigid, now, HALF_PAST, replace(HALF_PAST, start="08:45"))
    assert await published(connection, brigid) == ["mass 08:45", "mass 18:00"]
    assert set(await corrections.last_reading(connection, brigid)) == read


async def test_withdrawing_brings_back_what_was_read(connection: Connection, brigid: int, now: datetime) -> None:
    read = {one.service for one in await services.current(connection, brigid)}
    number = await correct(connection, brigid, now, SUNDAY, HALF_PAST)
    await corrections.withdraw(connection, number, now + DAY)
    await publish_again(connection, brigid, now + DAY)
    assert {one.service for one in await services.current(connection, brigid)} == read
    assert await standing(connection, brigid) == [Standing.ENDED]
    with pytest.raises(NoSuchCorrection, match=f"no correction {number} is in force"):
        await corrections.withdraw(connection, number, now + DAY)


async def test_a_site_that_says_the_same_by_now_needs_it_no_longer(
    connection: Connection, brigid: int, now: datetime
) -> None:
    await correct(connection, brigid, now, SUNDAY, HALF_PAST)
    stated = replace(HALF_PAST, evidence=(replace(PAGE, quote="Sunday 8:30 am"),))
    changes = await publish_reading(connection, brigid, (stated, FRIDAY), now + DAY)
    assert (changes.inserted, changes.gone, changes.updated) == (0, 0, 1)  # the page is its evidence now
    assert await standing(connection, brigid) == [Standing.NOT_NEEDED]
    await publish_reading(connection, brigid, READ, now + 2 * DAY)  # and when the site falls back, it counts again
    assert await standing(connection, brigid) == [Standing.USED]
    assert await published(connection, brigid) == ["adoration 21:00", "mass 08:30"]


async def test_one_that_expired_counts_no_more_whether_or_not_the_site_can_be_read(
    connection: Connection, brigid: int, now: datetime
) -> None:
    await correct(connection, brigid, now, SUNDAY, HALF_PAST, expires=now + DAY)
    assert not (await let_go(connection, brigid, now + DAY / 2)).any
    assert (await let_go(connection, brigid, now + DAY)).any
    assert await published(connection, brigid) == ["adoration 21:00", "mass 08:00"]
    assert not (await let_go(connection, brigid, now + 2 * DAY)).any


async def test_a_parish_is_due_at_the_latest_when_a_correction_expires(
    connection: Connection, brigid: int, now: datetime
) -> None:
    async def visited(at: datetime) -> datetime:
        kind = UnitKind.PARISH
        return await visits.record(connection, Stage.SCHEDULE, kind, brigid, good=True, changed=False, now=at)

    assert await visited(now) == now + DAY
    await correct(connection, brigid, now, SUNDAY, HALF_PAST, expires=now + DAY / 2)
    assert await visited(now) == now + DAY / 2
    assert await visited(now + DAY / 2) > now + DAY  # it expired: nothing more to wait for


async def test_history_keeps_what_was_read_before(connection: Connection, brigid: int, now: datetime) -> None:
    await correct(connection, brigid, now + DAY, SUNDAY, HALF_PAST)
    rows = await connection.execute("SELECT start_time, valid_to FROM services WHERE type = 'mass' ORDER BY id")
    assert await rows.fetchall() == [("08:00", now + DAY), ("08:30", None)]


async def test_a_correction_and_crawls_at_once_leave_the_corrected_reading(
    database: Database, brigid: int, now: datetime
) -> None:
    async def crawl() -> None:
        async with database.transaction() as connection:
            await publish_reading(connection, brigid, READ, now + DAY)

    async def person(hour: int) -> None:
        async with database.transaction() as connection:
            right = replace(SUNDAY, start=f"{hour}:00", evidence=())
            await correct(connection, brigid, now + DAY, None, right)

    await asyncio.gather(crawl(), person(17), crawl(), person(18), crawl(), person(19), crawl())
    async with database.transaction() as connection:
        assert await published(connection, brigid) == [
            "adoration 21:00",
            *(f"mass {hour}:00" for hour in ("08", "17", "18", "19")),
        ]
        assert len(await corrections.last_reading(connection, brigid)) == 2
        assert set(await standing(connection, brigid)) == {Standing.USED}


async def test_a_service_that_cannot_be_said_in_words_is_rejected_alone(
    connection: Connection, brigid: int, now: datetime
) -> None:
    unsayable = Service(ServiceType.MASS, Recurrence((Day.SU,), ("9",)), "07:00", evidence=(PAGE,))
    await publish_reading(connection, brigid, (*READ, unsayable), now)
    assert await published(connection, brigid) == ["adoration 21:00", "mass 08:00"]
