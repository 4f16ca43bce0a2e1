"""The stages one after the other over a tiny country: what stands in the tables, and what becomes of each unit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from tiny_country import (
    ANNE,
    BRENDAN,
    CLARE,
    DYMPHNA,
    EDMUND,
    FELIX,
    LARKSPUR,
    SERVICES_EACH,
    TAMARACK,
    Country,
    diocese_list,
    directory,
    mass_times,
    new_parishes,
    page,
)
from web.scripted_web import Reply

from vitality_lib.models import Reason, Route, ServiceType
from vitality_lib.stages import discovery, everything, extraction, reporting, schedule
from vitality_lib.store import reviews

A_DAY = timedelta(days=1, minutes=1)


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
    assert (await known.outcomes("second"))[ANNE] == Reason.HTTP_ERROR
    assert len((await known.parish(ANNE)).services) == SERVICES_EACH


async def test_a_site_without_times_leaves_the_published_services_as_they_are(known: Country) -> None:
    before = await known.facts()
    known.web.pages[f"{ANNE}/"] = page("<h1>St. Anne</h1><p>We are building a new website.</p>")
    await known.do(schedule, run="second", force=True)
    assert await known.facts() == before
    assert (await known.outcomes("second"))[ANNE] == Reason.NO_SCHEDULE_PAGE


async def test_a_directory_that_is_gone_leaves_the_parishes_as_they_are(known: Country) -> None:
    before = await known.facts()
    del known.web.pages["larkspur.example/parishes"]
    await known.do(discovery, extraction, run="second", force=True)
    assert await known.facts() == before
    assert (await known.outcomes("second", "diocese"))[LARKSPUR] == Reason.HTTP_ERROR


async def test_a_diocese_without_a_directory_is_an_outcome_and_no_failure(country: Country) -> None:
    country.web.pages["tamarack.example/"] = page("<h1>Welcome</h1><p>News of the diocese.</p>")
    await country.do(discovery, extraction)
    assert await country.outcomes(kind="diocese") == {LARKSPUR: Reason.OK, TAMARACK: Reason.NO_DIRECTORY}


# --- held for review -------------------------------------------------------------------------------------------------

SWING = (ANNE, BRENDAN, CLARE, *new_parishes(4))  # one more than may move


async def test_a_directory_that_swings_is_held_and_the_last_good_data_stays(known: Country) -> None:
    before = await known.facts()
    known.web.pages["larkspur.example/parishes"] = page(directory(SWING))
    await known.do(extraction, run="second", force=True)
    assert await known.facts() == before
    assert await known.outcomes("second", "diocese") == {LARKSPUR: Reason.HELD_FOR_REVIEW, TAMARACK: Reason.OK}
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


async def decide(known: Country, how: Callable[..., Awaitable[object]]) -> None:
    async with known.database.transaction() as connection:
        (review,) = await reviews.waiting(connection)
        await how(connection, review.id, "ann", known.now)


async def test_an_accepted_reading_is_published_and_the_next_crawl_agrees(known: Country) -> None:
    known.web.pages["larkspur.example/parishes"] = page(directory(SWING))
    await known.do(extraction, run="second", force=True)
    await decide(known, reviews.accept)
    assert len((await known.observed())[LARKSPUR].parishes) == len(SWING)
    before = await known.facts()
    await known.do(extraction, run="third", force=True)
    assert await known.facts() == before
    assert (await known.outcomes("third", "diocese"))[LARKSPUR] == Reason.OK


async def test_a_rejected_reading_is_held_again_without_asking_again(known: Country) -> None:
    before = await known.facts()
    known.web.pages["larkspur.example/parishes"] = page(directory(SWING))
    await known.do(extraction, run="second", force=True)
    await decide(known, reviews.reject)
    await known.do(extraction, run="third", force=True)
    assert await known.facts() == before
    assert (await known.outcomes("third", "diocese"))[LARKSPUR] == Reason.HELD_FOR_REVIEW
    assert await known.rows("SELECT count(*) FROM reviews WHERE decided_at IS NULL") == [(0,)]


async def test_a_reading_that_no_change_of_count_betrays_is_accepted_for_good(known: Country) -> None:
    """Other parishes in an equal number: held back once; when a person accepts them, they are the published ones."""
    await known.do(extraction, run="second", force=True)
    four = (ANNE, BRENDAN, CLARE, "holy-cross-9.example")
    known.web.pages["larkspur.example/parishes"] = page(directory(four))
    await known.do(extraction, run="third", force=True)
    known.web.pages["larkspur.example/parishes"] = page(directory(new_parishes(4)).replace("Elm", "Oak"))
    await known.do(extraction, run="fourth", force=True)
    (why,) = await known.rows("SELECT why FROM reviews WHERE decided_at IS NULL")
    assert why == ("only 0 of the 4 published parishes are among the 4",)
    await decide(known, reviews.accept)
    await known.do(extraction, run="fifth", force=True)
    assert (await known.outcomes("fifth", "diocese"))[LARKSPUR] == Reason.OK


async def test_a_renamed_parish_keeps_its_id(known: Country) -> None:
    (before,) = await known.rows("SELECT id FROM parishes WHERE name = 'St. Anne'")
    known.web.pages["larkspur.example/parishes"] = page(
        directory((ANNE, BRENDAN, CLARE)).replace("St. Anne", "Holy Kin")
    )
    await known.do(extraction, run="second", force=True)
    assert await known.rows("SELECT id FROM parishes WHERE name = 'Holy Kin' AND gone_at IS NULL") == [before]
    assert await known.rows("SELECT count(*) FROM parishes WHERE gone_at IS NOT NULL") == [(0,)]


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
    assert set(await country.outcomes()) == {ANNE, BRENDAN, DYMPHNA, EDMUND}
    await country.do(schedule, run="second", num_parishes_for_schedule=2)
    assert set(await country.outcomes("second")) == {CLARE, FELIX}


async def test_only_the_dioceses_asked_for_are_done(country: Country) -> None:
    await country.do(discovery)
    await country.do(extraction, dioceses=("diocese of tamarack",))
    assert [len(one.parishes) for one in (await country.observed()).values()] == [0, 3]


async def test_at_most_so_many_dioceses_are_done(country: Country) -> None:
    await country.do(everything, max_dioceses=1)
    assert [len(one.parishes) for one in (await country.observed()).values()] == [3, 0]
