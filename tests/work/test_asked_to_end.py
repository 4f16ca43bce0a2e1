"""Whole workers that are asked to end in the middle of whatever they are at: gone in time, with nothing left behind."""

from __future__ import annotations

import asyncio
import signal
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import LiteralString

import psutil
import pytest
from command_line import Vitality
from tiny_country import ANNE, LARKSPUR, Country, page
from web.scripted_web import Asked, Reply

from vitality_lib.models import Stage
from vitality_lib.store import assignments, dioceses
from vitality_lib.store.assignments import Claim
from vitality_lib.web.browser_paths import find_browser

pytestmark = pytest.mark.timeout(200)
IN_TIME = 25.0  # seconds; Kubernetes kills after 30
# Who insists, as a second Ctrl-C does, need not wait for the grace of what is in hand to be over.
INSISTING = pytest.mark.parametrize("again", [True, pytest.param(False, marks=pytest.mark.chaos)])
QUICK = {"VITALITY_FORCE": "true", "VITALITY_CONCURRENCY": "1", "VITALITY_HEARTBEAT": "0.5"}


@dataclass(frozen=True)
class Ended:
    """How a process ended, after how many seconds, and which processes it left behind."""

    code: int
    seconds: float
    said: str
    orphans: list[str]


async def ask_to_end(process: Process, number: signal.Signals = signal.SIGTERM, *, again: bool = False) -> Ended:
    """Send the signal and wait for the end, which may not take longer than Kubernetes waits. `again`: insist on it."""
    family = psutil.Process(process.pid).children(recursive=True)
    began = time.monotonic()
    process.send_signal(number)
    if again:
        await asyncio.sleep(0.5)
        with suppress(ProcessLookupError):  # it ended at the first word
            process.send_signal(number)
    _, said = await asyncio.wait_for(process.communicate(), 60)
    seconds = time.monotonic() - began
    alive = [one.name() for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    assert process.returncode is not None
    return Ended(process.returncode, seconds, said.decode(), alive)


def assert_ended_well(ended: Ended) -> None:
    assert ended.code == 0, ended.said
    assert ended.seconds < IN_TIME
    assert ended.orphans == []


async def left(country: Country) -> list[tuple[object, ...]]:
    """Workers that look alive, dioceses that are held, and requests that look in flight."""
    return await country.rows(
        """SELECT worker_id FROM pipeline_workers WHERE status = 'active'
        UNION ALL SELECT worker_id FROM diocese_work_assignments WHERE status = 'processing' AND worker_id <> 'bob'
        UNION ALL SELECT host FROM turns WHERE taken_at IS NOT NULL"""
    )


async def until(country: Country, query: LiteralString, *values: object) -> None:
    """Wait until the database has an answer to this."""
    for _ in range(600):
        if await country.rows(query, *values):
            return
        await asyncio.sleep(0.1)
    raise TimeoutError(query)


def asked_for(country: Country, address: str, pause: float) -> asyncio.Event:
    """Set when `address` is asked for; the answer takes so long."""
    event = asyncio.Event()

    def answer(_: Asked) -> Reply:
        event.set()
        return Reply("<html><body>late</body></html>", pause=pause)

    country.web.pages[address] = answer
    return event


@pytest.mark.parametrize(
    ("stage", "address"),
    [("discovery", "larkspur.example/"), ("extraction", "larkspur.example/parishes"), ("schedule", f"{ANNE}/")],
)
async def test_with_a_page_in_hand(known: Country, vitality: Vitality, stage: str, address: str) -> None:
    asked = asked_for(known, address, pause=1.0)
    process = await vitality.started("worker", "--type", stage, **known.environment(**QUICK))
    await asyncio.wait_for(asked.wait(), 60)
    assert_ended_well(await ask_to_end(process, signal.SIGINT if stage == "schedule" else signal.SIGTERM))
    assert await left(known) == []


async def test_with_a_report_in_hand(known: Country, vitality: Vitality) -> None:
    """It has no site to wait for: the report is finished, or not begun."""
    process = await vitality.started("worker", "--type", "reporting", **known.environment())
    await until(known, "SELECT 1 FROM pipeline_workers WHERE worker_type = 'reporting'")
    assert_ended_well(await ask_to_end(process))
    assert await left(known) == []


@INSISTING
async def test_where_nothing_ends_by_itself(known: Country, vitality: Vitality, again: bool) -> None:
    """A page that does not come, a turn that is far away, a silent worker's lease, a lock: four workers at once."""
    async with (
        a_page_that_does_not_come(known, vitality) as page_in_hand,
        a_turn_far_away(known, vitality) as turn,
        a_lease_of_a_silent_worker(known, vitality) as lease,
        inside_a_transaction(known, vitality) as transaction,
    ):
        workers = (page_in_hand, turn, lease, transaction)
        ends = await asyncio.gather(*(ask_to_end(process, again=again) for process in workers))
        assert max(ended.seconds for ended in ends) < IN_TIME, [round(ended.seconds, 1) for ended in ends]
        for ended in ends:
            assert_ended_well(ended)
    assert await left(known) == []


@asynccontextmanager
async def a_page_that_does_not_come(country: Country, vitality: Vitality) -> AsyncIterator[Process]:
    asked = asked_for(country, "larkspur.example/parishes", pause=50)
    given = country.environment(VITALITY_DIOCESES=LARKSPUR, VITALITY_TIMEOUT="60", **QUICK)
    process = await vitality.started("worker", "--type", "extraction", **given)
    await asyncio.wait_for(asked.wait(), 60)
    yield process


@asynccontextmanager
async def a_turn_far_away(country: Country, vitality: Vitality) -> AsyncIterator[Process]:
    """The homepage of St. Anne may not be asked for in the next minute."""
    async with country.database.transaction() as connection:
        await connection.execute(
            "UPDATE hosts SET next_at = clock_timestamp() + interval '60 s' WHERE host = %s", [ANNE]
        )
    given = country.environment(VITALITY_DIOCESES=LARKSPUR, **QUICK)
    process = await vitality.started("worker", "--type", "schedule", **given)
    await until(country, "SELECT 1 FROM turns WHERE host = %s AND taken_at IS NULL", ANNE)
    yield process


@asynccontextmanager
async def a_lease_of_a_silent_worker(country: Country, vitality: Vitality) -> AsyncIterator[Process]:
    async with country.database.transaction() as connection:
        (diocese,) = await dioceses.named(connection, [LARKSPUR])
        assert isinstance(await assignments.take(connection, [diocese.id], Stage.DISCOVERY, "bob", 600), Claim)
    given = country.environment(VITALITY_DIOCESES=LARKSPUR, WORKER_ID="waits", **QUICK)
    process = await vitality.started("worker", "--type", "discovery", "--step", "directories", **given)
    await until(country, "SELECT 1 FROM runs WHERE run LIKE 'discovery-%%' AND finished_at IS NULL")
    await asyncio.sleep(1)  # it has seen by now that bob holds it
    yield process
    assert process.returncode == 0


@asynccontextmanager
async def inside_a_transaction(country: Country, vitality: Vitality) -> AsyncIterator[Process]:
    """Somebody else has locked the ledger, which a unit writes in its transaction."""
    async with country.database.transaction() as connection:
        await connection.execute("LOCK TABLE visits IN ACCESS EXCLUSIVE MODE")
        given = country.environment(VITALITY_DIOCESES="Diocese of Tamarack", **QUICK)
        process = await vitality.started("worker", "--type", "extraction", **given)
        locked = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        await until(country, locked)
        yield process


@pytest.mark.browser
@INSISTING
async def test_with_a_browser_page_in_hand(known: Country, vitality: Vitality, again: bool) -> None:
    assert find_browser(), "this needs Chromium and its driver"
    asked = asked_for(known, "larkspur.example/late", pause=40)
    known.web.pages["larkspur.example/parishes"] = page(
        '<h1>Find a Parish</h1><div id="root"></div><script>fetch("/" + ["l", "a", "t", "e"].join(""))</script>'
    )
    given = known.environment(VITALITY_DIOCESES=LARKSPUR, VITALITY_BROWSER="auto", **QUICK)
    process = await vitality.started("worker", "--type", "extraction", **given)
    await asyncio.wait_for(asked.wait(), 90)
    family = [one.name() for one in psutil.Process(process.pid).children(recursive=True)]
    assert any("chrom" in name for name in family), family
    assert_ended_well(await ask_to_end(process, again=again))
    assert await left(known) == []
