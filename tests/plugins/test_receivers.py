"""The receivers take what is valid and signed, from our workers and the earlier system's, and nothing else."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import airflow_home
import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from monitoring.told import DATA, NOON, event
from pydantic import SecretStr
from vitality_airflow.dashboard.receivers import LARGEST, build

from vitality_lib.models import Stage
from vitality_lib.monitoring import earlier
from vitality_lib.monitoring.event import Event
from vitality_lib.monitoring.monitor import open_monitor
from vitality_lib.monitoring.signature import HEADER, sign
from vitality_lib.settings import load
from vitality_lib.store import reported, workers
from vitality_lib.store.database import Database, one_transaction
from vitality_lib.store.reported import Kept, Reported
from vitality_lib.store.workers import Pulse, WorkerState

TOKEN = "a-token-of-the-test"
STATUS = {
    "status": "running",
    "current_diocese": "Diocese of Larkspur",
    "parishes_processed": 7,
    "total_parishes": 40,
    "success_rate": 85.7,
    "progress_percentage": 17.5,
    "estimated_completion": None,
    "started_at": "2026-03-02T12:00:00.000001+00:00",
}
# As the earlier system's client posts them.
EARLIER: dict[str, dict[str, Any]] = {
    "worker/pipeline-7d9f-abcde/extraction_status": STATUS,
    "extraction_status": {**STATUS, "status": "idle", "current_diocese": None, "started_at": None},
    "circuit_breakers": {
        "diocese_page_load": {"state": "CLOSED", "total_requests": 45, "success_rate": "95.6%", "total_failures": 2},
        "webdriver_requests": {"state": "HALF_OPEN", "total_requests": 89, "success_rate": 92.1, "total_blocked": 3},
    },
    "worker/pipeline-7d9f-abcde/circuit_breakers": {"parish_detail_load": {"state": "OPEN"}},
    "performance": {
        "parishes_per_minute": 2.5,
        "queue_size": 4,
        "pool_utilization": 0.5,
        "total_requests": 128,
        "successful_requests": 112,
    },
    "error": {"type": "ExtractionError", "message": "it failed", "diocese": None, "severity": "error"},
    "extraction_complete": {
        "diocese_name": "Diocese of Larkspur",
        "parishes_extracted": 40,
        "success_rate": 97.5,
        "duration": 61.2,
        "status": "completed",
    },
    "log": {"message": "Started extraction for Larkspur (40 parishes)", "level": "INFO", "module": "extraction"},
}


@pytest.fixture
async def receivers(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the receivers that shows no token yet."""
    transport = httpx.ASGITransport(build(database, lambda: TOKEN))
    async with httpx.AsyncClient(transport=transport, base_url="http://airflow/") as client:
        yield client


class Untouched:
    """A database that nothing may reach."""

    def transaction(self) -> Any:
        raise AssertionError("what is refused has come to the database")


@pytest.fixture
async def refusing() -> AsyncIterator[httpx.AsyncClient]:
    """A client of receivers whose database nothing may reach."""
    transport = httpx.ASGITransport(build(Untouched(), lambda: TOKEN))
    async with httpx.AsyncClient(transport=transport, base_url="http://airflow/") as client:
        yield client


