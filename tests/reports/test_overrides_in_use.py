"""The directories that people named, as the report tells of them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from fictional_country import LAST_WEEK, LONG_AGO, NOON, Country
from report_sections import rows_of, section_of

from vitality_lib.reports.figures import Standing

URL = "https://larkspur.example/parishes"


async def name(country: Country, diocese: str, **values: Any) -> None:
    """An override of a diocese of the country."""
    cursor = await country.connection.execute("SELECT id FROM dioceses WHERE name = %s", [diocese])
    (id_,) = await cursor.fetchone() or (0,)
    usual = {"url": URL, "why": "the homepage leads nowhere", "set_by": "ann", "set_at": LONG_AGO}
    await country.add("directory_overrides", diocese_id=id_, **{**usual, **values})


@pytest.fixture
async def named(country: Country) -> Country:
    """Larkspur's directory is the one named, and was read last week; Tamarack's was never read."""
    await name(country, "Diocese of Larkspur", used_at=LONG_AGO)
    await name(
        country,
        "Diocese of Tamarack",
        url="https://tamarack.example/list",
        set_by="ben",
        set_at=LAST_WEEK,
        expires_at=NOON + timedelta(days=3),
    )
    return country


async def test_without_any_there_is_no_section(country: Country) -> None:
    made = await country.report()
    assert section_of(made, "overrides") is None
    assert "#overrides" not in made.html.read_text()
    assert made.figures.overrides == ()


async def test_each_is_told_with_who_when_why_until_and_whether_it_was_used(named: Country) -> None:
    assert rows_of(await named.report(), "overrides") == [
        [
            "Diocese of Larkspur",
            f"{URL} the homepage leads nowhere",
            "2031-03-07 by ann",
            "for good",
            "used, 2031-04-29, ok",
        ],
        [
            "Diocese of Tamarack",
            "https://tamarack.example/list the homepage leads nowhere",
            "2031-04-29 by ben",
            "2031-05-09 expires soon",
            "none since it was set",
        ],
    ]


async def test_one_that_the_last_reading_did_not_go_by_is_told(country: Country) -> None:
    await name(country, "Diocese of Larkspur", url="https://gone.example/")
    assert rows_of(await country.report(), "overrides")[0][-1] == "not used, 2031-04-29, ok"


async def test_one_of_a_diocese_that_left_the_list_is_told_too(country: Country) -> None:
    await name(country, "Diocese of Oldfield")
    assert [row[0] for row in rows_of(await country.report(), "overrides")] == ["Diocese of Oldfield"]


@pytest.mark.parametrize(
    ("expires_at", "standing"),
    [
        (None, Standing.STANDS),
        (NOON + timedelta(days=14, seconds=1), Standing.STANDS),
        (NOON + timedelta(days=14), Standing.EXPIRES_SOON),
        (NOON + timedelta(seconds=1), Standing.EXPIRES_SOON),
        (NOON, Standing.EXPIRED),
        (LONG_AGO, Standing.EXPIRED),
    ],
)
async def test_those_that_end_within_14_days_or_have_ended_are_marked(
    country: Country, expires_at: datetime | None, standing: Standing
) -> None:
    await name(country, "Diocese of Larkspur", expires_at=expires_at)
    made = await country.report()
    assert [one.standing for one in made.figures.overrides] == [standing]
    found = section_of(made, "overrides")
    assert found is not None
    badges = [badge.text for badge in found.select(".badge")]
    assert badges == {Standing.EXPIRES_SOON: ["expires soon"], Standing.EXPIRED: ["expired"]}.get(standing, [])


async def test_the_files_say_what_the_page_says(named: Country) -> None:
    made = await named.report()
    table = pd.read_csv(made.html.parent / "overrides.csv", dtype=str, keep_default_na=False).set_index("diocese")
    assert dict(table.loc["Diocese of Larkspur"]) == {
        "url": URL,
        "why": "the homepage leads nowhere",
        "set_by": "ann",
        "set_at": "2031-03-07T12:00:00+00:00",
        "expires_at": "",
        "standing": "stands",
        "used_by_last_reading": "true",
        "last_reading": "2031-04-29T12:00:00+00:00",
        "outcome": "ok",
    }
    tamarack = table.loc["Diocese of Tamarack"]
    assert (tamarack["standing"], tamarack["used_by_last_reading"], tamarack["outcome"]) == ("expires_soon", "", "")
    told = json.loads((made.html.parent / "figures.json").read_text())["overrides"]
    assert [(one["diocese"], one["standing"], one["used"]) for one in told] == [
        ("Diocese of Larkspur", "stands", True),
        ("Diocese of Tamarack", "expires_soon", False),
    ]


async def test_what_people_wrote_cannot_harm_the_reader(country: Country) -> None:
    await name(
        country, "Diocese of Larkspur", why="<script>alert(1)</script>\u202e", set_by="=1+1", url=URL + "/" * 5000
    )
    made = await country.report()
    found = section_of(made, "overrides")
    assert found is not None
    assert not found.find_all("script")
    assert "\u202e" not in found.text
    assert len(found.text) < 2000
    assert pd.read_csv(made.html.parent / "overrides.csv")["set_by"].tolist() == ["'=1+1"]
