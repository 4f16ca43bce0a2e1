"""A reading that was held back waits for a person, who accepts or rejects it."""

from dataclasses import replace
from datetime import datetime

import pytest

from vitality_lib.models import ParishEntry
from vitality_lib.store import parishes, reviews
from vitality_lib.store.changes import Changes
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.errors import NoSuchReview
from vitality_lib.store.parishes import ListedParish


def listed(name: str, **facts: object) -> ListedParish:
    entry = ParishEntry(name, **facts)  # type: ignore[arg-type]
    return ListedParish(name.lower(), entry, "00ff", "https://larkspur.example/parishes", "cards")


BRIGID = listed("St. Brigid", city="Larkspur", latitude=40.5, longitude=-82.25, languages=("en", "es"))
COLMAN = listed("St. Colman", city="Millbrook", pastor="Rev. Owen Ash")
DYMPHNA = listed("St. Dymphna", city="Larkspur")


async def names(connection: Connection, diocese: int) -> list[str]:
    return [one.entry.name for one in await parishes.current(connection, diocese)]


async def held_one(connection: Connection, diocese: int, now: datetime, *proposed: ListedParish) -> int:
    await reviews.hold(connection, diocese, run="r1", published=2, proposed=proposed, why="too many moved", now=now)
    return (await reviews.waiting(connection))[-1].id


async def test_a_held_back_reading_leaves_the_published_parishes_alone(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now)
    await reviews.hold(connection, larkspur, run="r1", published=2, proposed=[], why="2 became 0", now=now)
    assert await names(connection, larkspur) == ["St. Brigid", "St. Colman"]
    (review,) = await reviews.waiting(connection)
    assert (review.diocese, review.published, review.proposed, review.why) == (
        "Diocese of Larkspur",
        2,
        0,
        "2 became 0",
    )


async def test_a_diocese_has_one_open_review_and_the_same_reading_again_writes_nothing(
    database: Database,
    larkspur: int,
    now,
    row_versions,  # type: ignore[no-untyped-def]
) -> None:
    async def hold(run: str, proposed: list[ListedParish]) -> None:
        async with database.transaction() as connection:
            await reviews.hold(connection, larkspur, run=run, published=9, proposed=proposed, why="fewer", now=now)

    await hold("r1", [BRIGID])
    before = await row_versions()
    await hold("r2", [replace(BRIGID, page_hash="11ee")])
    assert await row_versions() == before
    await hold("r3", [BRIGID, COLMAN])
    async with database.transaction() as connection:
        assert [one.proposed for one in await reviews.waiting(connection)] == [2]


async def test_a_later_good_reading_closes_the_review(connection: Connection, larkspur: int, now: datetime) -> None:
    await reviews.hold(connection, larkspur, run="r1", published=9, proposed=[BRIGID], why="fewer", now=now)
    await reviews.withdraw(connection, larkspur, now)
    assert await reviews.waiting(connection) == ()


async def test_a_review_shows_who_would_come_and_who_would_go(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now)
    held = await reviews.held(connection, await held_one(connection, larkspur, now, COLMAN, DYMPHNA))
    assert ([one.name for one in held.coming], [one.name for one in held.going]) == (["St. Dymphna"], ["St. Brigid"])


async def test_an_accepted_reading_is_published_as_it_stands(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [COLMAN], now)
    number = await held_one(connection, larkspur, now, BRIGID, DYMPHNA)
    assert await reviews.accept(connection, number, "ann", now) == Changes(inserted=2, gone=1)
    assert [one.entry for one in await parishes.current(connection, larkspur)] == [BRIGID.entry, DYMPHNA.entry]
    row = await (await connection.execute("SELECT decided_by, accepted FROM reviews")).fetchone()
    assert row == ("ann", True)
    pages = await (
        await connection.execute("SELECT DISTINCT page_hash, page_url FROM parishes WHERE gone_at IS NULL")
    ).fetchall()
    assert pages == [("00ff", "https://larkspur.example/parishes")]


async def test_a_rejected_reading_leaves_what_is_published(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [COLMAN], now)
    await reviews.reject(connection, await held_one(connection, larkspur, now, BRIGID), "ann", now)
    assert await names(connection, larkspur) == ["St. Colman"]
    assert await reviews.waiting(connection) == ()


async def test_what_was_decided_on_the_same_parishes_is_remembered(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    assert await reviews.decision_on(connection, larkspur, [BRIGID]) is None
    await reviews.reject(connection, await held_one(connection, larkspur, now, BRIGID, COLMAN), "ann", now)
    assert await reviews.decision_on(connection, larkspur, [COLMAN, replace(BRIGID, page_hash="11ee")]) is False
    assert await reviews.decision_on(connection, larkspur, [COLMAN]) is None
    await held_one(connection, larkspur, now, COLMAN)
    await reviews.withdraw(connection, larkspur, now)
    assert await reviews.decision_on(connection, larkspur, [COLMAN]) is None


async def test_only_an_open_review_can_be_decided(connection: Connection, larkspur: int, now: datetime) -> None:
    number = await held_one(connection, larkspur, now, BRIGID)
    await reviews.reject(connection, number, "ann", now)
    for decide in (reviews.accept, reviews.reject):
        with pytest.raises(NoSuchReview, match=f"no review {number} waits"):
            await decide(connection, number, "ben", now)
