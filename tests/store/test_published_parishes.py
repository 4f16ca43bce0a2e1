"""A directory's reading becomes the published parishes of its diocese, or waits for review."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from vitality_lib.models import Outcome, ParishEntry, Reason, Stage, UnitKind
from vitality_lib.store import ledger, parishes, reviews, visits
from vitality_lib.store.changes import Changes
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.ledger import Finished
from vitality_lib.store.parishes import ListedParish


def listed(name: str, **facts: object) -> ListedParish:
    entry = ParishEntry(name, **facts)  # type: ignore[arg-type]
    return ListedParish(name.lower(), entry, "00ff", "https://larkspur.example/parishes", "cards")


BRIGID = listed("St. Brigid", city="Larkspur", latitude=40.5, longitude=-82.25, website="https://brigid.example/")
COLMAN = listed("St. Colman", city="Millbrook", pastor="Rev. Owen Ash")
DYMPHNA = listed("St. Dymphna")


async def names(connection: Connection, diocese: int) -> list[str]:
    return [one.entry.name for one in await parishes.current(connection, diocese)]


async def test_a_reading_is_published_whole_in_its_order(connection: Connection, larkspur: int, now: datetime) -> None:
    assert await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now) == Changes(inserted=2)
    assert [one.entry for one in await parishes.current(connection, larkspur)] == [BRIGID.entry, COLMAN.entry]


async def test_the_same_reading_again_writes_nothing(database: Database, larkspur: int, now, row_versions) -> None:  # type: ignore[no-untyped-def]
    async with database.transaction() as connection:
        await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now)
    before = await row_versions()
    async with database.transaction() as connection:
        another_page = replace(BRIGID, page_hash="11ee")
        changes = await parishes.publish(connection, larkspur, [COLMAN, another_page], now + timedelta(days=1))
    assert changes == Changes()
    assert await row_versions() == before


async def test_only_a_changed_parish_is_written_and_keeps_its_id(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now)
    before = {one.identity: one.id for one in await parishes.current(connection, larkspur)}
    successor = replace(COLMAN, entry=replace(COLMAN.entry, pastor="Rev. Hugh Birch"), page_hash="11ee")
    later = now + timedelta(days=1)
    assert await parishes.publish(connection, larkspur, [BRIGID, successor], later) == Changes(updated=1)
    assert {one.identity: one.id for one in await parishes.current(connection, larkspur)} == before
    rows = await connection.execute("SELECT name, pastor, page_hash FROM parishes WHERE changed_at = %s", [later])
    assert await rows.fetchall() == [("St. Colman", "Rev. Hugh Birch", "11ee")]


async def test_a_fact_that_is_no_longer_stated_becomes_unknown(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [BRIGID], now)
    bare = replace(BRIGID, entry=ParishEntry("St. Brigid"))
    assert await parishes.publish(connection, larkspur, [bare], now) == Changes(updated=1)
    assert [one.entry for one in await parishes.current(connection, larkspur)] == [ParishEntry("St. Brigid")]


async def test_a_parish_that_left_is_gone_but_not_forgotten_and_can_come_back(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now)
    ids = [one.id for one in await parishes.current(connection, larkspur)]
    assert await parishes.publish(connection, larkspur, [BRIGID], now) == Changes(gone=1)
    assert await names(connection, larkspur) == ["St. Brigid"]
    assert await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now) == Changes(revived=1)
    assert [one.id for one in await parishes.current(connection, larkspur)] == ids


async def test_a_reading_cut_short_on_purpose_lets_nobody_go(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now)
    assert await parishes.publish(connection, larkspur, [DYMPHNA], now, complete=False) == Changes(inserted=1)
    assert await names(connection, larkspur) == ["St. Brigid", "St. Colman", "St. Dymphna"]


async def test_two_entries_of_one_identity_are_one_parish_and_the_first_counts(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    twin = replace(COLMAN, identity=BRIGID.identity)
    assert await parishes.publish(connection, larkspur, [BRIGID, twin], now) == Changes(inserted=1)
    assert await names(connection, larkspur) == ["St. Brigid"]


async def test_an_empty_reading_of_a_whole_directory_lets_everybody_go(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    """Whether that is believed is the audit's question; see reviews below."""
    await parishes.publish(connection, larkspur, [BRIGID], now)
    assert await parishes.publish(connection, larkspur, [], now) == Changes(gone=1)


# --- which are due --------------------------------------------------------------------------------------


async def test_parishes_never_visited_come_first_then_those_longest_due(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [BRIGID, COLMAN, DYMPHNA, listed("St. Fiacre")], now)
    ids = {one.entry.name: one.id for one in await parishes.current(connection, larkspur)}
    for name, hours in (("St. Brigid", 30), ("St. Colman", 60), ("St. Fiacre", 1)):
        at = now - timedelta(hours=hours)
        await visits.record(connection, Stage.SCHEDULE, UnitKind.PARISH, ids[name], good=False, changed=False, now=at)

    async def due(**choice: object) -> list[str]:
        return [one.entry.name for one in await parishes.due(connection, larkspur, now, **choice)]  # type: ignore[arg-type]

    assert await due() == ["St. Dymphna", "St. Colman", "St. Brigid"]
    assert await due(at_most=2) == ["St. Dymphna", "St. Colman"]
    assert await due(force=True) == ["St. Dymphna", "St. Colman", "St. Brigid", "St. Fiacre"]


async def test_a_forced_run_that_is_tried_again_goes_on_where_it_stopped(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    await parishes.publish(connection, larkspur, [BRIGID, COLMAN, DYMPHNA], now)
    known = await parishes.current(connection, larkspur)
    for parish, reason in zip(known, (Reason.OK, Reason.TIMEOUT, Reason.INTERNAL_ERROR), strict=True):
        done = Finished(Stage.SCHEDULE, UnitKind.PARISH, parish.id, larkspur, Outcome(reason))
        await ledger.record(connection, "r1", "ann", done, now)
        await visits.record(
            connection, Stage.SCHEDULE, UnitKind.PARISH, parish.id, good=reason is Reason.OK, changed=False, now=now
        )

    async def due(run: str) -> list[str]:
        return [one.entry.name for one in await parishes.due(connection, larkspur, now, force=True, run=run)]

    assert await due("r1") == ["St. Dymphna"]
    assert await due("r2") == ["St. Brigid", "St. Colman", "St. Dymphna"]


# --- held back ------------------------------------------------------------------------------------------


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
