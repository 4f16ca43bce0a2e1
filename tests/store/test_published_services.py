"""What a parish's pages state becomes what is published; what they stated before is kept with its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from psycopg import AsyncCursor
from psycopg.abc import Query
from psycopg.rows import TupleRow

from vitality_lib.models import Day, Evidence, ParishEntry, Recurrence, Service, ServiceType
from vitality_lib.store import parishes, services
from vitality_lib.store.changes import Changes
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.parishes import ListedParish

PROOF = Evidence("00ff", "https://brigid.example/mass", "Sunday 8:00 am", 120, 134, "table", 0.95)
SUNDAY = Service(ServiceType.MASS, Recurrence((Day.SU,)), "08:00", church="St. Brigid Church", evidence=(PROOF,))
FIRST_FRIDAY = Service(
    ServiceType.ADORATION,
    Recurrence((Day.FR,), ("1",), "lent"),
    "09:00",
    "24:00",
    "en/es",
    vigil=False,
    note="after Mass",
)
BY_APPOINTMENT = Service(ServiceType.CONFESSION, Recurrence(), note="by appointment")
ALL = (SUNDAY, FIRST_FRIDAY, BY_APPOINTMENT)


def say(service: Service) -> str:
    return f"{service.type} {service.start}"


@pytest.fixture
async def brigid(database: Database, larkspur: int, now: datetime) -> int:
    async with database.transaction() as connection:
        await parishes.publish(connection, larkspur, [ListedParish("brigid", ParishEntry("St. Brigid"))], now)
        (parish,) = await parishes.current(connection, larkspur)
    return parish.id


async def current(connection: Connection, parish: int) -> tuple[Service, ...]:
    return tuple(one.service for one in await services.current(connection, parish))


async def test_services_come_back_as_they_were_published(connection: Connection, brigid: int, now: datetime) -> None:
    assert await services.publish(connection, brigid, ALL, say, now) == Changes(inserted=3)
    assert await current(connection, brigid) == ALL
    first, *_ = await services.current(connection, brigid)
    assert first.words == "mass 08:00"


async def test_the_same_services_again_write_nothing(database: Database, brigid: int, now, row_versions) -> None:  # type: ignore[no-untyped-def]
    async with database.transaction() as connection:
        await services.publish(connection, brigid, ALL, say, now)
    before = await row_versions()
    elsewhere = replace(PROOF, page_hash="11ee", start=240, end=254, confidence=0.9)
    again = (BY_APPOINTMENT, replace(SUNDAY, evidence=(elsewhere,)), FIRST_FRIDAY)
    async with database.transaction() as connection:
        assert await services.publish(connection, brigid, again, say, now + timedelta(days=1)) == Changes()
    assert await row_versions() == before


async def test_a_publication_is_a_handful_of_statements_however_many_services(
    connection: Connection, brigid: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, execute = [], AsyncCursor.execute

    async def counted(cursor: AsyncCursor[TupleRow], query: Query, *rest: Any, **more: Any) -> AsyncCursor[TupleRow]:
        made.append(query)
        return await execute(cursor, query, *rest, **more)

    monkeypatch.setattr(AsyncCursor, "execute", counted)
    many = [replace(SUNDAY, start=f"{hour:02}:{minute}") for hour in range(6, 22) for minute in ("00", "30")]
    assert (await services.publish(connection, brigid, many, say, now)).inserted == 32
    assert len(made) == 6  # the lock, what stands, the churches twice, the services, the evidence
    assert await current(connection, brigid) == tuple(many)
    made.clear()
    other = [replace(one, evidence=(replace(PROOF, quote=f"at {one.start}"),)) for one in many[:20]]
    changes = await services.publish(
        connection, brigid, other, lambda one: f"other {say(one)}", now + timedelta(days=1)
    )
    assert (changes.updated, changes.gone) == (20, 12)
    assert len(made) == 7  # the lock, what stands, the gone, wordings kept and written, evidence away and anew
    assert await current(connection, brigid) == tuple(other)


async def test_another_time_ends_one_service_and_begins_another(
    connection: Connection, brigid: int, now: datetime
) -> None:
    later = now + timedelta(days=30)
    await services.publish(connection, brigid, ALL, say, now)
    at_nine = replace(SUNDAY, start="09:00")
    changes = await services.publish(connection, brigid, (at_nine, FIRST_FRIDAY, BY_APPOINTMENT), say, later)
    assert changes == Changes(inserted=1, gone=1)
    assert set(await current(connection, brigid)) == {at_nine, FIRST_FRIDAY, BY_APPOINTMENT}
    rows = await connection.execute(
        "SELECT start_time, valid_from, valid_to FROM services WHERE type = 'mass' ORDER BY id"
    )
    assert await rows.fetchall() == [("08:00", now, later), ("09:00", later, None)]


@pytest.mark.parametrize(
    "other",
    [
        replace(SUNDAY, type=ServiceType.OTHER_DEVOTION),
        replace(SUNDAY, recurrence=Recurrence((Day.SA,))),
        replace(SUNDAY, recurrence=Recurrence((Day.SU,), ("1", "3"))),
        replace(SUNDAY, recurrence=Recurrence((Day.SU,), season="summer")),
        replace(SUNDAY, end="09:00"),
        replace(SUNDAY, language="es"),
        replace(SUNDAY, church="Mission of St. Fiacre"),
        replace(SUNDAY, church=None),
        replace(SUNDAY, vigil=True),
        replace(SUNDAY, note="in the chapel"),
    ],
)
async def test_whatever_is_said_of_a_service_makes_it_another(
    connection: Connection, brigid: int, now: datetime, other: Service
) -> None:
    await services.publish(connection, brigid, [SUNDAY], say, now)
    assert await services.publish(connection, brigid, [other], say, now) == Changes(inserted=1, gone=1)


async def test_the_order_of_days_is_no_difference(connection: Connection, brigid: int, now: datetime) -> None:
    daily = replace(SUNDAY, recurrence=Recurrence((Day.MO, Day.TU)))
    await services.publish(connection, brigid, [daily], say, now)
    turned = replace(SUNDAY, recurrence=Recurrence((Day.TU, Day.MO)))
    assert await services.publish(connection, brigid, [turned], say, now) == Changes()


async def test_other_words_on_the_page_are_new_evidence_for_the_same_service(
    connection: Connection, brigid: int, now: datetime
) -> None:
    await services.publish(connection, brigid, [SUNDAY], say, now)
    requoted = replace(SUNDAY, evidence=(replace(PROOF, quote="Sundays, 8 AM"),))
    assert await services.publish(connection, brigid, [requoted], say, now) == Changes(updated=1)
    assert await current(connection, brigid) == (requoted,)


async def test_a_better_wording_changes_the_words_in_place(connection: Connection, brigid: int, now: datetime) -> None:
    await services.publish(connection, brigid, [SUNDAY], say, now)
    assert await services.publish(connection, brigid, [SUNDAY], lambda _: "Mass", now) == Changes(updated=1)
    assert [one.words for one in await services.current(connection, brigid)] == ["Mass"]


async def test_a_service_read_twice_is_one_with_both_pieces_of_evidence(
    connection: Connection, brigid: int, now: datetime
) -> None:
    home = replace(PROOF, url="https://brigid.example/", quote="Sunday Mass 8")
    twice = [SUNDAY, replace(SUNDAY, evidence=(home,))]
    assert await services.publish(connection, brigid, twice, say, now) == Changes(inserted=1)
    assert await current(connection, brigid) == (replace(SUNDAY, evidence=(PROOF, home)),)


async def test_characters_that_postgresql_cannot_hold_are_left_out(
    connection: Connection, brigid: int, now: datetime
) -> None:
    odd = replace(SUNDAY, note="by\x00 hand", evidence=(replace(PROOF, quote="8\x00 am\ud800"),))
    await services.publish(connection, brigid, [odd], lambda _: "Ma\x00ss", now)
    (kept,) = await current(connection, brigid)
    assert (kept.note, kept.evidence[0].quote) == ("by hand", "8 am")
    assert await services.publish(connection, brigid, [odd], lambda _: "Ma\x00ss", now) == Changes()
