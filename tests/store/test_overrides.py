"""Directories that people named win until they expire."""

from datetime import datetime, timedelta

from vitality_lib.models import Stage, UnitKind
from vitality_lib.store import dioceses, overrides, visits
from vitality_lib.store.database import Connection

URL = "https://larkspur.example/parishes"


async def put(connection: Connection, diocese: int, now: datetime, **more: object) -> None:
    await overrides.put(connection, diocese, URL, why="it moved", set_by="ann", now=now, **more)  # type: ignore[arg-type]


async def test_a_named_directory_is_had_with_who_when_and_why(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await put(connection, larkspur, now)
    found = await overrides.of(connection, larkspur, now)
    assert found == overrides.Override("Diocese of Larkspur", URL, "it moved", "ann", now)


async def test_it_counts_until_it_expires_and_is_listed_still(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await put(connection, larkspur, now, expires_at=now + timedelta(days=1))
    assert await overrides.of(connection, larkspur, now + timedelta(hours=23))
    assert await overrides.of(connection, larkspur, now + timedelta(days=1)) is None
    assert len(await overrides.all_of_them(connection)) == 1


async def test_a_diocese_has_one_and_the_newest_counts(connection: Connection, larkspur: int, now: datetime) -> None:
    await put(connection, larkspur, now)
    await overrides.used(connection, larkspur, now)
    await overrides.put(connection, larkspur, URL + "/all", why="the whole list", set_by="ben", now=now)
    (one,) = await overrides.all_of_them(connection)
    assert (one.url, one.set_by, one.used_at) == (URL + "/all", "ben", None)


async def test_naming_and_removing_one_make_the_diocese_due_for_discovery(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    async def visited() -> None:
        await visits.record(connection, Stage.DISCOVERY, UnitKind.DIOCESE, larkspur, good=True, changed=False, now=now)
        assert not await dioceses.due(connection, Stage.DISCOVERY, now)

    await visited()
    await put(connection, larkspur, now)
    assert await dioceses.due(connection, Stage.DISCOVERY, now)
    await visited()
    assert await overrides.remove(connection, larkspur, now)
    assert await dioceses.due(connection, Stage.DISCOVERY, now)
    assert not await overrides.remove(connection, larkspur, now)
