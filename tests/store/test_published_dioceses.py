"""The list of dioceses as it is published, found by name, and planned from."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from vitality_lib.models import Candidate, Diocese, ParishEntry, Stage, UnitKind
from vitality_lib.store import dioceses, directories, parishes, visits
from vitality_lib.store.changes import Changes
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.errors import UnknownDiocese
from vitality_lib.store.parishes import ListedParish

LIST = tuple(
    Diocese(f"Diocese of {place}", city=place, state="OH", website=f"https://{place.lower()}.example/")
    for place in ("Larkspur", "Juniper", "Aster", "Bluebell", "Clover", "Daisy", "Elder", "Fern", "Gentian", "Heather")
)


async def listed(connection: Connection) -> list[str]:
    return [one.name for one in await dioceses.listed(connection)]


async def test_the_list_is_published_in_its_order(connection: Connection, now: datetime) -> None:
    assert await dioceses.publish(connection, LIST, now) == Changes(inserted=10)
    assert [one.diocese for one in await dioceses.listed(connection)] == list(LIST)


async def test_the_same_list_again_writes_nothing(database: Database, now: datetime, row_versions) -> None:  # type: ignore[no-untyped-def]
    async with database.transaction() as connection:
        await dioceses.publish(connection, LIST, now)
    before = await row_versions()
    async with database.transaction() as connection:
        assert await dioceses.publish(connection, LIST, now + timedelta(days=1)) == Changes()
    assert await row_versions() == before


async def test_only_a_changed_diocese_is_written(connection: Connection, now: datetime) -> None:
    await dioceses.publish(connection, LIST, now)
    moved = (replace(LIST[0], website="https://larkspur-new.example/"), *LIST[1:])
    assert await dioceses.publish(connection, moved, now + timedelta(days=1)) == Changes(updated=1)
    rows = await connection.execute("SELECT name FROM dioceses WHERE changed_at > %s", [now])
    assert await rows.fetchall() == [("Diocese of Larkspur",)]


async def test_a_diocese_that_left_the_list_is_unlisted_and_comes_back_under_its_id(
    connection: Connection, now: datetime
) -> None:
    await dioceses.publish(connection, LIST, now)
    ids = {one.name: one.id for one in await dioceses.listed(connection)}
    assert await dioceses.publish(connection, LIST[:-1], now) == Changes(gone=1)
    assert await listed(connection) == [one.name for one in LIST[:-1]]
    assert await dioceses.publish(connection, LIST, now) == Changes(revived=1)
    assert {one.name: one.id for one in await dioceses.listed(connection)} == ids


async def test_a_list_that_lost_half_its_dioceses_unlists_none(connection: Connection, now: datetime) -> None:
    await dioceses.publish(connection, LIST, now)
    assert await dioceses.publish(connection, LIST[:5], now) == Changes(kept=5)
    assert len(await listed(connection)) == 10


async def test_a_list_of_other_names_altogether_unlists_none(connection: Connection, now: datetime) -> None:
    await dioceses.publish(connection, LIST, now)
    others = [Diocese(f"Eparchy of {number}") for number in range(200)]
    assert await dioceses.publish(connection, others, now) == Changes(inserted=200, kept=10)


async def test_a_name_that_stands_twice_on_the_list_is_one_diocese(connection: Connection, now: datetime) -> None:
    assert await dioceses.publish(connection, (*LIST, LIST[0]), now) == Changes(inserted=10)


async def test_characters_that_postgresql_cannot_hold_are_left_out(connection: Connection, now: datetime) -> None:
    await dioceses.publish(connection, [Diocese("Diocese of\x00 Larkspur\ud800", city="\\u0000")], now)
    (one,) = await dioceses.listed(connection)
    assert one.diocese == Diocese("Diocese of Larkspur", city="\\u0000")


async def test_dioceses_are_found_by_name_whatever_the_letter_case(connection: Connection, now: datetime) -> None:
    await dioceses.publish(connection, LIST, now)
    found = await dioceses.named(connection, [" diocese of JUNIPER ", "Diocese of Aster"])
    assert [one.name for one in found] == ["Diocese of Juniper", "Diocese of Aster"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("Diocese of Junipper", "no diocese 'Diocese of Junipper': did you mean 'Diocese of Juniper'"),
        ("juniper", "did you mean 'Diocese of Juniper'"),
        ("Xyzzy Qwrtp", "no diocese 'Xyzzy Qwrtp': see `vitality status`"),
    ],
)
async def test_an_unknown_name_is_answered_with_the_closest_ones(
    connection: Connection, now: datetime, asked: str, says: str
) -> None:
    await dioceses.publish(connection, LIST, now)
    with pytest.raises(UnknownDiocese) as caught:
        await dioceses.due(connection, Stage.DISCOVERY, now, names=[asked])
    assert says in str(caught.value)


async def test_with_an_empty_list_one_is_told_to_read_it_first(connection: Connection) -> None:
    with pytest.raises(UnknownDiocese, match="run the discovery stage first"):
        await dioceses.named(connection, ["Diocese of Larkspur"])


# --- what is due ----------------------------------------------------------------------------------------


async def due(connection: Connection, stage: Stage, now: datetime, **choice: object) -> list[str]:
    return [one.diocese.city or "" for one in await dioceses.due(connection, stage, now, **choice)]  # type: ignore[arg-type]


async def ids(connection: Connection) -> dict[str, int]:
    return {one.diocese.city or "": one.id for one in await dioceses.listed(connection)}


async def test_discovery_is_due_where_nobody_looked_yet_then_where_it_was_longest_ago(
    connection: Connection, now: datetime
) -> None:
    await dioceses.publish(connection, LIST[:4], now)
    known = await ids(connection)
    for place, hours in (("Larkspur", 30), ("Juniper", 50), ("Aster", 1)):
        at = now - timedelta(hours=hours)
        await visits.record(
            connection, Stage.DISCOVERY, UnitKind.DIOCESE, known[place], good=True, changed=True, now=at
        )
    assert await due(connection, Stage.DISCOVERY, now) == ["Bluebell", "Juniper", "Larkspur"]
    assert await due(connection, Stage.DISCOVERY, now, force=True) == ["Bluebell", "Juniper", "Larkspur", "Aster"]


async def test_a_limit_means_the_same_dioceses_in_every_stage(connection: Connection, now: datetime) -> None:
    await dioceses.publish(connection, LIST, now)
    known = await ids(connection)
    for place in ("Juniper", "Aster"):
        await directories.publish(
            connection, known[place], Candidate("https://d.example/", "", 1), platform=None, proved=1, now=now
        )
    assert await due(connection, Stage.DISCOVERY, now, at_most=2) == ["Larkspur", "Juniper"]
    assert await due(connection, Stage.EXTRACTION, now, at_most=2) == ["Juniper"]
    assert await due(connection, Stage.DISCOVERY, now, names=["Diocese of Aster"]) == ["Aster"]


async def test_extraction_is_due_where_a_directory_is_known_and_at_once_when_it_moved(
    connection: Connection, now: datetime
) -> None:
    await dioceses.publish(connection, LIST[:2], now)
    larkspur = (await ids(connection))["Larkspur"]
    first, second = Candidate("https://a.example/", "", 1), Candidate("https://b.example/", "", 1)
    await directories.publish(connection, larkspur, first, platform=None, proved=1, now=now)
    assert await due(connection, Stage.EXTRACTION, now) == ["Larkspur"]
    await visits.record(connection, Stage.EXTRACTION, UnitKind.DIOCESE, larkspur, good=True, changed=True, now=now)
    assert await due(connection, Stage.EXTRACTION, now) == []
    later = now + timedelta(hours=1)
    await directories.publish(connection, larkspur, second, platform=None, proved=1, now=later)
    assert await due(connection, Stage.EXTRACTION, later) == ["Larkspur"]


async def test_the_schedule_stage_is_due_where_a_parish_is(connection: Connection, now: datetime) -> None:
    await dioceses.publish(connection, LIST[:2], now)
    larkspur = (await ids(connection))["Larkspur"]
    await parishes.publish(connection, larkspur, [ListedParish("b", ParishEntry("St. Brigid"))], now)
    assert await due(connection, Stage.SCHEDULE, now) == ["Larkspur"]
    (parish,) = await parishes.current(connection, larkspur)
    await visits.record(connection, Stage.SCHEDULE, UnitKind.PARISH, parish.id, good=True, changed=True, now=now)
    await visits.record(connection, Stage.SCHEDULE, UnitKind.DIOCESE, larkspur, good=True, changed=True, now=now)
    assert await due(connection, Stage.SCHEDULE, now) == []
    assert await due(connection, Stage.SCHEDULE, now + timedelta(hours=25)) == ["Larkspur"]
    assert await due(connection, Stage.SCHEDULE, now, force=True) == ["Larkspur"]


async def test_the_schedule_stage_is_due_where_a_worker_died_between_the_last_parish_and_the_diocese(
    connection: Connection, now: datetime
) -> None:
    await dioceses.publish(connection, LIST[:1], now)
    larkspur = (await ids(connection))["Larkspur"]
    await parishes.publish(connection, larkspur, [ListedParish("b", ParishEntry("St. Brigid"))], now)
    (parish,) = await parishes.current(connection, larkspur)
    for cycle in (now, now + timedelta(hours=25)):
        ended = cycle + timedelta(minutes=1)
        await visits.record(connection, Stage.SCHEDULE, UnitKind.PARISH, parish.id, good=True, changed=True, now=cycle)
        assert await due(connection, Stage.SCHEDULE, ended) == ["Larkspur"]
        await visits.record(connection, Stage.SCHEDULE, UnitKind.DIOCESE, larkspur, good=True, changed=False, now=ended)
        assert await due(connection, Stage.SCHEDULE, ended) == []
