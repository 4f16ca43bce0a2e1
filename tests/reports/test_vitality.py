"""Vitality, counted by hand: who is in the denominator, what a week holds, and where nothing may be said."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from bs4 import BeautifulSoup
from fictional_country import LAST_WEEK, NOON, Country

from vitality_lib.reports.share import Share
from vitality_lib.reports.vitality_figures import Estimate

CONFESSION = {"type": "confession", "days": ["SA"]}
ADORATION = {"type": "adoration"}
_SPANISH = {"start_time": "12:00", "language": "es"}
WEEK = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]


async def parish(here: Country, diocese: int, name: str, *services: dict[str, Any], read: bool = True) -> int:
    """A parish with these services, read with success unless said otherwise."""
    made = await here.parish(diocese, name)
    for service in services:
        await here.service(made, **service)
    if read:
        await here.visit("schedule", "parish", made, LAST_WEEK)
    return made


async def nation(here: Country) -> dict[str, Estimate]:
    return {one.key: one for one in (await here.report()).figures.vitality.nation}


@pytest.fixture
async def larkspur(empty_country: Country) -> int:
    return await empty_country.diocese("Diocese of Larkspur", state="MO")


async def test_a_known_schedule_without_confession_is_zero_an_unknown_one_is_nothing(
    empty_country: Country, larkspur: int
) -> None:
    await parish(empty_country, larkspur, "St. Anne", {**CONFESSION, "start_time": "15:00", "end_time": "17:00"})
    await parish(empty_country, larkspur, "St. Brendan", {"start_time": "08:00"})
    await parish(empty_country, larkspur, "St. Clare", read=False)  # of which nothing is known
    found = await nation(empty_country)
    assert found["hours_confession"].value == 1.0, "two hours and none, over the two that are known"
    assert found["hours_confession"].known == Share(2, 3)
    assert found["services_confession"].value == 0.5
    assert found["confession_weekly"].value == 0.5


async def test_under_sixty_percent_coverage_there_is_no_figure_but_n(empty_country: Country, larkspur: int) -> None:
    await parish(empty_country, larkspur, "St. Anne", {"start_time": "08:00"})
    await parish(empty_country, larkspur, "St. Brendan", read=False)
    made = await empty_country.report()
    (masses, *_) = made.figures.vitality.nation
    assert (masses.value, masses.low, masses.high, masses.known) == (None, None, None, Share(1, 2))
    section = BeautifulSoup(made.html.read_text(), "lxml").find(id="vitality")
    assert section is not None
    assert "too few known" in section.text
    assert "n = 1 of 2 published parishes, 50.0 %" in section.text
    table = pq.read_table(made.html.parent / "vitality.parquet").to_pandas()
    assert table["estimate"].isna().all()
    assert table["too_few_known"].all()


async def test_a_service_that_was_never_read_with_success_counts_nowhere(empty_country: Country, larkspur: int) -> None:
    await parish(empty_country, larkspur, "St. Anne", {"start_time": "08:00"}, read=False)
    assert (await nation(empty_country))["services_mass"].known == Share(0, 1)


@pytest.mark.parametrize(
    ("service", "times"),
    [
        ({"days": ["MO", "TU", "WE"]}, 3.0),
        ({"weeks": 2}, 0.5),
        ({"ordinals": ["1"]}, 12 / (365.2425 / 7)),
        ({"ordinals": ["1", "3"]}, 24 / (365.2425 / 7)),
        ({"days": [], "month_days": [13]}, 7 * 12 / 365.2425),
        ({"days": ["FR"], "month_days": [13]}, 12 / 365.2425),
        ({"days": ["SU", "HOLYDAY"]}, 1.0),
        ({"season": "lent"}, 0.0),
        ({"ends": "2031-05-05"}, 0.0),
        ({"ends": "2031-05-06"}, 1.0),
        ({"begins": "2031-05-07"}, 0.0),
        ({"days": [], "note": "by appointment"}, 0.0),
    ],
    ids=str,
)
async def test_how_often_in_an_ordinary_week(
    empty_country: Country, larkspur: int, service: dict[str, Any], times: float
) -> None:
    await parish(empty_country, larkspur, "St. Anne", {"start_time": "08:00", **service})
    found = (await nation(empty_country))["services_mass"]
    assert found.value == pytest.approx(times)
    assert found.left_out == (1 if service.get("note") else 0)


@pytest.mark.parametrize(
    ("services", "hours"),
    [
        ([{"days": WEEK, "start_time": "00:00", "end_time": "24:00"}], 168.0),
        ([{"days": ["MO"], "start_time": "08:00", "end_time": "17:00", "nights": 4}], 105.0),
        ([{"days": ["FR"], "start_time": "18:00", "end_time": "00:00"}], 6.0),
        ([{"days": ["FR"], "start_time": "18:00", "end_time": "06:00", "nights": 1}], 12.0),
        ([{"days": WEEK, "start_time": "00:00", "end_time": "24:00"}] * 2, 168.0),  # a church has no more
        ([{"days": ["FR"], "start_time": "18:00", "end_time": "19:30", "ordinals": ["1"]}], 1.5 * 12 / (365.2425 / 7)),
    ],
    ids=str,
)
async def test_hours_of_adoration(
    empty_country: Country, larkspur: int, services: list[dict[str, Any]], hours: float
) -> None:
    await parish(empty_country, larkspur, "St. Anne", *({**ADORATION, **one} for one in services))
    found = await nation(empty_country)
    assert found["hours_adoration"].value == pytest.approx(hours)
    assert found["perpetual_adoration"].value == (1.0 if hours == 168.0 else 0.0)


async def test_a_parish_with_a_missing_end_is_in_no_mean_of_hours(empty_country: Country, larkspur: int) -> None:
    for name in ("St. Anne", "St. Brendan"):
        await parish(empty_country, larkspur, name, {**CONFESSION, "start_time": "15:00", "end_time": "16:00"})
    await parish(empty_country, larkspur, "St. Clare", {**CONFESSION, "start_time": "15:00"})
    found = await nation(empty_country)
    assert found["hours_confession"].value == 1.0
    assert found["hours_confession"].known == Share(2, 3)
    assert found["hours_confession"].left_out == 1
    assert found["services_confession"].known == Share(3, 3)


async def test_by_weekday_hour_and_language(empty_country: Country, larkspur: int) -> None:
    await parish(
        empty_country, larkspur, "St. Anne", {"start_time": "08:30"}, {"start_time": "12:00", "language": "es"}
    )
    await parish(empty_country, larkspur, "St. Brendan", {"days": ["MO"], "start_time": "08:00"})
    table = (await empty_country.report()).figures.vitality.table
    masses = table[(table["area_kind"] == "nation") & (table["type"] == "mass") & (table["measure"] == "services")]

    def of(split: str) -> dict[str, float]:
        rows = masses[(masses["split"] == split) & (masses["estimate"] > 0)]
        return dict(zip(rows["group"], rows["estimate"], strict=True))

    assert of("weekday") == {"SU": 1.0, "MO": 0.5}
    assert of("hour") == {"8": 1.0, "12": 0.5}
    assert of("language") == {"en": 1.0, "es": 0.5}


async def test_each_state_and_diocese_has_its_own(empty_country: Country, larkspur: int) -> None:
    tamarack = await empty_country.diocese("Diocese of Tamarack", state="AK")
    await parish(empty_country, larkspur, "St. Anne", {"start_time": "08:00"})
    await parish(empty_country, tamarack, "St. Brendan", read=False)
    made = await empty_country.report()
    assert [(one.area, one.known, one.estimates[0].value) for one in made.figures.vitality.states] == [
        ("AK", Share(0, 1), None),
        ("MO", Share(1, 1), 1.0),
    ]
    table = pd.read_csv(made.html.parent / "vitality.csv")
    dioceses = table[(table["area_kind"] == "diocese") & (table["measure"] == "hours")]
    assert set(dioceses["area"]) == {"Diocese of Larkspur", "Diocese of Tamarack"}


async def test_the_database_remembers_the_main_figures(empty_country: Country, larkspur: int) -> None:
    await parish(empty_country, larkspur, "St. Anne", {"start_time": "08:00"})
    await empty_country.report()
    rows = await empty_country.connection.execute("SELECT figures->'vitality'->'services_mass'->>'value' FROM reports")
    assert await rows.fetchone() == ("1.0",)


async def test_what_the_model_was_asked_is_counted_against_the_budget(empty_country: Country) -> None:
    asked = {"hash": "a", "purpose": "rank_links", "model": "m", "state": "answered", "tokens": 120}
    await empty_country.add("ai_calls", **asked, asked_at=NOON)
    await empty_country.add("ai_calls", **asked, asked_at=LAST_WEEK)
    cost = (await empty_country.report()).figures.cost
    assert cost.today == 1
    assert [(one.purpose, one.calls, one.tokens) for one in cost.rows] == [("rank_links", 2, 240)]
