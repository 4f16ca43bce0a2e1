"""A crawl tells what it does, and takes as long as without whoever listens, however badly."""

from __future__ import annotations

import io
import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import structlog
from monitoring.receiver import accepting_and_silent, hanging_up, receiving, refusing
from monitoring.test_event_schema import EVENT, faults
from pydantic import SecretStr
from tiny_country import ANNE, LARKSPUR, TAMARACK, Country
from web.scripted_web import Reply

from vitality_lib import commands, crawl_commands, logs
from vitality_lib.models import Stage
from vitality_lib.monitoring.monitor import open_monitor
from vitality_lib.settings import Settings, load
from vitality_lib.stages import schedule
from vitality_lib.store import workers


def pod(country: Country, stage: Stage, **more: object) -> Settings:
    """The settings of a worker of this country."""
    fixed = {"usccb_url": "http://bishops.example/dioceses", "home": country.home, "worker_type": stage}
    given = {"database_url": SecretStr(country.database.url), "worker_id": "ann", "force": True}
    return country.web.settings(**fixed, **given, **more)


async def test_a_crawl_tells_of_its_begin_its_way_and_its_end(known: Country) -> None:
    with receiving() as receiver:
        quick = {"heartbeat_seconds": 0.1, "monitoring_url": receiver.url, "monitoring_token": SecretStr("hush-hush")}
        for stage in (Stage.EXTRACTION, Stage.SCHEDULE):
            assert await crawl_commands.worker(pod(known, stage, **quick)) == 0
    events = receiver.events()
    assert [one for one in events if faults(one)] == []
    assert {key for one in events for key in one["data"]} <= {
        key for kind in EVENT["$defs"].values() for key in kind["properties"]
    }
    assert [one["data"]["status"] for one in receiver.events("worker")] == ["began", "ended"] * 2
    assert {one["data"]["diocese"] for one in receiver.events("extraction_complete")} == {LARKSPUR, TAMARACK}
    finished = [one for one in receiver.events("progress") if one["data"]["step"] == "finished"]
    assert [(one["stage"], one["data"]["outcome"]) for one in finished] == [("extraction", "ok")] * 2 + [
        ("schedule", "ok")
    ] * 2
    assert {"heartbeat", "performance"} <= {one["kind"] for one in events}
    last = events[-1]["data"]
    assert (last["parishes_planned"], last["parishes_done"], last["parishes_good"]) == (6, 6, 6)
    assert (last["dioceses_planned"], last["dioceses_done"], last["errors"]) == (2, 2, 0)
    assert receiver.events("heartbeat")[-1]["data"]["memory_bytes"] > 2**24
    statuses = [one.facts for one in receiver.at("extraction_status")]
    assert (statuses[0]["status"], statuses[-1]["status"]) == ("running", "idle")
    assert statuses[-1]["progress_percentage"] == 100.0


async def test_the_database_hears_how_a_worker_stands(known: Country) -> None:
    await crawl_commands.worker(pod(known, Stage.SCHEDULE, heartbeat_seconds=0.1))
    async with known.database.transaction() as connection:
        (state,) = await workers.states(connection)
    assert (state.status, state.parishes_done, state.pages_done, state.errors) == ("inactive", 6, 6, 0)
    assert state.pages_a_minute > 1
    assert state.memory_bytes is not None and state.memory_bytes > 2**24


