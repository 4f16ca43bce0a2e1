"""A directory's reading becomes the published parishes of its diocese, or waits for review."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from vitality_lib.models import Outcome, ParishEntry, Reason, Stage, Status, UnitKind
from vitality_lib.store import ledger, parishes, visits
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
    """Whether that is believed is the audit's question; see test_reviews."""
    await parishes.publish(connection, larkspur, [BRIGID], now)
    assert await parishes.publish(connection, larkspur, [], now) == Changes(gone=1)


async def test_a_parish_that_its_directory_calls_closed_is_closed_and_open_again_when_it_is_listed(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    async def state() -> tuple[object, ...] | None:
        row = await connection.execute(
            "SELECT status, closed_on, gone_at IS NOT NULL FROM parishes ORDER BY id LIMIT 1"
        )
        return await row.fetchone()

    await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now)
    await parishes.publish(connection, larkspur, [COLMAN], now)
    ended = replace(BRIGID.entry, status=Status.MERGED, closed_on="2019-06")
    await parishes.let_rest(connection, larkspur, {BRIGID.identity: ended, "nobody": ended}, now)
    assert await state() == ("merged", "2019-06", True)
    await parishes.publish(connection, larkspur, [BRIGID, COLMAN], now)
    assert await state() == ("open", None, False)


async def test_deanery_rite_languages_and_churches_come_back_as_they_were(
    connection: Connection, larkspur: int, now: datetime
) -> None:
    full = listed(
        "St. Gall", deanery="North", rite="Byzantine", languages=("en", "es"), churches=("St. Gall", "St. Ita")
    )
    await parishes.publish(connection, larkspur, [full], now)
    assert [one.entry for one in await parishes.current(connection, larkspur)] == [full.entry]
    assert parishes.entry_of_record(json.loads(json.dumps(full.entry.record()))) == full.entry


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
