"""Where pages of a parish contradict each other, as the last good visit left it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from vitality_lib.models import Day, Evidence, ParishEntry, Recurrence, Service, ServiceType
from vitality_lib.store import parishes, schedule_contradictions
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.parishes import ListedParish
from vitality_lib.store.schedule_contradictions import ContradictionOfParish, KeptContradiction, KeptSide, Stated


def side(url: str, start: str, words: str, quote: str | None = None) -> KeptSide:
    proof = Evidence("00ff", url, quote or words, 10, 20, "lines", 0.85)
    service = Service(ServiceType.MASS, Recurrence((Day.MO, Day.TU)), start, vigil=False, evidence=(proof,))
    return KeptSide(url, (Stated(service, words),))


TIMES = side("https://brigid.example/mass", "08:30", "Mass, Mondays and Tuesdays at 8:30 AM")
HOME = side("https://brigid.example/", "08:00", "Mass, Mondays and Tuesdays at 8:00 AM")
DECIDED = KeptContradiction(ServiceType.MASS, (Day.MO, Day.TU), TIMES, HOME, "it is read more surely", decided=True)
OPEN = KeptContradiction(ServiceType.MASS, (Day.SU,), HOME, TIMES, "nothing tells which is right", decided=False)


async def brigid_of(connection: Connection, larkspur: int, now: datetime) -> int:
    await parishes.publish(connection, larkspur, [ListedParish("brigid", ParishEntry("St. Brigid"))], now)
    (parish,) = await parishes.current(connection, larkspur)
    return parish.id


@pytest.fixture
async def brigid(connection: Connection, larkspur: int, now: datetime) -> int:
    return await brigid_of(connection, larkspur, now)


async def test_both_sides_come_back_whole_in_the_order_in_which_they_were_found(
    connection: Connection, brigid: int, now: datetime
) -> None:
    await schedule_contradictions.replace(connection, brigid, [DECIDED, OPEN], now)
    assert await schedule_contradictions.of_parish(connection, brigid) == (DECIDED, OPEN)


async def test_those_of_the_next_visit_take_their_place(connection: Connection, brigid: int, now: datetime) -> None:
    await schedule_contradictions.replace(connection, brigid, [DECIDED, OPEN], now)
    await schedule_contradictions.replace(connection, brigid, [OPEN], now + timedelta(days=7))
    assert await schedule_contradictions.of_parish(connection, brigid) == (OPEN,)
    await schedule_contradictions.replace(connection, brigid, [], now + timedelta(days=14))
    assert await schedule_contradictions.of_parish(connection, brigid) == ()


async def test_the_same_again_write_nothing(database: Database, larkspur: int, now, row_versions) -> None:  # type: ignore[no-untyped-def]
    async with database.transaction() as connection:
        parish = await brigid_of(connection, larkspur, now)
        await schedule_contradictions.replace(connection, parish, [DECIDED], now)
    before = await row_versions()
    async with database.transaction() as connection:
        await schedule_contradictions.replace(connection, parish, [DECIDED], now + timedelta(days=7))
    assert await row_versions() == before


async def test_those_of_all_published_parishes_come_with_their_parish_the_undecided_first(
    connection: Connection, brigid: int, now: datetime
) -> None:
    await schedule_contradictions.replace(connection, brigid, [DECIDED, OPEN], now)
    whose = ("Diocese of Larkspur", brigid, "St. Brigid", now)
    found = await schedule_contradictions.every(connection)
    assert found == (ContradictionOfParish(*whose, OPEN), ContradictionOfParish(*whose, DECIDED))
    await connection.execute("UPDATE parishes SET gone_at = %s", [now])
    assert await schedule_contradictions.every(connection) == ()


async def test_characters_that_the_database_cannot_hold_are_left_out(
    connection: Connection, brigid: int, now: datetime
) -> None:
    odd = side("https://brigid.example/\x00", "08:00", "Mass\x00", "Mass \ud800 8:00")
    await schedule_contradictions.replace(
        connection,
        brigid,
        [KeptContradiction(ServiceType.MASS, (Day.MO,), odd, TIMES, "because\x00", decided=True)],
        now,
    )
    (kept,) = await schedule_contradictions.of_parish(connection, brigid)
    assert (kept.better.url, kept.better.stated[0].words, kept.why) == ("https://brigid.example/", "Mass", "because")
