"""What goes by age and count, and what never does."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from command_line import Vitality

from vitality_lib.settings import load
from vitality_lib.store import page_bodies, pages, retention
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.pages import Kept

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=400)
VALUES = retention.limits(load(), NOW)
RULES = {rule.table: rule for rule in retention.RULES}


def kept(content: bytes, key: str = "https://brigid.example/", at: datetime = NOW) -> Kept:
    digest = hashlib.sha256(content).hexdigest()
    return Kept(key, key, key, "http", 200, {}, None, None, digest, at, at)


async def keep(database: Database, content: bytes, at: datetime = NOW) -> str:
    async with database.transaction() as connection:
        await pages.keep(connection, kept(content, at=at), content)
    return kept(content).body_hash


async def left_long_ago(database: Database) -> str:
    """The body of a page that has changed since, long ago."""
    old = await keep(database, b"old")
    await keep(database, b"new")
    async with database.transaction() as connection:
        await connection.execute("UPDATE page_bodies SET left_at = %s WHERE hash = %s", [LONG_AGO, old])
    return old


async def has(database: Database, body_hash: str) -> bool:
    async with database.transaction() as connection:
        return await pages.body(connection, body_hash) is not None


async def test_a_body_goes_some_time_after_its_page_changed_and_the_present_one_stays(database: Database) -> None:
    old = await left_long_ago(database)
    async with database.transaction() as connection:
        assert await retention.due(connection, RULES["page_bodies"], VALUES) == 1
    assert await retention.prune(database, RULES["page_bodies"], VALUES) == 1
    assert not await has(database, old)
    assert await has(database, kept(b"new").body_hash)


async def test_a_body_that_just_was_left_stays(database: Database) -> None:
    await keep(database, b"old")
    await keep(database, b"new")
    assert await retention.prune(database, RULES["page_bodies"], VALUES) == 0


REFERENCES = {
    "evidence of an ended service": """WITH s AS (
        INSERT INTO services (parish_id, type, days, language, words, valid_to)
        SELECT id, 'mass', '{SU}', 'en', 'w', now() FROM parishes RETURNING id)
        INSERT INTO evidence (service_id, page_hash, url, quote, span_start, span_end, method, confidence)
        SELECT id, %(hash)s, 'u', 'q', 0, 1, 'm', 1 FROM s""",
    "an earlier wording": """WITH s AS (INSERT INTO services (parish_id, type, days, language, words)
        SELECT id, 'mass', '{SU}', 'en', 'w' FROM parishes RETURNING id)
        INSERT INTO service_wordings (service_id, valid_to, words, evidence)
        SELECT id, now(), 'w', jsonb_build_array(jsonb_build_object('page_hash', %(hash)s::text, 'url', 'u')) FROM s""",
    "the directory page of a parish": "UPDATE parishes SET page_hash = %(hash)s",
    "a schedule page": """INSERT INTO schedule_pages (parish_id, place, url, page_hash, why, services, kept, read_at)
        SELECT id, 1, 'u', %(hash)s, 'w', 0, 0, now() FROM parishes""",
    "a review": """INSERT INTO reviews (diocese_id, run, published, proposed, why, entries, page_hash)
        SELECT id, 'r', 1, 1, 'w', '[]', %(hash)s FROM dioceses""",
}


@pytest.mark.parametrize("what", REFERENCES)
async def test_a_body_that_is_quoted_never_goes(database: Database, larkspur: int, what: str) -> None:
    old = await left_long_ago(database)
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO parishes (diocese_id, identity, name) VALUES (%s, 'b', 'B')", [larkspur])
        await connection.execute(REFERENCES[what].encode(), {"hash": old})
    assert await retention.prune(database, RULES["page_bodies"], VALUES) == 0
    assert await has(database, old)


async def test_a_body_that_a_worker_is_about_to_have_again_is_left(database: Database) -> None:
    old = await left_long_ago(database)
    async with database.transaction() as worker:
        await pages.keep(worker, kept(b"old", "https://other.example/"), b"old")
        assert await retention.prune(database, RULES["page_bodies"], VALUES) == 0
    assert await retention.prune(database, RULES["page_bodies"], VALUES) == 0
    assert await has(database, old)


async def test_a_body_that_is_just_going_is_stored_again_by_the_worker_who_waited(database: Database) -> None:
    old = await left_long_ago(database)
    async with database.transaction() as pruner:
        assert await retention.prune_some(pruner, RULES["page_bodies"], VALUES) == 1
        waiting = asyncio.create_task(keep(database, b"old"))
        await asyncio.sleep(0.2)
        assert not waiting.done()
    await waiting
    assert await has(database, old)


async def test_pages_that_come_and_go_while_bodies_are_pruned_never_miss_theirs(database: Database) -> None:
    contents = [f"body {number}".encode() for number in range(6)]
    at_once = {**VALUES, "bodies": NOW + timedelta(days=1)}
    gone = 0

    async def work(worker: int) -> None:
        for turn in range(40):
            content = contents[(turn * (worker + 1)) % len(contents)]
            async with database.transaction() as connection:
                await pages.keep(connection, kept(content, f"https://site-{worker}.example/"), content)

    async def sweep() -> None:
        nonlocal gone
        while True:
            gone += await retention.prune(database, RULES["page_bodies"], at_once, 2)
            await asyncio.sleep(0)

    sweeping = asyncio.create_task(sweep())
    await asyncio.gather(*(work(worker) for worker in range(4)))
    sweeping.cancel()
    await asyncio.gather(sweeping, return_exceptions=True)
    assert gone
    async with database.transaction() as connection:
        for worker in range(4):
            assert await pages.stored(connection, f"https://site-{worker}.example/") is not None


async def test_bodies_of_earlier_versions_are_still_read() -> None:
    assert page_bodies.unpacked(zlib.compress(b"early", 6)) == b"early"
    assert page_bodies.unpacked(page_bodies.packed(b"late")) == b"late"
    assert page_bodies.unpacked(page_bodies.packed(b"")) == b""


async def _ledger(connection: Connection, *rows: tuple[str, int, str, int]) -> None:
    for run, unit, reason, days in rows:
        at = NOW - timedelta(days=days)
        await connection.execute(
            "INSERT INTO runs (run, stage, started_at, finished_at, status) VALUES (%s, 'schedule', %s, %s, 'ok')"
            " ON CONFLICT DO NOTHING",
            [run, at, at],
        )
        await connection.execute(
            "INSERT INTO outcomes (run, stage, unit_kind, unit_id, reason, finished_at)"
            " VALUES (%s, 'schedule', 'parish', %s, %s, %s)",
            [run, unit, reason, at],
        )


async def test_of_the_ledger_the_newest_and_the_newest_good_outcome_of_each_unit_stay(database: Database) -> None:
    async with database.transaction() as connection:
        await _ledger(
            connection,
            *(("a", 1, "ok", 500), ("b", 1, "ok", 450), ("c", 1, "timeout", 400), ("d", 1, "timeout", 350)),
            *(("a", 2, "timeout", 500), ("e", 3, "ok", 3)),
        )
    values = {**VALUES, "runs": 1}
    for table in ("outcomes", "planned_units", "runs"):
        await retention.prune(database, RULES[table], values)
    async with database.transaction() as connection:
        left = await connection.execute("SELECT run, unit_id FROM outcomes ORDER BY run, unit_id")
        assert await left.fetchall() == [("a", 2), ("b", 1), ("d", 1), ("e", 3)]
        runs = await connection.execute("SELECT run FROM runs ORDER BY run")
        assert await runs.fetchall() == [("a",), ("b",), ("d",), ("e",)]


async def test_the_newest_runs_stay_however_old(database: Database) -> None:
    async with database.transaction() as connection:
        await _ledger(connection, ("a", 1, "ok", 500), ("b", 1, "ok", 450), ("c", 1, "ok", 400))
    assert await retention.prune(database, RULES["outcomes"], VALUES) == 0
    assert await retention.prune(database, RULES["runs"], VALUES) == 0


async def test_a_host_that_is_shut_or_rests_stays_and_so_does_one_in_hand(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(
            """INSERT INTO hosts (host, ended_at, next_at, open_until) VALUES
            ('silent', %(old)s, %(old)s, '-infinity'), ('resting', %(old)s, %(soon)s, '-infinity'),
            ('shut', %(old)s, %(old)s, %(soon)s), ('asked', %(now)s, %(old)s, '-infinity')""",
            {"old": LONG_AGO, "now": NOW, "soon": NOW + timedelta(hours=1)},
        )
    async with database.transaction() as worker:
        await worker.execute("SELECT pg_advisory_xact_lock(hashtextextended('silent', 0))")
        assert await retention.prune(database, RULES["hosts"], VALUES) == 0
    assert await retention.prune(database, RULES["hosts"], VALUES) == 1


async def test_a_page_that_nobody_asks_for_goes_unless_facts_were_read_from_it(
    database: Database, larkspur: int
) -> None:
    held = await keep(database, b"quoted", LONG_AGO)
    async with database.transaction() as connection:
        await pages.keep(connection, kept(b"idle", "https://idle.example/", LONG_AGO), b"idle")
        await connection.execute(
            "INSERT INTO parishes (diocese_id, identity, name, page_hash) VALUES (%s, 'b', 'B', %s)", [larkspur, held]
        )
    assert await retention.prune(database, RULES["pages"], VALUES) == 1
    assert await has(database, held)


async def test_a_dry_run_says_what_would_go_and_leaves_it(database: Database, vitality: Vitality) -> None:
    old = await left_long_ago(database)
    told = await asyncio.to_thread(vitality, "db", "prune", "--dry-run", DATABASE_URL=database.url)
    assert told.returncode == 0, told.stderr
    assert any("page_bodies" in line and " 1 " in line for line in told.stdout.splitlines())
    assert await has(database, old)
    await asyncio.to_thread(vitality, "db", "prune", DATABASE_URL=database.url)
    assert not await has(database, old)
