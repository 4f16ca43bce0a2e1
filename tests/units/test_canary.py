"""The canary: two sites whose truth is known, read by the same code before any other site is."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable

import pytest
from tiny_country import Country

from vitality_lib.models import Outcome, Reason, Stage
from vitality_lib.sample import truth
from vitality_lib.schedules import page_services
from vitality_lib.stages import discovery, extraction, schedule
from vitality_lib.store.schema_state import tables
from vitality_lib.units import parish_list
from vitality_lib.units.canary import CanaryDied, hear_canary
from vitality_lib.units.work import Work
from vitality_lib.work import run_ledger

STAGES = {Stage.EXTRACTION: extraction, Stage.SCHEDULE: schedule}


async def everything_stored(country: Country) -> dict[str, object]:
    """The number of rows of every table."""
    async with country.database.transaction() as connection:
        return {
            table: await (await connection.execute(f"SELECT count(*) FROM {table}".encode())).fetchone()
            for table in sorted(tables())
        }


@pytest.mark.parametrize("stage", list(STAGES))
async def test_it_sings_and_no_table_has_a_row_of_it(country: Country, stage: Stage) -> None:
    before = await everything_stored(country)
    async with country.work(canary="on") as work:
        await hear_canary(work, stage)
    assert await everything_stored(country) == before
    assert country.web.asked == []


async def test_it_is_silent_unless_it_is_switched_on_and_in_stages_that_read_no_site(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(truth, "load", lambda: pytest.fail("nobody asked for the truth"))
    async with country.work() as work:
        await hear_canary(work, Stage.EXTRACTION)
    async with country.work(canary="on") as work:
        await hear_canary(work, Stage.DISCOVERY)


async def test_it_is_heard_once_in_a_run_that_was_planned_and_again_when_that_begins_anew(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tasks of Airflow: the plan is made first, then each diocese is a process."""
    heard: list[str] = []
    true = truth.load

    def loaded() -> truth.Truth:
        heard.append("")
        return true()

    monkeypatch.setattr(truth, "load", loaded)
    for expected in (1, 2):
        await run_ledger.begin(country.database, "first", Stage.SCHEDULE, [], lambda: country.now)
        for _ in range(3):
            async with country.work(canary="on") as work:
                await hear_canary(work, Stage.SCHEDULE)
        assert len(heard) == expected
        await run_ledger.end(country.database, "first", Stage.SCHEDULE, lambda: country.now)


async def test_one_that_died_is_heard_by_the_next_task_too(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> Outcome:
        return Outcome(Reason.CONNECTION_FAILURE, "nobody answers")

    await run_ledger.begin(country.database, "first", Stage.EXTRACTION, [], lambda: country.now)
    with monkeypatch.context() as ill:
        ill.setattr(parish_list, "read_directory_at", nothing)
        for _ in range(2):
            with pytest.raises(CanaryDied):
                await country.do(lambda work: hear_canary(work, Stage.EXTRACTION), canary="on")
    await country.do(lambda work: hear_canary(work, Stage.EXTRACTION), canary="on")
    assert await country.rows("SELECT canary_at FROM runs") == [(country.now,)]


async def test_a_reader_that_reads_otherwise_than_it_should_fails_the_stage_before_any_site_is_visited(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    await country.do(discovery, extraction)
    country.web.asked.clear()
    sound = page_services.read_services

    def an_hour_late(*given: object) -> object:
        reading = sound(*given)  # type: ignore[arg-type]
        late = tuple(dataclasses.replace(one, start="23:59" if one.start else None) for one in reading.services)
        return dataclasses.replace(reading, services=late)

    monkeypatch.setattr(page_services, "read_services", an_hour_late)
    with pytest.raises(CanaryDied, match=r"the canary of schedule died.* at http://\S+\.example/ expected and not got"):
        await country.do(schedule, canary="on")
    assert country.web.asked == []
    assert await country.outcomes() == {}


@pytest.mark.parametrize(("stage", "do"), list(STAGES.items()))
async def test_a_truth_that_is_not_on_the_page_is_missed(
    country: Country, monkeypatch: pytest.MonkeyPatch, stage: Stage, do: Callable[[Work], Awaitable[None]]
) -> None:
    """Extraction, too: here the truth is changed, not the reader."""
    true = truth.load()
    first = true.dioceses[0]
    others = tuple(
        dataclasses.replace(one, entry=dataclasses.replace(one.entry, name="St. Elsewhere"), services=one.services[1:])
        for one in first.parishes
    )
    changed = truth.Truth((dataclasses.replace(first, parishes=others), *true.dioceses[1:]))
    monkeypatch.setattr(truth, "load", lambda: changed)
    with pytest.raises(CanaryDied, match=r"got and not expected: .+"):
        await country.do(do, canary="on")


async def test_a_site_that_cannot_be_had_is_told_with_its_reason(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object) -> Outcome:
        return Outcome(Reason.CONNECTION_FAILURE, "nobody answers")

    monkeypatch.setattr(parish_list, "read_directory_at", nothing)
    with pytest.raises(CanaryDied, match="facts were expected, and got was connection_failure: nobody answers"):
        await country.do(extraction, canary="on")
