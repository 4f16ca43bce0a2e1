"""The watchdog: numbers must move where there is work to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from vitality_lib.models import Diocese, Outcome, Reason, Stage, UnitKind
from vitality_lib.store import cycles, dioceses, ledger, workers
from vitality_lib.store.cycles import Cycle
from vitality_lib.store.database import Database
from vitality_lib.store.ledger import Finished
from vitality_lib.work import run_ledger, watchdog
from vitality_lib.work.watchdog import judge

STAGE = Stage.EXTRACTION
OK, DEAD, SLOW = Reason.OK, Reason.DNS_FAILURE, Reason.TIMEOUT


# --- the judge -------------------------------------------------------------------------------------------------------


def cycle(*reasons: Reason, first: int = 1) -> Cycle:
    return Cycle("run", dict(enumerate(reasons, first)))


def test_three_cycles_that_moved_nothing_are_a_stall_with_its_reasons() -> None:
    stall = judge(STAGE, [cycle(SLOW, DEAD, DEAD), cycle(SLOW, SLOW, DEAD), cycle(SLOW, DEAD, DEAD)], 3)
    assert stall
    assert (stall.cycles, stall.units, stall.reasons) == (3, 3, (("dns_failure", 2), ("timeout", 1)))
    assert stall.line.startswith("extraction stands still: in 3 cycles with due work not one of 3 dioceses ended ok")
    assert "vitality inspect" in stall.line


@pytest.mark.parametrize(
    ("unmoved", "most"),
    [
        ([cycle(DEAD, DEAD, DEAD)] * 2, 3),  # too few cycles yet
        ([cycle(DEAD, DEAD)] * 9, 3),  # two sites that are down
        ([cycle(DEAD, DEAD, DEAD)] * 9, 0),  # switched off
        ([], 3),
    ],
)
def test_what_is_no_stall(unmoved: list[Cycle], most: int) -> None:
    assert judge(STAGE, unmoved, most) is None


@pytest.mark.parametrize(
    ("unmoved", "told"),
    [
        (
            [Cycle("run", {}, died=True)] * 3,
            r"in 3 cycles .* \(3 died before their end\) not one of the dioceses ended ok",
        ),
        ([Cycle("run", {1: SLOW}, died=True)] * 4, r"4 died before their end\) not one of 1 .* \(timeout 1\); "),
        ([cycle(SLOW, SLOW, SLOW)] * 2 + [Cycle("run", {}, died=True)], r"\(1 died .* not one of 3 dioceses"),
    ],
)
def test_cycles_that_die_are_a_stall_whatever_they_tried(unmoved: list[Cycle], told: str) -> None:
    stall = judge(STAGE, unmoved, 3)
    assert stall
    assert re.search(told, stall.line)
    assert "see in the workers' logs what ended them" in stall.line


def test_few_sites_and_few_deaths_are_none() -> None:
    assert judge(STAGE, [cycle(DEAD, DEAD)] * 9 + [Cycle("run", {}, died=True)] * 2, 3) is None


def test_units_of_all_cycles_count_together_and_only_the_three_most_frequent_reasons_are_named() -> None:
    parts = [
        cycle(DEAD, first=1),
        cycle(SLOW, first=2),
        cycle(Reason.BLOCKED, first=3),
        cycle(Reason.TOO_LARGE, first=4),
    ]
    stall = judge(Stage.SCHEDULE, parts, 3)
    assert stall
    assert (stall.units, len(stall.reasons)) == (4, 3)
    assert "not one of 4 parishes" in stall.line


# --- what the ledger says --------------------------------------------------------------------------------------------


class Ledger:
    """Cycles one hour apart over five dioceses."""

    def __init__(self, database: Database, ids: list[int]) -> None:
        self.database, self.ids = database, ids
        self.now = datetime(2026, 3, 2, tzinfo=UTC)

    async def cycle(self, run: str, ended: Mapping[int, Reason], most: int = 3) -> run_ledger.GateResult:
        """A whole cycle: planned, each unit (by place in the list) ended, gated."""
        self.now += timedelta(hours=1)
        await run_ledger.begin(self.database, run, STAGE, [self.ids[place] for place in ended], lambda: self.now)
        async with self.database.transaction() as connection:
            for place, reason in ended.items():
                done = Finished(STAGE, UnitKind.DIOCESE, self.ids[place], self.ids[place], Outcome(reason))
                await ledger.record(connection, run, "ann", done, self.now)
        return await run_ledger.end(self.database, run, STAGE, lambda: self.now, most)

    async def begun(self, run: str, ok: int = 0) -> None:
        """A cycle that has no end: planned, so many units ended well."""
        self.now += timedelta(hours=1)
        await run_ledger.begin(self.database, run, STAGE, self.ids[:1], lambda: self.now)
        async with self.database.transaction() as connection:
            for id_ in self.ids[:ok]:
                done = Finished(STAGE, UnitKind.DIOCESE, id_, id_, Outcome(OK))
                await ledger.record(connection, run, "ann", done, self.now)

    async def unmoved(self) -> list[str]:
        async with self.database.transaction() as connection:
            return [one.run for one in await cycles.unmoved(connection, STAGE)]


@pytest.fixture
async def book(database: Database) -> Ledger:
    async with database.transaction() as connection:
        names = [Diocese(f"Diocese {number}") for number in range(5)]
        await dioceses.publish(connection, names, datetime(2026, 3, 1, tzinfo=UTC))
        return Ledger(database, [one.id for one in await dioceses.listed(connection)])


ALL_DEAD = dict.fromkeys(range(3), DEAD)


async def test_the_third_cycle_without_progress_is_a_failure_with_a_name(book: Ledger) -> None:
    assert (await book.cycle("1", ALL_DEAD)).ok
    assert (await book.cycle("2", ALL_DEAD)).ok
    third = await book.cycle("3", ALL_DEAD)
    assert not third.ok
    assert "extraction stands still: in 3 cycles" in third.line
    async with book.database.transaction() as connection:
        newest = (await ledger.stages(connection))[0]
    assert (newest.run, newest.status, newest.detail) == ("3", "failed", third.line)
    assert not (await book.cycle("4", ALL_DEAD)).ok  # it stays one until something moves


async def test_one_unit_that_ends_well_is_progress(book: Ledger) -> None:
    for run in ("1", "2"):
        await book.cycle(run, ALL_DEAD)
    assert (await book.cycle("3", {**ALL_DEAD, 3: OK})).ok
    assert await book.unmoved() == []
    await book.cycle("4", ALL_DEAD)
    assert await book.unmoved() == ["4"]


async def test_sites_that_were_dead_before_and_those_without_a_website_are_no_alarm(book: Ledger) -> None:
    await book.cycle("1", {**ALL_DEAD, 3: OK})
    for run in ("2", "3", "4", "5"):
        assert (await book.cycle(run, {**ALL_DEAD, 4: Reason.NO_WEBSITE})).ok


async def test_sites_that_were_well_before_are(book: Ledger) -> None:
    await book.cycle("1", dict.fromkeys(range(3), OK))
    for run in ("2", "3"):
        assert (await book.cycle(run, ALL_DEAD)).ok
    assert not (await book.cycle("4", ALL_DEAD)).ok


async def test_cycles_that_die_before_their_gate_again_and_again_are_a_failure_with_a_name(book: Ledger) -> None:
    """The newest that has no end may still be at work."""
    for run in ("1", "2", "3"):
        await book.begun(run)
    assert await book.unmoved() == ["1", "2"]
    await book.begun("4")
    assert await book.unmoved() == ["1", "2", "3"]
    async with book.database.transaction() as connection:
        stall = await watchdog.look(connection, STAGE, 3)
    assert stall
    assert (stall.cycles, stall.died) == (3, 3)
    last = await book.cycle("5", {0: DEAD})
    assert "in 5 cycles with due work (4 died before their end)" in last.line


async def test_a_cycle_that_died_after_a_unit_ended_well_is_progress(book: Ledger) -> None:
    for run in ("1", "2", "3"):
        await book.begun(run)
    await book.begun("4", ok=1)
    await book.begun("5")
    assert await book.unmoved() == []


async def test_a_cycle_whose_worker_is_there_is_not_dead(book: Ledger) -> None:
    """Several workers of a stage may be at work, each with a run of its own."""
    async with book.database.transaction() as connection:
        for name, stage in (("ann", STAGE), ("bob", Stage.SCHEDULE)):
            await workers.register(connection, name, stage, "pod")
        began = await (await connection.execute("SELECT max(started_at) FROM pipeline_workers")).fetchone()
    assert began
    await book.begun("before it")
    book.now = began[0]
    for run in ("1", "2", "3"):
        await book.begun(run)
    assert await book.unmoved() == ["before it"]
    async with book.database.transaction() as connection:
        await workers.farewell(connection, "ann", failed=True)
    assert await book.unmoved() == ["before it", "1", "2"]


async def test_a_cycle_with_nothing_due_and_stored_pages_read_again_are_no_cycles(book: Ledger) -> None:
    for run in ("1", "2", "3"):
        await book.cycle(run, ALL_DEAD)
    assert (await book.cycle("nothing due", {})).ok
    await book.cycle("reparse-2026", dict.fromkeys(range(3), OK), most=0)
    assert await book.unmoved() == ["1", "2", "3"]
    async with book.database.transaction() as connection:
        assert await watchdog.look(connection, STAGE, 3)
        assert await watchdog.look(connection, Stage.SCHEDULE, 3) is None
