"""*Now*: who works, what waits and for whom, what is shut, and who may open it."""

from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from dashboard.seen import rows, text
from dashboard.visitors import FROM_OUR_PAGE

from vitality_lib.models import Diocese, Stage
from vitality_lib.store import dioceses, ledger, turns, workers
from vitality_lib.store.dashboard import stage_work
from vitality_lib.store.database import Database
from vitality_lib.store.turns import Ask, Turn

HOSTILE = '<script>alert(1)</script>\u202e=cmd|"' + "long " * 3000


async def seen(reader: httpx.AsyncClient) -> str:
    answer = await reader.get("/vitality/")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_an_empty_database_says_that_nothing_is_there(reader: httpx.AsyncClient) -> None:
    page = await seen(reader)
    assert "Nobody is at work" in text(page)
    assert "0 in flight, 0 waiting" in text(page)
    assert "None: every host may be asked." in text(page)


async def test_a_worker_is_active_silent_failed_or_ended(reader: httpx.AsyncClient, database: Database) -> None:
    async with database.transaction() as connection:
        for name in ("at-work", "gone-silent", "has-failed", "has-ended", "long-gone"):
            await workers.register(connection, name, Stage.SCHEDULE, f"pod-{name}")
        await workers.farewell(connection, "has-failed", failed=True)
        await workers.farewell(connection, "has-ended", failed=False)
        await workers.farewell(connection, "long-gone", failed=False)
        for name, age in (("gone-silent", "3 minutes"), ("long-gone", "2 days")):
            await connection.execute(
                "UPDATE pipeline_workers SET last_heartbeat = now() - %s::interval WHERE worker_id = %s", [age, name]
            )
        await connection.execute(
            """UPDATE pipeline_workers SET pages_done = 1234, pages_a_minute = 7.25, errors = 2, last_error = 'broke',
            memory_bytes = 536870912, current_diocese = %s WHERE worker_id = 'at-work'""",
            [HOSTILE],
        )
    shown = {row["Worker"].split()[0]: row for row in rows(await seen(reader), "workers")}
    assert {name: row["State"] for name, row in shown.items()} == {
        "pod-at-work": "active",
        "pod-gone-silent": "silent",
        "pod-has-failed": "failed",
        "pod-has-ended": "ended",
    }
    working = shown["pod-at-work"]
    assert (working["Pages"], working["Pages/min"], working["Memory"]) == ("1,234", "7.2", "512 MiB")
    assert working["Errors"] == "2 the last broke"
    assert working["Diocese in hand"].startswith("<script>alert(1)</script> =cmd")
    assert len(working["Diocese in hand"]) <= 80
    assert shown["pod-gone-silent"]["Last heartbeat"] == "3 min ago"


async def test_the_backlog_is_what_the_stages_would_be_given(reader: httpx.AsyncClient, database: Database) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as connection:
        await dioceses.publish(
            connection, [Diocese(name=f"Diocese of {place}") for place in ("Ash", "Elm", "Oak")], now
        )
        run_ids = [one.id for one in await dioceses.due(connection, Stage.DISCOVERY, now)]
        await ledger.start(connection, "run-1", Stage.DISCOVERY, now)
        await ledger.plan(connection, "run-1", Stage.DISCOVERY, run_ids)
        for one in await stage_work.due(connection, datetime.now(UTC)):
            assert one.dioceses == len(await dioceses.due(connection, one.stage, now))
    (discovery, *_) = rows(await seen(reader), "stages")
    assert discovery["Dioceses due"] == "3"
    assert discovery["Last run"] == "running"
    assert discovery["Dioceses done"] == "0 of 3"
    assert discovery["Took"].endswith("so far")


