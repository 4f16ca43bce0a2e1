"""Where a diocese keeps its directory: written when it is found, moved, or read in another way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from vitality_lib.models import Candidate
from vitality_lib.store import directories
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.directories import KnownDirectory

FOUND = Candidate("https://larkspur.example/parishes", "Parishes", 8.5, ("label", "menu"))


async def the_only(connection: Connection, diocese: int) -> KnownDirectory:
    return (await directories.of(connection, [diocese]))[diocese]


async def test_a_found_directory_is_kept_with_the_reasons_for_it(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    assert await directories.publish(connection, larkspur, FOUND, platform="cards", proved=7, now=now)
    assert await the_only(connection, larkspur) == KnownDirectory(
        larkspur, FOUND.url, "Parishes", 8.5, ("label", "menu"), "cards", None, 7
    )


async def test_the_same_directory_again_writes_nothing(database: Database, larkspur: int, now, row_versions) -> None:  # type: ignore[no-untyped-def]
    async with database.transaction() as connection:
        await directories.publish(connection, larkspur, FOUND, platform="cards", proved=7, now=now)
        await directories.was_read(connection, larkspur, "cards", "detail")
    before = await row_versions()
    async with database.transaction() as connection:
        later = now + timedelta(days=1)
        assert not await directories.publish(connection, larkspur, FOUND, platform="lists", proved=7, now=later)
        await directories.was_read(connection, larkspur, "cards", "detail")
    assert await row_versions() == before


async def test_a_moved_directory_forgets_how_the_old_one_was_read(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await directories.publish(connection, larkspur, FOUND, platform="cards", proved=7, now=now)
    await directories.was_read(connection, larkspur, "cards", "detail")
    moved = replace(FOUND, url="https://larkspur.example/find-a-parish")
    assert await directories.publish(connection, larkspur, moved, platform="wp_store_locator", proved=0, now=now)
    known = await the_only(connection, larkspur)
    assert (known.url, known.platform, known.route) == (moved.url, "wp_store_locator", None)


async def test_another_score_for_the_same_address_is_no_change_of_the_directory(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await directories.publish(connection, larkspur, FOUND, platform="cards", proved=7, now=now)
    better = replace(FOUND, score=9.5)
    assert not await directories.publish(
        connection, larkspur, better, platform="cards", proved=8, now=now + timedelta(days=1)
    )
    assert (await the_only(connection, larkspur)).score == 9.5
    assert await (await connection.execute("SELECT changed_at FROM directories")).fetchone() == (now,)
