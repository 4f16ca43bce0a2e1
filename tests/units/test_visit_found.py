"""What a good visit found is kept together: where two pages of a parish disagree, both sides stay known."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from command_line import Vitality
from tiny_country import ANNE, Country, page

from vitality_lib.models import Day, Evidence, Recurrence, Service, ServiceType
from vitality_lib.schedules.contradictions import Contradiction, Side
from vitality_lib.stages import discovery, extraction, schedule
from vitality_lib.units.visit_found import contradictions_of

HOME, TIMES = f"http://{ANNE}/", f"http://{ANNE}/mass-times"
WHY = "it is a page about schedules, the other is none"
KEPT = """SELECT type, days, decided, why, better_url, better->0->>'words', better->0->>'start',
    worse_url, worse->0->>'words', worse->0->'evidence'->0->>'quote' FROM schedule_contradictions ORDER BY place"""


async def put_up(country: Country, weekday: str) -> None:
    """St. Anne's homepage says another time on weekdays than its page of Mass times."""
    country.web.pages[f"{ANNE}/"] = page(
        f"<h1>Welcome</h1><a href='/mass-times'>Mass Times</a><p>Mass on Monday and Tuesday at {weekday}</p>"
        "<p>Confession and Adoration are dear to us.</p>"
    )
    country.web.pages[f"{ANNE}/mass-times"] = page("<h1>Mass Times</h1><p>Monday and Tuesday 8:30 AM</p>")


@pytest.fixture
async def disputed(country: Country) -> Country:
    await put_up(country, "8:00 AM")
    await country.do(discovery, extraction, schedule)
    return country


async def again(country: Country, run: str) -> None:
    country.now += timedelta(days=30)
    await country.do(schedule, run=run)


async def test_both_sides_are_kept_with_their_words_their_quotes_and_why_one_is_believed(disputed: Country) -> None:
    ((kind, days, decided, why, *sides),) = await disputed.rows(KEPT)
    assert (kind, days, decided, why) == ("mass", ["MO", "TU"], True, WHY)
    assert sides[:3] == [TIMES, "Mass, Mondays and Tuesdays at 8:30 AM", "08:30"]
    assert sides[3:5] == [HOME, "Mass, Mondays and Tuesdays at 8:00 AM"]
    assert "8:00 AM" in str(sides[5])
    assert [one.start for one in (await disputed.parish(ANNE)).services] == ["08:30"]


async def test_the_next_good_visit_takes_its_place(disputed: Country) -> None:
    await put_up(disputed, "8:30 AM")
    await again(disputed, "second")
    assert await disputed.rows(KEPT) == []


async def test_a_visit_that_ends_badly_leaves_them_as_they_are(disputed: Country) -> None:
    before = await disputed.rows("SELECT * FROM schedule_contradictions")
    disputed.web.pages[f"{ANNE}/"] = page("<h1>St. Anne</h1><p>We are building a new website.</p>")
    await again(disputed, "second")
    assert await disputed.rows("SELECT * FROM schedule_contradictions") == before != []


async def test_reading_stored_pages_again_finds_them_too(disputed: Country, vitality: Vitality) -> None:
    before = await disputed.rows(KEPT)
    async with disputed.database.transaction() as connection:
        await connection.execute("DELETE FROM schedule_contradictions")
    for arguments, found in (((), []), (("--publish",), before)):
        done = await vitality.beside("reparse", "--schedules-only", *arguments, **disputed.environment())
        assert done.returncode == 0, done.stderr
        assert await disputed.rows(KEPT) == found


async def test_they_are_told_with_the_schedule(disputed: Country, vitality: Vitality) -> None:
    done = await vitality.beside("schedule", "St. Anne", **disputed.environment())
    lines = done.stdout.splitlines()
    at = lines.index("Pages that contradict each other")
    assert lines[at + 1 : at + 3] == ["  Mass, Mondays and Tuesdays", f"    believed, as {WHY}: {TIMES}"]
    assert lines[at + 4] == f"    not believed: {HOME}"
    assert lines[at + 5].startswith("      Mass, Mondays and Tuesdays at 8:00 AM: “")
    done = await vitality.beside("schedule", "St. Anne", "--json", **disputed.environment())
    (told,) = json.loads(done.stdout)["contradictions"]
    assert (told["days"], told["decided"], told["why"]) == (["MO", "TU"], True, WHY)
    assert [told[side]["services"][0]["start"] for side in ("better", "worse")] == ["08:30", "08:00"]
    assert (told["better"]["url"], told["worse"]["url"]) == (TIMES, HOME)


def test_a_service_that_cannot_be_said_is_told_in_the_words_of_its_page() -> None:
    said, unsaid = Recurrence((Day.SU,)), Recurrence((Day.SU,), ordinals=("7",))
    sides = [
        Side(
            url,
            (Service(ServiceType.MASS, rule, "08:00", evidence=(Evidence("", url, "7th Su", 0, 6, "lines", 0.5),)),),
        )
        for url, rule in ((HOME, said), (TIMES, unsaid))
    ]
    (kept,) = contradictions_of([Contradiction(ServiceType.MASS, Day.SU, *sides, "more pages state it")])
    words = [side.stated[0].words for side in (kept.better, kept.worse)]
    assert words == ["Mass, Sundays at 8:00 AM", "7th Su"]
