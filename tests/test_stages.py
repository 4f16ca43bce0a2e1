"""The stages one after the other over a tiny country: what stands in the tables, and what becomes of each unit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

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
    SERVICES_EACH,
    TAMARACK,
    Country,
    diocese_list,
    directory,
    mass_times,
    new_parishes,
    page,
    settled,
)
from web.scripted_web import Answering, Asked, Reply

from vitality_lib import stages, units
from vitality_lib.document import Document
from vitality_lib.models import Reason, Route, ScheduleReading, ServiceType, Stage
from vitality_lib.schedules import visit
from vitality_lib.schedules.reader import read_services
from vitality_lib.stages import HeldElsewhere, discovery, everything, extraction, reporting, schedule
from vitality_lib.store import assignments, dioceses
from vitality_lib.store.database import Database
from vitality_lib.store.errors import LeaseLost
from vitality_lib.units import StageFailed, parish_list
from vitality_lib.work.shutdown import Interrupted

A_DAY = timedelta(days=1, minutes=1)


@pytest.fixture
async def country(database: Database, tmp_path: Path) -> AsyncIterator[Country]:
    async with settled(database, tmp_path) as country:
        yield country


@pytest.fixture
async def known(country: Country) -> Country:
    """The country after a first run; what was asked so far is forgotten."""
    await country.do(discovery, extraction, schedule)
    country.web.asked.clear()
    return country


async def outcomes(country: Country, run: str = "first", kind: str = "parish") -> dict[str, str]:
    """The reason of each parish (or diocese) that ended in the last stage that it was in."""
    rows = await country.rows(
        """SELECT coalesce(p.website, d.name), reason FROM outcomes
        JOIN dioceses d ON d.id = outcomes.diocese_id
        LEFT JOIN parishes p ON unit_kind = 'parish' AND p.id = unit_id
        WHERE run = %s AND unit_kind = %s ORDER BY finished_at""",
        run,
        kind,
    )
    return {str(name).removeprefix("http://").rstrip("/"): str(reason) for name, reason in rows}


# --- a first run, stage by stage -------------------------------------------------------------------------------------


async def test_discovery_makes_dioceses_of_the_list_and_finds_their_directories(country: Country) -> None:
    await country.do(discovery)
    found = await country.observed()
    assert list(found) == [LARKSPUR, TAMARACK]
    larkspur = found[LARKSPUR]
    assert (larkspur.diocese.city, larkspur.diocese.state) == ("Larkspur", "MO")
    assert larkspur.diocese.website == "http://larkspur.example/"
    assert larkspur.directory_url == "http://larkspur.example/parishes"
    assert larkspur.parishes == ()


async def test_the_steps_of_discovery_can_be_taken_one_at_a_time(country: Country) -> None:
    async with country.work() as work:
        await discovery(work, "dioceses")
        assert (await country.observed())[LARKSPUR].directory_url is None
        await discovery(work, "directories")
    assert (await country.observed())[LARKSPUR].directory_url
    assert country.web.paths("bishops.example") == ["/dioceses"]


async def test_extraction_makes_parishes_of_the_directories(country: Country) -> None:
    await country.do(discovery, extraction)
    parishes = (await country.observed())[LARKSPUR].parishes
    assert [parish.entry.name for parish in parishes] == ["St. Anne", "St. Brendan", "St. Clare"]
    anne = parishes[0].entry
    assert (anne.street, anne.city, anne.zip, anne.phone) == ("1 Elm Street", "Larkspur", "63001", "+13145550101")
    rows = await country.rows("SELECT DISTINCT platform, route FROM directories")
    assert rows == [("tables", Route.STATIC.value)]


async def test_the_schedule_stage_makes_services_of_the_parishes_sites_with_evidence(country: Country) -> None:
    await country.do(discovery, extraction, schedule)
    anne = await country.parish(ANNE)
    assert [(one.type, one.recurrence.days[0].value, one.start) for one in anne.services] == [
        (ServiceType.MASS, "SA", "17:00"),
        (ServiceType.MASS, "SU", "08:00"),
        (ServiceType.CONFESSION, "SA", "15:30"),
        (ServiceType.ADORATION, "FR", "09:00"),
    ]
    evidence = anne.services[1].evidence[0]
    assert (evidence.url, evidence.quote) == (f"http://{ANNE}/", "8:00 AM")
    kept = await country.rows("SELECT count(*) FROM page_bodies WHERE hash = %s", evidence.page_hash)
    assert kept == [(1,)]


async def test_reporting_makes_a_page_and_files(known: Country) -> None:
    await known.do(reporting)
    page = known.home / "reports" / "latest" / "index.html"
    assert LARKSPUR in page.read_text()
    assert list(page.parent.glob("*.csv"))
    assert await known.rows("SELECT count(*) FROM reports") == [(1,)]


async def test_each_unit_ends_in_exactly_one_outcome(country: Country) -> None:
    await country.do(everything)
    rows = await country.rows(
        """SELECT stage, unit_kind, reason, count(*), count(DISTINCT unit_id)
        FROM outcomes GROUP BY stage, unit_kind, reason ORDER BY stage, unit_kind, reason"""
    )
    assert rows == [
        ("discovery", "diocese", "ok", 2, 2),
        ("discovery", "stage", "ok", 1, 1),  # the list
        ("extraction", "diocese", "ok", 2, 2),
        ("reporting", "stage", "ok", 1, 1),
        ("schedule", "diocese", "ok", 2, 2),
        ("schedule", "parish", "ok", 6, 6),
    ]
    assert await country.rows("SELECT DISTINCT status FROM runs") == [("ok",)]


# --- a second run ----------------------------------------------------------------------------------------------------


async def test_a_second_run_right_after_makes_no_request(known: Country) -> None:
    before = await known.facts()
    await known.do(discovery, extraction, schedule, run="second")
    assert known.web.asked == []
    assert await known.facts() == before
    assert await known.rows("SELECT count(*) FROM outcomes WHERE run = 'second'") == [(0,)]


async def test_a_forced_run_makes_one_conditional_request_for_each_known_page_and_changes_no_fact(
    known: Country,
) -> None:
    before = await known.facts()
    await known.do(discovery, extraction, schedule, run="second", force=True)
    conditional = [asked for asked in known.web.asked if "if-none-match" in asked.headers]
    assert conditional == known.web.asked
    by_stage = {"list": 1, "homepages": 2, "directories": 4, "parishes": 6}  # directories: proved again, then read
    assert len(known.web.asked) == sum(by_stage.values())
    assert await known.facts() == before


async def test_what_is_due_is_asked_again_when_its_day_has_come(known: Country) -> None:
    known.now += A_DAY
    await known.do(discovery, extraction, schedule, run="second")
    assert len(known.web.paths()) == 13


async def test_a_list_at_another_address_is_read_at_once(known: Country) -> None:
    known.web.pages["elsewhere.example/list"] = page(diocese_list(LARKSPUR, TAMARACK, "Diocese of Fenwick"))
    await known.do(discovery, run="second", usccb_url="http://elsewhere.example/list")
    assert "Diocese of Fenwick" in await known.observed()


async def test_a_changed_page_ends_one_service_and_begins_another(known: Country) -> None:
    known.web.pages[f"{ANNE}/"] = page(mass_times("St. Anne", sunday="9:15 AM"))
    known.now += A_DAY
    await known.do(schedule, run="second")
    assert [one.start for one in (await known.parish(ANNE)).services if one.type is ServiceType.MASS] == [
        "17:00",
        "09:15",
    ]
    ended = await known.rows("SELECT start_time, valid_to FROM services WHERE valid_to IS NOT NULL")
    assert ended == [("08:00", known.now)]


# --- what an unhappy web costs ---------------------------------------------------------------------------------------


async def test_a_site_that_is_down_leaves_the_published_services_as_they_are(known: Country) -> None:
    before = await known.facts()
    known.web.pages[f"{ANNE}/"] = Reply("", 500)
    await known.do(schedule, run="second", force=True)
    assert await known.facts() == before
    assert (await outcomes(known, "second"))[ANNE] == Reason.HTTP_ERROR
    assert len((await known.parish(ANNE)).services) == SERVICES_EACH


async def test_a_site_without_times_leaves_the_published_services_as_they_are(known: Country) -> None:
    before = await known.facts()
    known.web.pages[f"{ANNE}/"] = page("<h1>St. Anne</h1><p>We are building a new website.</p>")
    await known.do(schedule, run="second", force=True)
    assert await known.facts() == before
    assert (await outcomes(known, "second"))[ANNE] == Reason.NO_SCHEDULE_PAGE


async def test_a_directory_that_is_gone_leaves_the_parishes_as_they_are(known: Country) -> None:
    before = await known.facts()
    del known.web.pages["larkspur.example/parishes"]
    await known.do(discovery, extraction, run="second", force=True)
    assert await known.facts() == before
    assert (await outcomes(known, "second", "diocese"))[LARKSPUR] == Reason.HTTP_ERROR


async def test_a_diocese_without_a_directory_is_an_outcome_and_no_failure(country: Country) -> None:
    country.web.pages["tamarack.example/"] = page("<h1>Welcome</h1><p>News of the diocese.</p>")
    await country.do(discovery, extraction)
    assert await outcomes(country, kind="diocese") == {LARKSPUR: Reason.OK, TAMARACK: Reason.NO_DIRECTORY}


# --- held for review -------------------------------------------------------------------------------------------------

SWING = (ANNE, BRENDAN, CLARE, *new_parishes(4))  # one more than may move


async def test_a_directory_that_swings_is_held_and_the_last_good_data_stays(known: Country) -> None:
    before = await known.facts()
    known.web.pages["larkspur.example/parishes"] = page(directory(SWING))
    await known.do(extraction, run="second", force=True)
    assert await known.facts() == before
    assert await outcomes(known, "second", "diocese") == {LARKSPUR: Reason.HELD_FOR_REVIEW, TAMARACK: Reason.OK}
    assert await known.rows("SELECT published, proposed, decided_at FROM reviews") == [(3, 7, None)]


async def test_a_directory_that_moves_by_three_is_published(known: Country) -> None:
    known.web.pages["larkspur.example/parishes"] = page(directory(SWING[:-1]))
    await known.do(extraction, run="second", force=True)
    assert len((await known.observed())[LARKSPUR].parishes) == 6
    assert await known.rows("SELECT count(*) FROM reviews") == [(0,)]


async def test_a_later_reading_near_the_published_count_is_published_and_closes_the_review(known: Country) -> None:
    known.web.pages["larkspur.example/parishes"] = page(directory(SWING))
    await known.do(extraction, run="second", force=True)
    known.web.pages["larkspur.example/parishes"] = page(directory(SWING[1:5]))
    await known.do(extraction, run="third", force=True)
    names = [parish.entry.name for parish in (await known.observed())[LARKSPUR].parishes]
    assert names == ["St. Brendan", "St. Clare", "Holy Cross 0", "Holy Cross 1"]
    assert await known.rows("SELECT count(*) FROM reviews WHERE decided_at IS NULL") == [(0,)]


async def test_an_accepted_reading_is_published_by_a_limit_above_its_size(known: Country) -> None:
    known.web.pages["larkspur.example/parishes"] = page(directory(SWING))
    await known.do(extraction, run="second", force=True)
    await known.do(extraction, run="third", force=True, max_parishes_per_diocese=1000)
    assert len((await known.observed())[LARKSPUR].parishes) == len(SWING)
    assert await known.rows("SELECT count(*) FROM reviews WHERE decided_at IS NULL") == [(0,)]


# --- limits ----------------------------------------------------------------------------------------------------------


async def test_at_most_so_many_parishes_of_a_diocese_are_kept_and_none_is_taken_off(country: Country) -> None:
    await country.do(discovery)
    await country.do(extraction, max_parishes_per_diocese=2)
    assert [len(one.parishes) for one in (await country.observed()).values()] == [2, 2]
    await country.do(extraction, run="second", force=True)
    await country.do(extraction, run="third", force=True, max_parishes_per_diocese=1)
    assert [len(one.parishes) for one in (await country.observed()).values()] == [3, 3]


async def test_at_most_so_many_parishes_of_a_diocese_are_visited_and_the_next_run_takes_the_others(
    country: Country,
) -> None:
    await country.do(discovery, extraction)
    await country.do(schedule, num_parishes_for_schedule=2)
    assert set(await outcomes(country)) == {ANNE, BRENDAN, DYMPHNA, EDMUND}
    await country.do(schedule, run="second", num_parishes_for_schedule=2)
    assert set(await outcomes(country, "second")) == {CLARE, FELIX}


async def test_only_the_dioceses_asked_for_are_done(country: Country) -> None:
    await country.do(discovery)
    await country.do(extraction, dioceses=("diocese of tamarack",))
    assert [len(one.parishes) for one in (await country.observed()).values()] == [0, 3]


async def test_at_most_so_many_dioceses_are_done(country: Country) -> None:
    await country.do(everything, max_dioceses=1)
    assert [len(one.parishes) for one in (await country.observed()).values()] == [3, 0]


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
    assert await outcomes(country) == {ANNE: Reason.OK, BRENDAN: Reason.OK}
    assert await outcomes(country, kind="diocese") == {LARKSPUR: Reason.INTERRUPTED, TAMARACK: Reason.OK}
    assert await country.rows("SELECT status FROM runs WHERE stage = 'schedule'") == [("failed",)]

    country.stop.clear()
    country.web.asked.clear()
    await country.do(schedule, run="second")
    assert set(await outcomes(country, "second")) == {CLARE, DYMPHNA, EDMUND, FELIX}
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

    monkeypatch.setattr(visit, "read_services", breaks_on_anne)
    await country.do(discovery, extraction, schedule)
    ended = await outcomes(country)
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
    ended = await outcomes(country, kind="diocese")
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
    known.web.pages["larkspur.example/parishes"] = page(directory(SWING[:5]))
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
    assert await outcomes(known, "second", "diocese") == {}
    assert await outcomes(known, "second", "parish") == {}


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


async def test_a_given_diocese_that_another_worker_holds_is_for_later(known: Country) -> None:
    await taken_by_bob(known, LARKSPUR, Stage.SCHEDULE)
    async with known.work("second", dioceses=(LARKSPUR,)) as work:
        with pytest.raises(HeldElsewhere, match="another worker holds the diocese"):
            await stages.each_given_diocese(work, Stage.SCHEDULE, units.visit_parishes)
    assert known.web.asked == []


async def test_workers_share_the_dioceses_and_no_parish_is_visited_twice(country: Country) -> None:
    await country.do(discovery, extraction)
    country.web.asked.clear()
    ended = await asyncio.gather(
        *(country.do(schedule, run=run, concurrency=1) for run in ("ann's", "bob's")), return_exceptions=True
    )
    assert {type(end) for end in ended} <= {type(None), HeldElsewhere}
    assert sorted(asked.host for asked in country.web.asked if asked.path == "/") == sorted(PARISHES)


async def test_a_due_diocese_that_another_worker_holds_is_for_later_and_the_others_are_done(known: Country) -> None:
    await taken_by_bob(known, LARKSPUR, Stage.SCHEDULE)
    with pytest.raises(HeldElsewhere, match="another worker holds the diocese"):
        await known.do(schedule, run="second", force=True)
    assert await outcomes(known, "second", "diocese") == {TAMARACK: Reason.OK}


async def test_a_given_diocese_that_breaks_is_a_failure(known: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: object) -> None:
        raise ZeroDivisionError("parishes per page")

    monkeypatch.setattr(parish_list, "collect", breaks)
    async with known.work("second", dioceses=(LARKSPUR,)) as work:
        with pytest.raises(StageFailed, match="ZeroDivisionError: parishes per page"):
            await stages.each_given_diocese(work, Stage.EXTRACTION, units.read_parishes)


async def test_a_forced_run_that_is_tried_again_goes_on_where_it_stopped(known: Country) -> None:
    known.web.pages[f"{BRENDAN}/"] = then_stop(known, known.web.pages[f"{BRENDAN}/"])
    given = {"dioceses": (LARKSPUR,), "force": True, "concurrency": 1}
    async with known.work("second", **given) as work:
        with pytest.raises(Interrupted):
            await stages.each_given_diocese(work, Stage.SCHEDULE, units.visit_parishes)
    known.stop.clear()
    known.web.asked.clear()
    async with known.work("second", **given) as work:
        await stages.each_given_diocese(work, Stage.SCHEDULE, units.visit_parishes)
    assert [asked.host for asked in known.web.asked] == [CLARE]
    assert set(await outcomes(known, "second")) == {ANNE, BRENDAN, CLARE}
