"""The corrections of schedules, as the report tells of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import pytest
from fictional_country import LAST_WEEK, LONG_AGO, NOON, Country
from report_sections import rows_of, section_of

from vitality_lib.models import Day, Recurrence, Service, ServiceType, Standing
from vitality_lib.reports.figures import Effect
from vitality_lib.store import corrections
from vitality_lib.store.corrections import Effect as Noted

EIGHT, NINE = (Service(ServiceType.MASS, Recurrence((Day.SU,)), start) for start in ("08:00", "09:00"))
EFFECTS = {Effect.USED: Standing.USED, Effect.NOT_NEEDED: Standing.NOT_NEEDED, Effect.NO_MATCH: Standing.NO_MATCH}


async def correct(
    country: Country, parish: str, *effects: Effect, wrong: Service | None = EIGHT, right: Service | None = NINE,
    why: str = "I was there", set_by: str = "ann", expires_at: datetime | None = None,
) -> list[int]:  # fmt: skip
    """Corrections of a parish of the country, one with each effect."""
    cursor = await country.connection.execute("SELECT id FROM parishes WHERE name = %s", [parish])
    (id_,) = await cursor.fetchone() or (0,)
    made = [
        await corrections.put(
            country.connection, id_, wrong=wrong, right=right, why=why, set_by=set_by, now=LONG_AGO,
            expires_at=expires_at,
        )
        for _ in effects
    ]  # fmt: skip
    noted = {number: Noted(EFFECTS[effect]) for number, effect in zip(made, effects, strict=True) if effect in EFFECTS}
    if noted:
        await corrections.note(country.connection, id_, noted, LAST_WEEK)
    return made


async def test_without_any_there_is_no_section(country: Country) -> None:
    made = await country.report()
    assert section_of(made, "corrections") is None
    assert "#corrections" not in made.html.read_text()
    assert made.figures.corrections == ()


async def test_each_is_told_with_who_when_why_until_and_what_it_did(country: Country) -> None:
    (number,) = await correct(country, "St. Anne", Effect.USED, expires_at=NOON + timedelta(days=3))
    assert rows_of(await country.report(), "corrections") == [
        [
            str(number),
            "St. Anne Diocese of Larkspur",
            "Mass, Sundays at 8:00 AM is Mass, Sundays at 9:00 AM I was there",
            "2031-03-07 by ann",
            "2031-05-09 expires soon",
            "in use",
        ]
    ]


async def test_those_no_longer_needed_come_first(country: Country) -> None:
    await correct(country, "St. Anne", Effect.USED, Effect.NO_MATCH, Effect.NOT_NEEDED)
    await correct(country, "St. Brendan", Effect.WAITING)
    assert [row[-1] for row in rows_of(await country.report(), "corrections")] == [
        "no longer needed: the site says the same",
        "without effect: the site says neither",
        "not used yet",
        "in use",
    ]


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [(None, NINE, "added: Mass, Sundays at 9:00 AM"), (EIGHT, None, "taken away: Mass, Sundays at 8:00 AM")],
)
async def test_what_is_added_or_taken_away_is_told_so(
    country: Country, wrong: Service | None, right: Service | None, told: str
) -> None:
    await correct(country, "St. Anne", Effect.USED, wrong=wrong, right=right)
    assert rows_of(await country.report(), "corrections")[0][2] == f"{told} I was there"


async def test_those_that_expired_or_were_withdrawn_are_not_told(country: Country) -> None:
    await correct(country, "St. Anne", Effect.USED, expires_at=NOON)
    (withdrawn,) = await correct(country, "St. Brendan", Effect.WAITING)
    await corrections.withdraw(country.connection, withdrawn, LAST_WEEK)
    assert (await country.report()).figures.corrections == ()


async def test_the_file_says_what_the_page_says(country: Country) -> None:
    (number,) = await correct(country, "St. Anne", Effect.NOT_NEEDED)
    made = await country.report()
    table = pd.read_csv(made.html.parent / "corrections.csv", dtype=str, keep_default_na=False)
    assert table.to_dict("records") == [
        {
            "number": str(number),
            "diocese": "Diocese of Larkspur",
            "parish": "St. Anne",
            "wrong": "Mass, Sundays at 8:00 AM",
            "right": "Mass, Sundays at 9:00 AM",
            "why": "I was there",
            "set_by": "ann",
            "set_at": "2031-03-07T12:00:00+00:00",
            "expires_at": "",
            "standing": "stands",
            "effect": "not_needed",
            "last_used": "",
        }
    ]


async def test_what_people_wrote_cannot_harm_the_reader(country: Country) -> None:
    await correct(country, "St. Anne", Effect.USED, why="<script>alert(1)</script>\u202e" + "x" * 9000, set_by="=1+1")
    made = await country.report()
    found = section_of(made, "corrections")
    assert found is not None
    assert not found.find_all(["script", "a"])
    assert "\u202e" not in found.text
    assert len(found.text) < 2000
    assert pd.read_csv(made.html.parent / "corrections.csv")["set_by"].tolist() == ["'=1+1"]