async def test_status_shows_it(
    known: Country, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = pod(known, Stage.SCHEDULE)
    async with known.database.transaction() as connection:
        await workers.register(connection, "ann", Stage.SCHEDULE, "pod")
        pulse = workers.Pulse("Diocese of Larkspur", 3, 40, 12.5, 2, "ValueError: no", 300 * 2**20)
        await workers.beat(connection, "ann", pulse)
    await commands.status(settings, as_json=True)
    (shown,) = json.loads(capsys.readouterr().out)["workers"]
    assert (shown["pages_done"], shown["pages_a_minute"], shown["errors"]) == (40, 12.5, 2)
    assert (shown["last_error"], shown["memory_bytes"]) == ("ValueError: no", 300 * 2**20)
    monkeypatch.setenv("COLUMNS", "150")
    await commands.status(settings, as_json=False)
    table = capsys.readouterr().out
    assert re.search(r"ann +│ schedule │ Diocese of Larkspur │ 3 +│ 40 +│ 12.5 +│ 2 +│ 300 ", table), table


async def test_an_error_of_our_own_is_told_and_counted(known: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no such day \x1b[2J postgresql://ann:secret-word@db/x")

    monkeypatch.setattr("vitality_lib.units.parish_visits.visit", broken)
    with receiving() as receiver:
        await crawl_commands.worker(pod(known, Stage.SCHEDULE, monitoring_url=receiver.url))
    told = receiver.events("error")
    assert len(told) == 6
    assert told[0]["data"]["diocese"] in (LARKSPUR, TAMARACK)
    assert told[0]["data"]["message"].startswith("ValueError: no such day �[2J")
    assert receiver.events("worker")[-1]["data"]["errors"] == 6
    assert "secret-word" not in str([one.body for one in receiver.posted])
    async with known.database.transaction() as connection:
        (state,) = await workers.states(connection)
    assert (state.errors, (state.last_error or "")[:10]) == (6, "ValueError")


async def test_a_breaker_is_told_when_it_opens_and_when_it_closes(known: Country) -> None:
    good = known.web.pages[f"{ANNE}/"]
    known.web.pages[f"{ANNE}/"] = Reply("<title>Just a moment...</title>", 403, {"cf-mitigated": "challenge"})
    with receiving() as receiver:
        settings = pod(known, Stage.SCHEDULE, monitoring_url=receiver.url)
        await crawl_commands.worker(settings)
        await known.rows("UPDATE hosts SET open_until = clock_timestamp() WHERE host = %s RETURNING host", ANNE)
        known.web.pages[f"{ANNE}/"] = good
        await crawl_commands.worker(settings)
    opened, closed = receiver.events("breaker")
    assert (opened["data"]["host"], opened["data"]["state"], opened["data"]["reason"]) == (ANNE, "opened", "blocked")
    assert (closed["data"]["host"], closed["data"]["state"]) == (ANNE, "closed")
    assert (opened["stage"], opened["data"]["diocese"]) == ("schedule", LARKSPUR)


@pytest.fixture
def logs_as_before() -> Iterator[None]:
    """The logs of this process are configured, and afterwards as they were."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("logs_as_before")
async def test_warnings_of_the_log_are_told_and_less_is_not() -> None:
    logs.configure(load(), io.StringIO())
    with receiving() as receiver:
        async with open_monitor(load(monitoring_url=receiver.url, worker_id="ann"), "run") as tell:
            log = structlog.get_logger()
            log.info("nothing to see")
            log.warning("no heartbeat", worker="ann", why="x" * 5000)
            try:
                raise ZeroDivisionError("of all things")
            except ZeroDivisionError:
                log.exception("broken")
            log.warning("of the monitoring itself", monitoring=True)
            tell("log", {"level": "warning", "message": "told", "detail": ""})
        structlog.get_logger().warning("after the end")
    first, second, third = receiver.events("log")
    assert (first["data"]["level"], first["data"]["message"]) == ("warning", "no heartbeat")
    assert len(first["data"]["detail"]) <= 500
    assert second["data"]["detail"] == "ZeroDivisionError: of all things"
    assert third["data"]["message"] == "told"


async def test_without_an_address_nobody_is_told() -> None:
    async with open_monitor(load(worker_id="ann"), "run") as tell:
        tell("anything", {"at": object()})


async def test_what_cannot_be_told_does_not_raise() -> None:
    class Rude:
        def __repr__(self) -> str:
            raise RuntimeError

    with receiving() as receiver:
        async with open_monitor(load(monitoring_url=receiver.url, worker_id="ann"), "run") as tell:
            tell("log", {"level": "warning", "message": Rude(), "detail": ""})
            tell("log", {"level": "warning", "message": "the next", "detail": ""})
    assert receiver.events()[-1]["data"]["message"] == "the next"


@contextmanager
def failing() -> Iterator[str]:
    with receiving(status=500) as receiver:
        yield receiver.url


@contextmanager
def slow() -> Iterator[str]:
    with receiving(pause=3.0) as receiver:
        yield receiver.url


BAD: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "accepts and never answers": accepting_and_silent,
    "refuses": refusing,
    "answers 500": failing,
    "hangs up midway": hanging_up,
    "is slow": slow,
}


async def stage_seconds(country: Country, run: str, url: str) -> tuple[float, float]:
    """Seconds that a stage takes that tells much, and those of the end."""
    async with country.work(run, force=True, monitoring_url=url, worker_id="ann") as work:
        async with open_monitor(work.settings, run) as tell:
            work.worker.tell = tell
            began = time.perf_counter()
            await schedule(work)
            for _ in range(2000):
                tell("progress", {"step": "begun", "diocese": LARKSPUR, **work.worker.figures})
            done = time.perf_counter()
        return done - began, time.perf_counter() - done


@pytest.mark.parametrize("receiver", BAD)
async def test_a_bad_receiver_costs_the_stage_nothing(
    known: Country, receiver: str, record_property: Callable[[str, object], None]
) -> None:
    await stage_seconds(known, "warm", "")
    without, _ = await stage_seconds(known, "without", "")
    with BAD[receiver]() as url:
        # Of two: what a receiver costs, it costs each time; a machine that halts for a second does so once.
        took, ending = min([await stage_seconds(known, run, url) for run in ("with", "again")])
    assert took < without + 1.0, f"{took:.2f} s, and {without:.2f} s without"
    assert ending < 1.5
    record_property("seconds", f"{took:.2f} with, {without:.2f} without, {ending:.2f} at the end")