async def test_each_host_in_the_queue_says_whom_it_waits_for(reader: httpx.AsyncClient, database: Database) -> None:
    def ask(host: str, *keys: str) -> Ask:
        return Ask(uuid4(), host, keys, gap=2, lease=60, most=2)

    async with database.transaction() as connection:
        for host in ("one.example", "two.example"):
            assert isinstance(await turns.take(connection, ask(host, "platform:shared")), Turn)
        await turns.take(connection, ask("one.example", "platform:shared"))
        await turns.take(connection, ask("three.example", "platform:shared"))
        await connection.execute(
            "INSERT INTO hosts (host, next_at) VALUES ('resting.example', clock_timestamp() + interval '90 s')"
        )
        await turns.take(connection, ask("resting.example"))
    page = await seen(reader)
    assert "2 in flight, 3 waiting" in text(page)
    reasons = {row["Host"]: row["For what"] for row in rows(page, "hosts")}
    assert reasons["one.example"] == "the request in flight, and the host's rest after it"
    assert reasons["two.example"] == "–"
    assert reasons["three.example"] == "platform:shared is full: one.example , two.example"
    assert reasons["resting.example"].startswith("the host rests, for another 1 min")


async def shut(database: Database, host: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(
            """INSERT INTO hosts (host, open_until, open_reason, failures)
            VALUES (%s, now() + interval '30 min', 'dns_failure', 4)""",
            [host],
        )


async def test_an_open_breaker_names_its_reason_and_whom_it_touches(
    reader: httpx.AsyncClient, database: Database
) -> None:
    await shut(database, "www.ash.example")
    async with database.transaction() as connection:
        ash = Diocese(name="Diocese of Ash", website="https://WWW.ash.example/parishes?x=1")
        await dioceses.publish(connection, [ash], datetime.now(UTC))
    page = await seen(reader)
    (breaker,) = rows(page, "breakers")
    assert (breaker["Why"], breaker["Failures in a row"]) == ("dns_failure", "4")
    assert breaker["Until"].startswith(("in 29 min", "in 30 min"))
    assert breaker["Touches"] == "Diocese of Ash"
    assert "Close now" not in page


async def test_an_editor_closes_a_breaker_and_that_is_noted(
    editor: httpx.AsyncClient, database: Database, audited: list[tuple[str, str, str]]
) -> None:
    await shut(database, "www.ash.example")
    assert "Close now" in await seen(editor)
    answer = await editor.post("/vitality/breakers/close", data={"host": "www.ash.example"}, headers=FROM_OUR_PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/vitality/#breakers")
    assert rows(await seen(editor), "breakers") == []
    async with database.transaction() as connection:
        ask = Ask(uuid4(), "www.ash.example", (), gap=2, lease=60, most=2)
        assert isinstance(await turns.take(connection, ask), Turn)
    assert audited == [("editor", "close_breaker", "www.ash.example")]
    await editor.post("/vitality/breakers/close", data={"host": "www.ash.example"}, headers=FROM_OUR_PAGE)
    assert len(audited) == 1


async def test_a_pool_that_does_not_count_the_deferred_is_no_cap(reader: httpx.AsyncClient) -> None:
    pools = {row["Pool"]: row["Counts the deferred"] for row in rows(await seen(reader), "pools")}
    assert pools["vitality_extraction"] == "yes"
    assert "it is no cap" in pools["vitality_schedule"]


@pytest.mark.parametrize("cycles", [2, 3])
async def test_a_stage_that_stands_still_is_named(reader: httpx.AsyncClient, database: Database, cycles: int) -> None:
    from vitality_lib.models import Outcome, Reason, UnitKind  # noqa: PLC0415
    from vitality_lib.store.ledger import Finished  # noqa: PLC0415

    now = datetime.now(UTC)
    async with database.transaction() as connection:
        await dioceses.publish(connection, [Diocese(name=f"Diocese of {n}") for n in ("Ash", "Elm", "Oak")], now)
        ids = [one.id for one in await dioceses.due(connection, Stage.DISCOVERY, now)]
        for cycle in range(cycles):
            run = f"run-{cycle}"
            await ledger.start(connection, run, Stage.DISCOVERY, datetime.now(UTC))
            await ledger.plan(connection, run, Stage.DISCOVERY, ids)
            for number in ids:
                done = Finished(Stage.DISCOVERY, UnitKind.DIOCESE, number, number, Outcome(Reason.TIMEOUT))
                await ledger.record(connection, run, "worker", done, datetime.now(UTC))
            await ledger.finish(connection, run, Stage.DISCOVERY, datetime.now(UTC), ok=False)
    assert ("Stuck: discovery stands still" in text(await seen(reader))) == (cycles >= 3)
