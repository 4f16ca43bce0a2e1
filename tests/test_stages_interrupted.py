"""Stages that are ended in the middle, break, or lose their lease: what is kept, who goes on, what is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from tiny_country import (
    ANNE,
    BRENDAN,
    CLARE,
    DYMPHNA,
    EDMUND,
    FELIX,
    LARKSPUR,
    LIST_URL,
    PARISHES,
    TAMARACK,
    Country,
    directory,
    mass_times,
    new_parishes,
    page,
)
from web.scripted_web import Answering, Asked, Reply

from vitality_lib import stages
from vitality_lib.document import Document
from vitality_lib.models import Reason, ScheduleReading, Stage
from vitality_lib.schedules import page_services
from vitality_lib.schedules.reader import read_services
from vitality_lib.stages import discovery, everything, extraction, schedule
from vitality_lib.store import assignments, dioceses, ledger
from vitality_lib.store.errors import LeaseLost
from vitality_lib.units import parish_list
from vitality_lib.units.parish_list import read_parishes
from vitality_lib.units.parish_visits import visit_parishes
from vitality_lib.work import run_ledger
from vitality_lib.work.claims import claim
from vitality_lib.work.endings import HeldElsewhere, StageFailed
from vitality_lib.work.shutdown import Interrupted
from vitality_lib.work.worker import Worker

A_DAY = timedelta(days=1, minutes=1)
QUICK = 0.2  # seconds between two heartbeats


# --- ending in the middle --------------------------------------------------------------------------------------------


def then_stop(country: Country, answering: Answering) -> Answering:
    """The same answer, and while it is given the process is asked to end."""

    def answer(asked: Asked) -> Reply:
        country.stop.set()
        reply = answering(asked) if callable(answering) else answering
        assert isinstance(reply, Reply)
        return reply

    return answer


async def test_asked_to_end_it_finishes_what_is_in_hand_and_the_next_run_goes_on(country: Country) -> None:
    await country.do(discovery, extraction)
    country.web.pages[f"{BRENDAN}/"] = then_stop(country, country.web.pages[f"{BRENDAN}/"])
    with pytest.raises(Interrupted):
        await country.do(schedule, concurrency=1)
    assert await country.outcomes() == {ANNE: Reason.OK, BRENDAN: Reason.OK}
    assert await country.outcomes(kind="diocese") == {LARKSPUR: Reason.INTERRUPTED, TAMARACK: Reason.OK}
    assert await country.rows("SELECT status FROM runs WHERE stage = 'schedule'") == [("failed",)]

    country.stop.clear()
    country.web.asked.clear()
    await country.do(schedule, run="second")
    assert set(await country.outcomes("second")) == {CLARE, DYMPHNA, EDMUND, FELIX}
    assert country.web.paths(ANNE) == []


async def test_asked_to_end_no_further_stage_is_begun(country: Country) -> None:
    country.web.pages["larkspur.example/"] = then_stop(country, country.web.pages["larkspur.example/"])
    with pytest.raises(Interrupted):
        await country.do(everything, concurrency=1)
    assert await country.rows("SELECT stage FROM runs") == [("discovery",)]


# --- what breaks -----------------------------------------------------------------------------------------------------


async def test_a_reader_that_breaks_costs_only_its_own_parish(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_on_anne(document: Document) -> ScheduleReading:
        if ANNE in document.url:
            raise KeyError("recurrence")
        return read_services(document)

    monkeypatch.setattr(page_services, "read_services", breaks_on_anne)
    await country.do(discovery, extraction, schedule)
    ended = await country.outcomes()
    assert ended.pop(ANNE) == Reason.INTERNAL_ERROR
    assert set(ended.values()) == {Reason.OK.value}
    assert await country.rows("SELECT detail FROM outcomes WHERE reason = 'internal_error'") == [
        ("KeyError: 'recurrence'",)
    ]


async def test_a_diocese_that_breaks_makes_its_stage_fail_and_costs_no_other_diocese(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = parish_list.collect

    async def breaks_in_larkspur(document: Document, *more: object) -> object:
        if "larkspur" in document.url:
            raise ZeroDivisionError("parishes per page")
        return await sound(document, *more)

    monkeypatch.setattr(parish_list, "collect", breaks_in_larkspur)
    with pytest.raises(StageFailed, match=f"1 broken off \\({LARKSPUR}: internal_error\\)"):
        await country.do(discovery, extraction)
    assert [len(one.parishes) for one in (await country.observed()).values()] == [0, 3]
    ended = await country.outcomes(kind="diocese")
    assert ended == {LARKSPUR: Reason.INTERNAL_ERROR, TAMARACK: Reason.OK}


async def test_a_list_that_changed_shape_fails_and_changes_nothing(known: Country) -> None:
    before = await known.facts()
    known.web.pages["bishops.example/dioceses"] = page("<h1>All Dioceses</h1><p>We have moved.</p>")
    known.now += A_DAY
    for run in ("second", "third"):  # and it is not taken for a list that was read
        with pytest.raises(StageFailed, match="this is not the USCCB's list of dioceses"):
            await known.do(discovery, run=run)
    assert await known.facts() == before
    rows = await known.rows("SELECT status, reason FROM runs JOIN outcomes USING (run, stage) WHERE run <> 'first'")
    assert rows == [("failed", "unreadable"), ("failed", "unreadable")]


async def test_a_list_that_is_away_fails_with_its_address(known: Country) -> None:
    del known.web.pages["bishops.example/dioceses"]
    with pytest.raises(StageFailed, match=f"{LIST_URL} cannot be had: http_error"):
        await known.do(discovery, run="second", force=True)


# --- leases ----------------------------------------------------------------------------------------------------------


async def taken_by_bob(country: Country, name: str, stage: Stage) -> None:
    """Another worker takes a diocese whose lease has just ended."""
    async with country.database.transaction() as connection:
        await connection.execute("UPDATE diocese_work_assignments SET lease_until = clock_timestamp()")
        (diocese,) = await dioceses.named(connection, [name])
        assert await assignments.take(connection, [diocese.id], stage, "bob", lease_seconds=600)


@pytest.mark.parametrize(
    ("stage", "address"),
    [
        (Stage.DISCOVERY, "larkspur.example/"),
        (Stage.EXTRACTION, "larkspur.example/parishes"),
        (Stage.SCHEDULE, f"{ANNE}/"),
    ],
)
async def test_a_worker_that_lost_its_lease_writes_nothing(known: Country, stage: Stage, address: str) -> None:
    before = await known.facts()
    known.web.pages["larkspur.example/parishes"] = page(directory((ANNE, BRENDAN, CLARE, *new_parishes(2))))
    known.web.pages[f"{ANNE}/"] = page(mass_times("St. Anne", sunday="9:15 AM"))
    answering = known.web.pages[address]

    async def meanwhile(asked: Asked) -> Reply:
        await taken_by_bob(known, LARKSPUR, stage)
        reply = answering(asked) if callable(answering) else answering
        assert isinstance(reply, Reply)
        return reply

    known.web.pages[address] = meanwhile
    with pytest.raises(LeaseLost, match=f"lost {LARKSPUR}"):
        async with known.work("second", force=True, dioceses=(LARKSPUR,), concurrency=1) as work:
            await stages.STAGES[stage](work)
    assert await known.facts() == before
    assert await known.outcomes("second", "diocese") == {}
    assert await known.outcomes("second", "parish") == {}


async def test_a_lost_lease_ends_the_other_dioceses_too_and_they_are_given_back(known: Country) -> None:
    async def meanwhile(asked: Asked) -> Reply:
        await taken_by_bob(known, LARKSPUR, Stage.SCHEDULE)
        return Reply("", 500)

    known.web.pages[f"{ANNE}/"] = meanwhile
    known.web.pages[f"{DYMPHNA}/"] = Reply("", 200, pause=20)
    with pytest.raises(LeaseLost):
        await known.do(schedule, run="second", force=True)
    rows = await known.rows(
        """SELECT name, worker_id, status FROM diocese_work_assignments
        JOIN dioceses ON dioceses.id = diocese_id WHERE stage = 'schedule' ORDER BY name"""
    )
    assert rows == [(LARKSPUR, "bob", "processing"), (TAMARACK, "ann", "released")]


@asynccontextmanager
async def bob_at_work(country: Country, name: str, stage: Stage) -> AsyncIterator[None]:
    """Another worker has a diocese in hand meanwhile, and its heart beats."""
    async with country.database.transaction() as connection:
        (diocese,) = await dioceses.named(connection, [name])
    async with claim(country.database, diocese.id, stage, Worker("bob", QUICK), lease_seconds=60) as held:
        assert held
        yield


async def test_a_given_diocese_that_another_worker_holds_is_for_later(known: Country) -> None:
    async with (
        bob_at_work(known, LARKSPUR, Stage.SCHEDULE),
        known.work("second", dioceses=(LARKSPUR,), heartbeat_seconds=QUICK) as work,
    ):
        with pytest.raises(HeldElsewhere, match="another worker holds the diocese"):
            await stages.each_given_diocese(work, Stage.SCHEDULE, visit_parishes)
    assert known.web.asked == []


async def test_workers_share_the_dioceses_and_no_parish_is_visited_twice(country: Country) -> None:
    await country.do(discovery, extraction)
    country.web.asked.clear()
    ended = await asyncio.gather(
        *(country.do(schedule, run=run, concurrency=1, heartbeat_seconds=QUICK) for run in ("ann's", "bob's")),
        return_exceptions=True,
    )
    assert {type(end) for end in ended} <= {type(None), HeldElsewhere}
    assert sorted(asked.host for asked in country.web.asked if asked.path == "/") == sorted(PARISHES)


async def test_a_due_diocese_that_another_worker_holds_is_for_later_and_the_others_are_done(known: Country) -> None:
    async with bob_at_work(known, LARKSPUR, Stage.SCHEDULE):
        with pytest.raises(HeldElsewhere, match="another worker holds the diocese"):
            await known.do(schedule, run="second", force=True, heartbeat_seconds=QUICK)
    assert await known.outcomes("second", "diocese") == {TAMARACK: Reason.OK}


async def test_a_diocese_whose_holder_has_fallen_silent_is_waited_for_and_done(known: Country) -> None:
    async with known.database.transaction() as connection:
        (diocese,) = await dioceses.named(connection, [LARKSPUR])
        assert await assignments.take(connection, [diocese.id], Stage.EXTRACTION, "dead", lease_seconds=1.5)
    await known.do(extraction, run="second", force=True, heartbeat_seconds=QUICK)
    assert await known.outcomes("second", "diocese") == {LARKSPUR: Reason.OK, TAMARACK: Reason.OK}


# --- done by another meanwhile ---------------------------------------------------------------------------------------


async def test_two_workers_that_planned_the_same_read_each_directory_once(country: Country) -> None:
    await country.do(discovery)
    country.web.asked.clear()
    for host in ("larkspur.example", "tamarack.example"):
        country.web.pages[f"{host}/parishes"] = slowly(country.web.pages[f"{host}/parishes"])
    runs = ("ann's", "bob's", "carl's")
    given = {"heartbeat_seconds": QUICK, "lease_seconds": 60, "concurrency": 1}
    ended = await asyncio.gather(*(country.do(extraction, run=run, **given) for run in runs), return_exceptions=True)
    assert {type(end) for end in ended} <= {type(None), HeldElsewhere}
    assert sorted(asked.host for asked in country.web.asked if asked.path == "/parishes") == [
        "larkspur.example",
        "tamarack.example",
    ]
    assert await country.rows("SELECT count(*) FROM outcomes WHERE stage = 'extraction'") == [(2,)]


def slowly(answering: Answering) -> Answering:
    """The same answer after a moment in which others look around."""

    async def answer(asked: Asked) -> Reply:
        reply = answering(asked) if callable(answering) else answering
        assert isinstance(reply, Reply)
        return replace(reply, pause=0.5)

    return answer


async def test_what_another_run_did_since_the_plan_leaves_the_plan(country: Country) -> None:
    await country.do(discovery)
    async with country.work("late", dioceses=(LARKSPUR,)) as work:
        await run_ledger.begin(country.database, "late", Stage.EXTRACTION, [1, 2], work.now)
        await country.do(extraction, run="early")
        country.web.asked.clear()
        await stages.each_given_diocese(work, Stage.EXTRACTION, read_parishes)
    assert country.web.asked == []
    async with country.database.transaction() as connection:
        left = await ledger.planned(connection, "late", Stage.EXTRACTION)
    assert [(unit.name, unit.reason) for unit in left] == [(TAMARACK, None)]


async def test_a_task_that_is_run_twice_at_once_reads_its_directory_once(known: Country) -> None:
    known.web.pages["larkspur.example/parishes"] = slowly(known.web.pages["larkspur.example/parishes"])
    before = await known.facts()

    async def task() -> None:
        async with known.work("twice", dioceses=(LARKSPUR,), force=True, heartbeat_seconds=QUICK) as work:
            await stages.each_given_diocese(work, Stage.EXTRACTION, read_parishes)

    ended = await asyncio.gather(task(), task(), return_exceptions=True)
    assert {type(end) for end in ended} <= {type(None), HeldElsewhere}
    await task()  # and once more when it is done
    assert known.web.paths("larkspur.example") == ["/parishes"]
    assert await known.facts() == before


async def test_a_given_diocese_that_breaks_is_a_failure(known: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: object) -> None:
        raise ZeroDivisionError("parishes per page")

    monkeypatch.setattr(parish_list, "collect", breaks)
    async with known.work("second", dioceses=(LARKSPUR,), force=True, whole_visit_days=0) as work:
        with pytest.raises(StageFailed, match="ZeroDivisionError: parishes per page"):
            await stages.each_given_diocese(work, Stage.EXTRACTION, read_parishes)


@pytest.mark.parametrize("force", [False, True])
async def test_a_given_diocese_that_broke_is_done_by_the_next_try_of_the_run(
    known: Country, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    async def breaks(*_: object) -> None:
        raise ZeroDivisionError("parishes per page")

    known.now += 15 * A_DAY
    async with known.work("second", dioceses=(LARKSPUR,), force=force, whole_visit_days=0) as work:
        with monkeypatch.context() as broken, pytest.raises(StageFailed):
            broken.setattr(parish_list, "collect", breaks)
            await stages.each_given_diocese(work, Stage.EXTRACTION, read_parishes)
        await stages.each_given_diocese(work, Stage.EXTRACTION, read_parishes)
    assert await known.outcomes("second", "diocese") == {LARKSPUR: Reason.OK}


async def test_a_forced_run_that_is_tried_again_goes_on_where_it_stopped(known: Country) -> None:
    known.web.pages[f"{BRENDAN}/"] = then_stop(known, known.web.pages[f"{BRENDAN}/"])
    given = {"dioceses": (LARKSPUR,), "force": True, "concurrency": 1}
    async with known.work("second", **given) as work:
        with pytest.raises(Interrupted):
            await stages.each_given_diocese(work, Stage.SCHEDULE, visit_parishes)
    known.stop.clear()
    known.web.asked.clear()
    async with known.work("second", **given) as work:
        await stages.each_given_diocese(work, Stage.SCHEDULE, visit_parishes)
    assert [asked.host for asked in known.web.asked] == [CLARE]
    assert set(await known.outcomes("second")) == {ANNE, BRENDAN, CLARE}
