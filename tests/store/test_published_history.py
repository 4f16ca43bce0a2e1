"""Parishes and dioceses are overwritten in place; what stood there, and from when to when, is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from vitality_lib.models import Diocese, Evidence, ParishEntry, Recurrence, Service, ServiceType, Stage, UnitKind
from vitality_lib.store import dioceses, migrate, parishes, published, services
from vitality_lib.store.database import Connection
from vitality_lib.store.parishes import ListedParish

DAY = timedelta(days=1)
LATER = datetime(2100, 1, 1, tzinfo=UTC)  # after the transaction began, by whose time a change that names none is told
BRIGID, COLMAN = ParishEntry("St. Brigid", city="Larkspur"), ParishEntry("St. Colman")


async def publish(connection: Connection, diocese: int, at: datetime, *entries: ParishEntry) -> None:
    """A parish is the same as long as its name begins alike."""
    await parishes.publish(connection, diocese, [ListedParish(one.name[:7], one) for one in entries], at)


async def rows(connection: Connection, question: str) -> list[tuple[Any, ...]]:
    return await (await connection.execute(question.encode())).fetchall()


async def versions(connection: Connection) -> list[tuple[Any, ...]]:
    return await rows(connection, "SELECT name, city, valid_from, valid_to FROM parish_versions ORDER BY 1, 3")


async def test_a_change_ends_one_version_and_begins_another(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await publish(connection, larkspur, now, BRIGID, COLMAN)
    await publish(connection, larkspur, now + DAY, replace(BRIGID, city="Elmton"), COLMAN)
    assert await versions(connection) == [
        ("St. Brigid", "Larkspur", now, now + DAY),
        ("St. Brigid", "Elmton", now + DAY, None),
        ("St. Colman", None, now, None),
    ]


async def test_a_parish_that_goes_and_comes_back_was_not_there_meanwhile(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    for days, entries in enumerate([(BRIGID, COLMAN), (COLMAN,), (BRIGID, COLMAN)]):
        await publish(connection, larkspur, now + days * DAY, *entries)
    there = [
        {parish.entry.name async for parish in published.parishes(connection, now + hours * DAY / 24)}
        for hours in (-1, 1, 25, 49)
    ]
    assert there == [set(), {"St. Brigid", "St. Colman"}, {"St. Colman"}, {"St. Brigid", "St. Colman"}]


async def test_what_does_not_change_and_visits_write_no_version(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await publish(connection, larkspur, now, BRIGID)
    before = await versions(connection)
    await publish(connection, larkspur, now + DAY, BRIGID)
    await connection.execute("UPDATE parishes SET page_hash = 'other', platform = 'cards'")
    await connection.execute(
        "INSERT INTO visits (stage, unit_kind, unit_id, visited_at, interval_hours, due_at) "
        "SELECT %s, %s, id, now(), 24, now() FROM parishes",
        [Stage.SCHEDULE.value, UnitKind.PARISH.value],
    )
    assert await versions(connection) == before


async def test_of_two_changes_at_one_moment_the_second_counts(connection: Connection, larkspur: int) -> None:
    now = LATER
    await publish(connection, larkspur, now, BRIGID)
    for city in ("Elmton", "Oakton"):
        await publish(connection, larkspur, now + DAY, replace(BRIGID, city=city))
    assert [(city, end) for _, city, _, end in await versions(connection)] == [
        ("Larkspur", now + DAY),
        ("Oakton", None),
    ]


async def test_a_clock_that_runs_behind_leaves_no_two_versions_of_one_moment(
    connection: Connection, larkspur: int
) -> None:
    now = LATER
    await publish(connection, larkspur, now, BRIGID)
    await publish(connection, larkspur, now + DAY, replace(BRIGID, city="Elmton"))
    await publish(connection, larkspur, now - DAY, replace(BRIGID, city="Oakton"))
    await publish(connection, larkspur, now - DAY, COLMAN)
    await publish(connection, larkspur, now - DAY, BRIGID, COLMAN)
    spans = [(begin, end) for name, _, begin, end in await versions(connection) if name == "St. Brigid"]
    assert [end for _, end in spans] == [*(begin for begin, _ in spans[1:]), None]
    assert all(end is None or begin <= end for begin, end in spans)


async def test_a_diocese_is_told_with_the_state_it_had(connection: Connection, larkspur: int, now: datetime) -> None:
    await publish(connection, larkspur, now, BRIGID)
    site = Diocese("Diocese of Larkspur", website="https://larkspur.example/")
    for days, state in enumerate(("OH", "KY"), 1):
        await dioceses.publish(connection, [replace(site, state=state)], now + days * DAY)
    seats = [
        parish.seat_state
        for days in range(3)
        async for parish in published.parishes(connection, now + days * DAY + DAY / 2)
    ]
    assert seats == [None, "OH", "KY"]


async def test_words_and_evidence_are_told_as_they_stood(connection: Connection, larkspur: int, now: datetime) -> None:
    await publish(connection, larkspur, now, BRIGID)
    (known,) = await parishes.current(connection, larkspur)
    proof = Evidence("11ee", "https://brigid.example/", "Sunday 8", 0, 8, "table", 0.9)
    mass = Service(ServiceType.MASS, Recurrence(month_days=(1,)), "08:00", evidence=(proof,))
    for days, (words, quote) in enumerate([("one", "a"), ("two", "a"), ("two", "b"), ("two", "b")]):
        quoted = replace(mass, evidence=(replace(proof, quote=quote),))
        await services.publish(connection, known.id, [quoted], lambda _, words=words: words, now + days * DAY)
    told = [
        (one.words, one.service.evidence[0].quote)
        for days in range(4)
        async for parish in published.parishes(connection, now + days * DAY)
        for one in parish.services
    ]
    assert told == [("one", "a"), ("two", "a"), ("two", "b"), ("two", "b")]
    assert len(await rows(connection, "SELECT FROM service_wordings")) == 2


async def test_a_parish_that_is_erased_leaves_no_history(connection: Connection, larkspur: int, now: datetime) -> None:
    await publish(connection, larkspur, now, BRIGID, COLMAN)
    await connection.execute("DELETE FROM parishes WHERE name = 'St. Brigid'")
    assert [name for name, *_ in await versions(connection)] == ["St. Colman"]


@pytest.mark.parametrize("gone", [None, datetime(2026, 3, 1, tzinfo=UTC)])
def test_what_stands_when_history_begins_is_known_since_its_last_change(
    empty_database_url: str, gone: datetime | None
) -> None:
    migrate.upgrade(empty_database_url, "0008")
    changed = datetime(2026, 2, 1, tzinfo=UTC)
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("INSERT INTO dioceses (name, state) VALUES ('Diocese of Larkspur', 'OH')")
        connection.execute(
            """INSERT INTO parishes (diocese_id, identity, name, first_seen, changed_at, gone_at)
            SELECT id, 'brigid', 'St. Brigid', '2025-01-01', %s, %s FROM dioceses""",
            [changed, gone],
        )
    migrate.upgrade(empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        kept = connection.execute("SELECT valid_from, valid_to FROM parish_versions").fetchall()
    assert kept == ([] if gone else [(changed, None)])
