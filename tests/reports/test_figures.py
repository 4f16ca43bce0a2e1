"""The figures of the fictional country, counted by hand."""

from __future__ import annotations

from datetime import timedelta

from fictional_country import LAST_WEEK, NOON, Country

from vitality_lib.reports.share import Share


async def test_the_funnel_goes_from_the_list_to_the_services(country: Country) -> None:
    steps = (await country.report()).figures.funnel
    assert {step.key: step.share for step in steps} == {
        "listed": Share(2, 2),
        "directory": Share(1, 2),
        "read": Share(1, 2),
        "parishes": Share(5, 5),
        "website": Share(4, 5),
        "scheduled": Share(3, 5),
    }


async def test_dioceses_stand_by_state_and_name(country: Country) -> None:
    tamarack, larkspur = (await country.report()).figures.dioceses
    assert (larkspur.state, larkspur.name, larkspur.platform) == ("MO", "Diocese of Larkspur", "ecatholic")
    assert (larkspur.parishes, larkspur.websites, larkspur.schedules) == (5, Share(4, 5), Share(3, 5))
    assert (larkspur.services, larkspur.read_at, larkspur.outcome) == (7, LAST_WEEK, "ok")
    assert (tamarack.parishes, tamarack.websites.ratio, tamarack.read_at) == (0, None, None)
    assert (larkspur.stage, tamarack.stage, tamarack.outcome) == ("extraction", "discovery", "no_website")


async def test_a_diocese_that_nobody_came_to_yet_is_not_visited(empty_country: Country) -> None:
    juniper = await empty_country.diocese("Diocese of Juniper")
    (row,) = (await empty_country.report()).figures.dioceses
    assert (row.stage, row.outcome) == ("", "not_visited")
    await empty_country.outcome("discovery", "diocese", juniper, "ok")
    (row,) = (await empty_country.report()).figures.dioceses
    assert (row.stage, row.outcome) == ("", "not_visited"), "a directory was found, and not read yet"


async def test_a_held_back_reading_is_shown_beside_its_diocese(country: Country) -> None:
    larkspur = (await country.report()).figures.dioceses[1]
    assert not larkspur.held
    cursor = await country.connection.execute("SELECT id FROM dioceses WHERE name = 'Diocese of Larkspur'")
    (diocese,) = await cursor.fetchone() or (0,)
    await country.add("reviews", diocese_id=diocese, run="r", published=5, proposed=50, why="+900 %", entries="[]")
    figures = (await country.report()).figures
    assert figures.dioceses[1].held
    assert {measure.key: measure.share for measure in figures.quality}["diocese_held"] == Share(1, 2)


async def test_only_the_newest_outcome_of_a_unit_counts_and_units_without_one_are_named(country: Country) -> None:
    groups = {(group.stage, group.unit_kind): group for group in (await country.report()).figures.outcomes}
    counts = {key: [(count.reason, count.share.part) for count in group.counts] for key, group in groups.items()}
    assert counts == {
        ("discovery", "diocese"): [("ok", 1), ("no_website", 1)],
        ("extraction", "diocese"): [("ok", 1), ("not_visited", 1)],
        ("schedule", "parish"): [("ok", 2), ("timeout", 1), ("not_visited", 2)],
    }


async def test_a_failed_stage_is_shown_even_when_nothing_else_is_there(empty_country: Country) -> None:
    await empty_country.outcome("discovery", "stage", 0, "unreadable")
    groups = (await empty_country.report()).figures.outcomes
    assert [(group.title, [count.reason for count in group.counts]) for group in groups if group.counts] == [
        ("The list of dioceses", ["unreadable"])
    ]


async def test_freshness_counts_good_visits_only(country: Country) -> None:
    directories, parishes = (await country.report()).figures.freshness
    assert (directories.within_8_days, directories.within_15_days) == (Share(1, 1), Share(1, 1))
    assert (parishes.within_8_days, parishes.within_15_days) == (Share(1, 4), Share(2, 4))
    assert dict(parishes.ages) == {
        "up to 1 day": 1,
        "1 to 8 days": 0,
        "8 to 15 days": 1,
        "15 to 30 days": 1,
        "over 30 days": 0,
        "never": 1,
    }
    assert parishes.newest == NOON - timedelta(hours=5)


async def test_the_week_counts_each_day_and_leaves_out_what_is_not_weekly(country: Country) -> None:
    mass, confession, adoration = (await country.report()).figures.weeks
    assert (mass.total, confession.total, adoration.total) == (8, 2, 0)  # Adoration is on first Fridays only
    cells = {
        (day, mass.first_hour + column): count
        for day, row in enumerate(mass.cells)
        for column, count in enumerate(row)
        if count
    }
    assert cells == {(0, 8): 1, (0, 10): 1, (1, 8): 1, (2, 8): 1, (3, 8): 1, (4, 8): 1, (5, 8): 1, (3, 23): 1}


async def test_masses_by_language(country: Country) -> None:
    languages = (await country.report()).figures.languages
    assert [(one.language, one.masses, one.parishes) for one in languages] == [
        ("en", Share(3, 4), 2),
        ("es", Share(1, 4), 1),
    ]


async def test_growth_has_one_point_a_day_and_the_present_one(country: Country) -> None:
    for hours in (-54, -50, -24):  # two on one day: the later counts
        await country.report(now=NOON + timedelta(hours=hours))
    parishes = next(series for series in (await country.report()).figures.growth if series.key == "parishes")
    assert parishes.points == ((NOON - timedelta(hours=50), 5), (NOON - timedelta(hours=24), 5), (NOON, 5))


async def test_a_report_of_an_older_make_gives_no_point_and_no_growth(country: Country) -> None:
    await country.add("reports", run="old", made_at=NOON - timedelta(days=1), figures="{}", path="")
    figures = (await country.report()).figures
    assert [total.growth for total in figures.totals] == [None] * 10
    assert [len(series.points) for series in figures.growth] == [1, 1, 1, 1]