async def post(
    client: httpx.AsyncClient, path: str, body: bytes | dict[str, Any], **headers: str
) -> tuple[int, dict[str, Any]]:
    """The status and the answer to a post; signed, unless headers are given."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    signed = headers or {HEADER: sign(TOKEN, content, time.time())}
    answer = await client.post(path, content=content, headers=signed)
    return answer.status_code, dict(answer.json())


async def kept(database: Database) -> tuple[Kept, ...]:
    async with database.transaction() as connection:
        return await reported.latest(connection, 100)


async def states(database: Database) -> dict[str, WorkerState]:
    async with database.transaction() as connection:
        return {one.worker_id: one for one in await workers.states(connection)}


# --- events of ours --------------------------------------------------------------------------------------------------


async def test_every_kind_of_event_is_kept(receivers: httpx.AsyncClient, database: Database) -> None:
    told = [event(kind) for kind in DATA]
    for one in told:
        assert await post(receivers, "events", one.body(dropped=2)) == (200, {"status": "success"})
    assert [one.reported for one in reversed(await kept(database))] == [
        Reported("vitality-1", one.kind, "pod/ann 1", one.data, NOON, "run-1", one.id) for one in told
    ]


async def test_an_event_that_is_posted_again_is_kept_once(receivers: httpx.AsyncClient, database: Database) -> None:
    body = event("log").body()
    signed = {HEADER: sign(TOKEN, body, time.time())}
    answers = [await receivers.post("events", content=body, headers=signed) for _ in range(3)]
    assert [one.status_code for one in answers] == [200] * 3
    assert {one.headers["X-Vitality-Events"] for one in answers} == {"1"}  # no other shape is needed here
    assert len(await kept(database)) == 1


async def test_a_worker_of_elsewhere_stands_beside_ours(receivers: httpx.AsyncClient, database: Database) -> None:
    await post(receivers, "events", event("worker").body())
    await post(receivers, "events", event("heartbeat").body())
    seen = (await states(database))["pod/ann 1"]
    assert (seen.worker_type, seen.pod_name, seen.status) == (Stage.SCHEDULE, "pod/ann 1", "active")
    assert (seen.parishes_done, seen.pages_done, seen.pages_a_minute, seen.memory_bytes) == (4, 40, 12.5, 2**28)
    assert (seen.reported, seen.started_at, seen.current_diocese) == (True, NOON, "Diocese of Larkspur")
    ended = Event(event().teller, "worker", NOON + timedelta(minutes=1), None, {**DATA["worker"], "status": "ended"})
    await post(receivers, "events", ended.body())
    await post(receivers, "events", event("heartbeat").body())  # it was held up on the way
    gone = (await states(database))["pod/ann 1"]
    assert (gone.status, gone.current_diocese, gone.pages_done) == ("inactive", None, 40)


async def test_a_worker_that_writes_here_itself_is_left_alone(receivers: httpx.AsyncClient, database: Database) -> None:
    async with database.transaction() as connection:
        await workers.register(connection, "pod/ann 1", Stage.EXTRACTION, "node-9")
        await workers.beat(connection, "pod/ann 1", Pulse("Diocese of Tamarack", 1))
    assert (await post(receivers, "events", event("worker", status="failed").body()))[0] == 200
    own = (await states(database))["pod/ann 1"]
    assert (own.status, own.worker_type, own.current_diocese) == ("active", Stage.EXTRACTION, "Diocese of Tamarack")
    assert not own.reported


# --- reports in the shapes of the earlier system ---------------------------------------------------------------------


async def test_every_report_of_the_earlier_system_is_kept(receivers: httpx.AsyncClient, database: Database) -> None:
    for path, facts in EARLIER.items():
        assert await post(receivers, path, facts) == (200, {"status": "success"})
    for (path, facts), found in zip(EARLIER.items(), reversed(await kept(database)), strict=True):
        worker = "pipeline-7d9f-abcde" if path.startswith("worker/") else ""
        assert (found.reported.protocol, found.reported.kind) == ("earlier", path.rsplit("/", 1)[-1])
        assert (found.reported.worker, found.reported.data) == (worker, facts)
        assert abs((found.received_at - (found.reported.at or NOON)).total_seconds()) < 1


async def test_what_we_post_in_the_earlier_shapes_is_taken_here_too(receivers: httpx.AsyncClient) -> None:
    for kind in DATA:
        for path, facts in earlier.posts(event(kind)):
            assert await post(receivers, path, dict(facts)) == (200, {"status": "success"})


async def test_a_worker_of_the_earlier_system_stands_beside_ours(
    receivers: httpx.AsyncClient, database: Database
) -> None:
    for said, status in {"running": "active", "idle": "inactive", "completed": "inactive", "error": "failed"}.items():
        await post(receivers, "worker/pipeline-1/extraction_status", {**STATUS, "status": said})
        seen = (await states(database))["pipeline-1"]
        diocese = "Diocese of Larkspur" if status == "active" else None
        assert (seen.status, seen.current_diocese, seen.parishes_done) == (status, diocese, 7)
        assert (seen.reported, seen.worker_type, seen.silent_seconds < 5) == (True, Stage.EXTRACTION, True)


async def test_its_single_worker_has_no_name_of_its_own(receivers: httpx.AsyncClient, database: Database) -> None:
    await post(receivers, "extraction_status", STATUS)
    assert list(await states(database)) == ["earlier system"]


# --- who may post ----------------------------------------------------------------------------------------------------


async def test_the_token_may_be_shown_as_a_bearer(receivers: httpx.AsyncClient) -> None:
    assert (await post(receivers, "log", EARLIER["log"], Authorization=f"Bearer {TOKEN}"))[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"X-Nothing": "1"}, id="nothing"),
        pytest.param({"Authorization": "Bearer another"}, id="another token"),
        pytest.param({"Authorization": "Bearer "}, id="no token"),
        pytest.param({"Authorization": f"Basic {TOKEN}"}, id="another scheme"),
        pytest.param({HEADER: "t=1,v1=00"}, id="no signature"),
        pytest.param({HEADER: sign(TOKEN, b"another body", 2e9)}, id="another body's"),
        pytest.param({HEADER: sign("another", json.dumps(EARLIER["log"]).encode(), 2e9)}, id="another token's"),
        pytest.param({HEADER: sign(TOKEN, json.dumps(EARLIER["log"]).encode(), 1e9)}, id="an old one"),
    ],
)
@pytest.mark.parametrize("path", ["events", "log", "worker/ann/extraction_status"])
async def test_who_does_not_show_it_is_refused(refusing: httpx.AsyncClient, path: str, headers: dict[str, str]) -> None:
    status, answer = await post(refusing, path, EARLIER["log"], **headers)
    assert status == 401
    assert "MONITORING_TOKEN" in answer["detail"]
    assert TOKEN not in answer["detail"]


async def test_every_path_asks_for_the_token() -> None:
    app = build(Untouched(), lambda: TOKEN)
    transport = httpx.ASGITransport(app)
    paths = [route.path.replace("{worker:path}", "a").replace("{word}", "log") for route in app.routes]
    async with httpx.AsyncClient(transport=transport, base_url="http://airflow") as client:
        assert {(await client.post(path, json={})).status_code for path in paths} == {401}
    assert len(paths) == 8


async def test_where_no_token_is_set_nothing_is_taken() -> None:
    transport = httpx.ASGITransport(build(Untouched(), lambda: ""))
    async with httpx.AsyncClient(transport=transport, base_url="http://airflow/") as client:
        for headers in ({"Authorization": "Bearer "}, {HEADER: sign("", b"{}", time.time())}):
            status, answer = await post(client, "log", b"{}", **headers)
            assert (status, "MONITORING_TOKEN" in answer["detail"]) == (503, True)


async def test_the_token_comes_from_the_environment(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = httpx.ASGITransport(build(database))
    async with httpx.AsyncClient(transport=transport, base_url="http://airflow/") as client:
        monkeypatch.delenv("MONITORING_TOKEN", raising=False)
        assert (await post(client, "log", EARLIER["log"]))[0] == 503
        monkeypatch.setenv("MONITORING_TOKEN", TOKEN)
        assert (await post(client, "log", EARLIER["log"]))[0] == 200


# --- what is not taken -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("log", b"", "not JSON"),
        ("log", b"\xff\xfe", "not JSON"),
        ("log", b"[]", "not a JSON object"),
        ("log", b"[" * 60_000, "not JSON"),
        ("log", b'{"message": NaN}', "NaN is no number"),
        ("log", b'{"message": "", "level": 1}', "level: 1 is not of type"),
        ("log", b"{}", "'message' is a required property"),
        ("performance", b'{"queue_size": 1e999}', "1e999 is no number"),
        ("performance", b'{"queue_size": -1}', "queue_size: -1 is less than the minimum"),
        ("extraction_status", b'{"status": "running", "started_at": "yesterday"}', "started_at: 'yesterday'"),
        ("extraction_status", b'{"status": "running", "parishes_processed": 3000000000}', "greater than the maximum"),
        ("extraction_status", b'{"status": "running", "success_rate": 101}', "greater than the maximum"),
        ("circuit_breakers", b'{"it": 1}', "it: 1 is not of type"),
        ("events", b"{}", "is a required property"),
        ("events", event().body().replace(b'"version":1', b'"version":2'), "version: 1 was expected"),
        ("events", event().body().replace(b"+00:00", b""), "offset from UTC is missing"),
        ("events", event("worker", status="asleep").body(), "data.status: 'asleep' is not one of"),
        ("events", event("heartbeat", pages_done=-3).body(), "data.pages_done: -3 is less than the minimum of 0"),
    ],
)
async def test_what_is_not_valid_is_refused_with_the_reason(
    refusing: httpx.AsyncClient, path: str, body: bytes, said: str
) -> None:
    status, answer = await post(refusing, path, body)
    assert status == 422
    assert said in answer["detail"]
    assert len(answer["detail"]) <= 320


async def test_a_body_that_is_too_large_is_refused(refusing: httpx.AsyncClient) -> None:
    large = json.dumps({"message": "x" * LARGEST}).encode()
    assert (await post(refusing, "log", large))[0] == 413


@pytest.mark.parametrize("path", ["weather", "worker/ann/log", "worker//extraction_status"])
async def test_there_are_no_other_paths(refusing: httpx.AsyncClient, path: str) -> None:
    assert (await post(refusing, path, EARLIER["log"]))[0] in (404, 422)


async def test_hostile_words_are_kept_as_words(receivers: httpx.AsyncClient, database: Database) -> None:
    hostile = "<script>alert(1)</script>\u202e'; DROP TABLE reported_events; --\x00\ud800" + "x" * 1000
    body = json.dumps({"message": hostile}).encode()
    assert (await post(receivers, "log", body))[0] == 200
    ((found),) = await kept(database)
    assert found.reported.data["message"] == hostile.replace("\x00", "").replace("\ud800", "")


async def test_while_the_database_is_away_it_says_so() -> None:
    class Away:
        def transaction(self) -> Any:
            return one_transaction(load(database_url=SecretStr("postgresql://127.0.0.1:9/none")))

    transport = httpx.ASGITransport(build(Away(), lambda: TOKEN))
    async with httpx.AsyncClient(transport=transport, base_url="http://airflow/") as client:
        status, answer = await post(client, "log", EARLIER["log"])
    assert (status, answer["detail"]) == (503, "the database cannot be reached; post it again later")


# --- how much is kept ------------------------------------------------------------------------------------------------


async def test_the_last_ten_thousand_are_kept_and_none_for_longer_than_a_week(
    receivers: httpx.AsyncClient, database: Database
) -> None:
    async with database.transaction() as connection:
        await connection.execute(
            """INSERT INTO reported_events (protocol, kind, worker, at, received_at, data)
            SELECT 'earlier', 'log', '', now(), now() - CASE WHEN n > 10000 THEN interval '8 days' ELSE '0' END, '{}'
            FROM generate_series(1, 10050) n"""
        )
    for _ in range(2):
        await post(receivers, "log", EARLIER["log"])
    async with database.transaction() as connection:
        rows = await connection.execute(
            """SELECT count(*), min(id), count(*) FILTER (WHERE received_at < now() - interval '7 days')
            FROM reported_events"""
        )
        count, least, old = await rows.fetchone() or (0, 0, 0)
    assert (count, least, old) == (9950, 53, 0)


# --- all of it together ----------------------------------------------------------------------------------------------


@asynccontextmanager
async def served(database: Database) -> AsyncIterator[str]:
    """The address of an API server with the receivers where Airflow has them."""
    airflow = FastAPI()
    airflow.mount("/vitality/api/monitoring", build(database, lambda: TOKEN))
    server = uvicorn.Server(uvicorn.Config(airflow, port=0, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/vitality"
    server.should_exit = True
    await serving


async def test_a_worker_posts_to_it_over_http(database: Database) -> None:
    async with served(database) as url:
        given = {"monitoring_url": url, "monitoring_token": SecretStr(TOKEN)}
        async with open_monitor(load(**given, worker_id="ann", worker_type="schedule"), "run-9") as tell:
            for kind, data in DATA.items():
                tell(kind, data)
    found = await kept(database)
    assert [one.reported.kind for one in reversed(found)] == list(DATA)
    assert {(one.reported.protocol, one.reported.worker, one.reported.run) for one in found} == {
        ("vitality-1", "ann", "run-9")
    }
    assert (await states(database))["ann"].status == "active"


async def test_the_examples_of_the_documentation_work(database: Database) -> None:
    page = (airflow_home.ROOT / "docs" / "monitoring.md").read_text(encoding="utf-8")
    python, shell = re.findall(r"```(?:python)?\n((?:import|BODY).*?)```", page, re.S)
    async with served(database) as url:
        here = python.replace("https://airflow.example/vitality", url).replace("the token", TOKEN)
        await asyncio.to_thread(exec, here, {})
        told = ["log"]
        if shutil.which("curl") and shutil.which("openssl"):
            script = f"set -e\nMONITORING_TOKEN={TOKEN}\n" + shell.replace("https://airflow.example/vitality", url)
            run = ["bash", "-c", script.replace("curl -d", "curl --fail --silent --noproxy '*' -d")]
            await asyncio.to_thread(subprocess.run, run, check=True)
            told *= 3
    assert [one.reported.kind for one in await kept(database)] == told
