"""`vitality reparse`: what the readers of today see in the stored pages, told before it is published."""

from __future__ import annotations

import json
import zlib
from typing import Any

from command_line import Vitality
from tiny_country import ANNE, LARKSPUR, TAMARACK, Country

EIGHT = "Mass, Sundays at 8:00 AM, at St. Anne"


async def told(known: Country, vitality: Vitality, *arguments: str) -> Any:
    done = await vitality.beside("reparse", *arguments, "--json", **known.environment())
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


async def ended(known: Country) -> dict[object, object]:
    """How many units of the runs that read again ended how."""
    rows = await known.rows(
        """SELECT stage || ' ' || unit_kind || ' ' || reason, count(*) FROM outcomes
        WHERE starts_with(run, 'reparse') GROUP BY 1"""
    )
    return {row[0]: row[1] for row in rows}


async def as_a_reader_of_yesterday(known: Country) -> None:
    """St. Anne's Sunday Mass was read as at seven, and nobody's Confession was found."""
    async with known.database.transaction() as connection:
        await connection.execute("DELETE FROM services WHERE type = 'confession'")
        await connection.execute(
            """UPDATE services SET start_time = '07:00' WHERE start_time = '08:00'
            AND parish_id = (SELECT id FROM parishes WHERE name = 'St. Anne')"""
        )


async def test_nothing_differs_right_after_a_crawl(known: Country, vitality: Vitality) -> None:
    before = await known.facts()
    due = await known.rows("SELECT * FROM visits ORDER BY stage, unit_kind, unit_id")
    for publish in ((), ("--publish",)):
        done = await vitality.beside("reparse", *publish, **known.environment())
        assert done.returncode == 0, done.stderr
        assert f"{LARKSPUR}: parishes read 3" in done.stdout.splitlines()
        assert "All: parishes read 6" in done.stdout.splitlines()
    assert known.web.asked == []
    assert await known.facts() == before
    assert await known.rows("SELECT * FROM visits ORDER BY stage, unit_kind, unit_id") == due


async def test_a_diff_is_told_and_nothing_is_published(known: Country, vitality: Vitality) -> None:
    await as_a_reader_of_yesterday(known)
    before, outcomes = await known.facts(), await known.rows("SELECT count(*) FROM outcomes")
    done = await vitality.beside("reparse", **known.environment())
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert f"    ~ {EIGHT.replace('8:00', '7:00')} -> {EIGHT}" in lines
    assert "    + Confession, Saturdays from 3:30 PM to 4:30 PM, at St. Felix" in lines
    assert f"{LARKSPUR}: services + 3, services ~ 1, parishes read 3" in lines
    assert "All: services + 6, services ~ 1, parishes read 6" in lines
    assert lines[-1] == "Nothing was published; `vitality reparse --publish` publishes exactly this."
    assert known.web.asked == []
    assert (await known.facts(), await known.rows("SELECT count(*) FROM outcomes")) == (before, outcomes)


async def test_what_was_told_is_what_is_published(known: Country, vitality: Vitality) -> None:
    await as_a_reader_of_yesterday(known)
    dry = await told(known, vitality)
    done = await told(known, vitality, "--publish")
    assert (dry["published"], done["published"]) == (False, True)
    assert done["dioceses"] == dry["dioceses"]
    (changed,) = [one for one in done["dioceses"][0]["schedules"] if one["parish"] == "St. Anne"]
    assert {"sign": "~", "before": EIGHT.replace("8:00", "7:00"), "after": EIGHT} in changed["lines"]
    assert len((await known.parish(ANNE)).services) == 4
    again = await told(known, vitality)
    assert [one["schedules"] for one in again["dioceses"]] == [[], []]
    assert await ended(known) == {"extraction diocese ok": 2, "schedule diocese ok": 2, "schedule parish ok": 6}


async def test_directories_are_read_again_too_unless_schedules_alone_are_asked_for(
    known: Country, vitality: Vitality
) -> None:
    async with known.database.transaction() as connection:
        await connection.execute("UPDATE parishes SET phone = NULL WHERE name = 'St. Anne'")
        await connection.execute("UPDATE parishes SET gone_at = now() WHERE name = 'St. Clare'")
    assert [one["parishes"] for one in (await told(known, vitality, "--schedules-only"))["dioceses"]] == [[], []]
    larkspur, tamarack = (one["parishes"] for one in (await told(known, vitality))["dioceses"])
    assert [line["sign"] for line in larkspur] == ["~", "+"]
    assert "phone None" in larkspur[0]["before"]
    assert larkspur[1]["after"].startswith("St. Clare")
    assert tamarack == []
    (one,) = (await told(known, vitality, "--publish", "--diocese", LARKSPUR))["dioceses"]
    assert one["parishes"] == larkspur
    assert (await told(known, vitality, "--diocese", LARKSPUR, TAMARACK))["dioceses"][0]["parishes"] == []


async def test_a_parish_whose_pages_were_never_stored_is_left_alone(known: Country, vitality: Vitality) -> None:
    await as_a_reader_of_yesterday(known)
    before = (await known.parish(ANNE)).services
    async with known.database.transaction() as connection:
        await connection.execute("DELETE FROM pages WHERE url = %s", [f"http://{ANNE}/"])
        await connection.execute("DELETE FROM pages WHERE starts_with(url, 'http://tamarack')")
    counts = (await told(known, vitality, "--publish"))["dioceses"][0]["counts"]
    assert (counts["never stored"], counts["parishes read"]) == (1, 2)
    assert (await known.parish(ANNE)).services == before
    assert await ended(known) == {"extraction diocese ok": 1, "schedule diocese ok": 2, "schedule parish ok": 5}


async def test_no_service_goes_whose_page_is_not_stored(known: Country, vitality: Vitality) -> None:
    bare = b"<html><body><a href='/mass-times'>Mass Times</a><p>Confession: Saturdays 3:30 pm</p></body></html>"
    async with known.database.transaction() as connection:
        await connection.execute(
            """UPDATE page_bodies SET body = %s WHERE hash = (SELECT body_hash FROM pages WHERE url = %s)""",
            [zlib.compress(bare), f"http://{ANNE}/"],
        )
        await connection.execute(
            """UPDATE evidence SET url = 'http://st-anne.example/mass-times' WHERE url = %s""", [f"http://{ANNE}/"]
        )
    before = await known.facts()
    counts = (await told(known, vitality, "--publish", "--diocese", LARKSPUR))["dioceses"][0]["counts"]
    assert (counts["not wholly stored"], counts["parishes read"]) == (1, 2)
    assert await known.facts() == before


async def test_what_people_corrected_is_no_difference(known: Country, vitality: Vitality) -> None:
    why = ("--why", "I was there", "--right", EIGHT.replace("8:00", "8:30"), "--wrong", EIGHT)
    await vitality.beside("correct", "change", "St. Anne", *why, **known.environment())
    assert [one["schedules"] for one in (await told(known, vitality, "--publish"))["dioceses"]] == [[], []]
    assert "08:30" in {one.start for one in (await known.parish(ANNE)).services}
