"""`vitality schedule`, `vitality changes` and `vitality correct` as a person types them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from command_line import Done, Vitality
from tiny_country import ANNE, BRENDAN, LARKSPUR, PARISHES, TAMARACK, Country, mass_times, page

from vitality_lib.stages import schedule
from vitality_lib.store import corrections

EIGHT, NINE, HALF_PAST = (f"Mass, Sundays at {time} AM, at St. Anne" for time in ("8:00", "9:00", "8:30"))
WHY = ("--why", "I was there", "--by", "Ann")


async def run(known: Country, vitality: Vitality, *arguments: str) -> Done:
    return await vitality.beside(*arguments, **known.environment())


async def told(known: Country, vitality: Vitality, *arguments: str) -> Any:
    done = await run(known, vitality, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


async def words(known: Country, vitality: Vitality, parish: str = "St. Anne") -> list[str]:
    return [one["words"] for one in (await told(known, vitality, "schedule", parish))["services"]]


async def moved(known: Country, sunday: str = "9:00 AM") -> None:
    """St. Anne has its Sunday Mass at another time, and is read again."""
    known.now = datetime.now(UTC) - timedelta(minutes=1)
    known.web.pages[f"{ANNE}/"] = page(mass_times(PARISHES[ANNE], sunday))
    await known.do(schedule, run=f"at {sunday}", force=True)


# --- schedule --------------------------------------------------------------------------------------------------------


async def test_a_schedule_is_told_in_plain_english_with_its_evidence(known: Country, vitality: Vitality) -> None:
    done = await run(known, vitality, "schedule", "st. anne")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"St. Anne ({LARKSPUR}), parish ")
    assert f"  {EIGHT}" in lines
    headings = [line for line in lines if line.endswith(" at St. Anne") and not line.startswith(" ")]
    assert headings == ["Mass at St. Anne", "Confession at St. Anne", "Adoration at St. Anne"]
    assert f"http://{ANNE}/: “8:00 AM”" in lines[lines.index(f"  {EIGHT}") + 1]
    assert "No other pattern is known of within 400 days." in lines


async def test_a_schedule_for_programs_has_the_fields_of_the_records(known: Country, vitality: Vitality) -> None:
    shown = await told(known, vitality, "schedule", "St. Anne", "--on", "2999-07-01")
    assert (shown["parish"], shown["diocese"], shown["on"], shown["holds_until"]) == (
        "St. Anne",
        LARKSPUR,
        "2999-07-01",
        None,
    )
    (eight,) = [one for one in shown["services"] if one["words"] == EIGHT]
    assert (eight["type"], eight["days"], eight["start"], eight["in_force"]) == ("mass", ["SU"], "08:00", True)
    assert eight["since"] == known.now.isoformat()
    assert [one["url"] for one in shown["pages"]] == [f"http://{ANNE}/"]


async def test_until_when_the_pattern_holds(known: Country, vitality: Vitality) -> None:
    await run(
        known, vitality, "correct", "add", "St. Anne", "--right", "Mass, Sundays at 6:00 PM, until May 31, 2199", *WHY
    )
    shown = await told(known, vitality, "schedule", "St. Anne", "--on", "2199-05-01")
    assert shown["holds_until"] == "2199-06-01"
    done = await run(known, vitality, "schedule", "St. Anne", "--on", "2199-06-10")
    assert "Mass, Sundays at 6:00 PM, until May 31, 2199 (not at this time)" in done.stdout


async def test_the_schedule_of_a_day_that_is_past(known: Country, vitality: Vitality) -> None:
    day = known.now.date().isoformat()
    await moved(known)
    then = await told(known, vitality, "schedule", "St. Anne", "--on", day)
    assert (EIGHT in [one["words"] for one in then["services"]], EIGHT in await words(known, vitality)) == (True, False)
    never = await told(known, vitality, "schedule", "St. Anne", "--on", "2001-01-01")
    assert never["services"] == []


async def test_a_parish_is_named_by_its_number_or_enough_of_its_name(known: Country, vitality: Vitality) -> None:
    number = (await told(known, vitality, "schedule", "anne"))["parish_id"]
    assert (await told(known, vitality, "schedule", str(number)))["parish"] == "St. Anne"
    several = await run(known, vitality, "schedule", "St.")
    assert several.returncode == 2
    assert "6 parishes may be meant by 'St.'" in several.stderr
    assert f"{number}  St. Anne, Larkspur, MO ({LARKSPUR})" in several.stderr
    nobody = await run(known, vitality, "schedule", "St. Ane")
    assert nobody.returncode == 1
    assert "did you mean 'St. Anne'" in nobody.stderr
    assert (await run(known, vitality, "schedule", "99999999999999999999999")).returncode == 1
    assert (await run(known, vitality, "schedule", "St. Anne", "--on", "soon")).returncode == 2


# --- changes ---------------------------------------------------------------------------------------------------------


async def test_a_first_reading_is_no_change(known: Country, vitality: Vitality) -> None:
    said = await told(known, vitality, "changes", "--since", "2001-01-01")
    assert (said["changes"], said["first_read"]) == ([], 6)
    done = await run(known, vitality, "changes")
    assert "No schedule of all parishes changed since" in done.stdout


async def test_what_changed_is_told_for_all_for_a_diocese_and_for_a_parish(known: Country, vitality: Vitality) -> None:
    await moved(known)
    for whose in ((), ("--diocese", LARKSPUR), ("--parish", "St. Anne")):
        (change,) = (await told(known, vitality, "changes", *whose))["changes"]
        assert (change["kind"], change["words"]) == ("changed", "Sunday Mass 8:00 AM is now at 9:00 AM")
        assert (change["parish"], change["url"]) == ("St. Anne", f"http://{ANNE}/")
    for whose in (("--diocese", TAMARACK), ("--parish", "St. Brendan")):
        assert (await told(known, vitality, "changes", *whose))["changes"] == []
    assert (await told(known, vitality, "changes", "--since", "2999-01-01"))["changes"] == []
    assert "Sunday Mass 8:00 AM is now at 9:00 AM" in (await run(known, vitality, "changes")).stdout


async def test_feeds_are_written_for_a_diocese_and_a_parish(known: Country, vitality: Vitality, tmp_path: Path) -> None:
    await moved(known)
    ids = set()
    for whose in (("--diocese", LARKSPUR), ("--parish", "St. Anne")):
        done = await run(known, vitality, "changes", *whose, "--atom", str(tmp_path / "feeds" / "feed.xml"))
        assert (done.returncode, done.stdout) == (0, "")
        feed = ElementTree.parse(tmp_path / "feeds" / "feed.xml").getroot()
        assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 1
        ids.add(feed.findtext("{http://www.w3.org/2005/Atom}id"))
    assert len(ids) == 2
    assert [file.name for file in (tmp_path / "feeds").iterdir()] == ["feed.xml"]
    assert (await run(known, vitality, "changes", "--atom", "-")).stdout.startswith("<?xml")


@pytest.mark.parametrize("since", ["yesterday", "9999999d", "2026-13-01"])
async def test_since_when_must_be_a_date(known: Country, vitality: Vitality, since: str) -> None:
    done = await run(known, vitality, "changes", "--since", since)
    assert (done.returncode, "is no date" in done.stderr) == (1, True)


# --- correct ---------------------------------------------------------------------------------------------------------


async def test_a_correction_counts_at_once_and_through_the_next_crawl(known: Country, vitality: Vitality) -> None:
    done = await run(known, vitality, "correct", "change", "St. Anne", "--wrong", EIGHT, "--right", HALF_PAST, *WHY)
    assert done.returncode == 0, done.stderr
    assert f"'{EIGHT}' is now '{HALF_PAST}'" in done.stdout
    for _ in range(2):
        said = await words(known, vitality)
        assert (HALF_PAST in said, EIGHT in said) == (True, False)
        await known.do(schedule, run="again", force=True)
    shown = await run(known, vitality, "schedule", "St. Anne")
    assert "corrected: I was there (Ann, " in shown.stdout
    assert "Corrections in force" in shown.stdout


async def test_services_are_added_and_taken_away(known: Country, vitality: Vitality) -> None:
    await run(known, vitality, "correct", "add", "St. Anne", "--right", "Mass, Sundays at 6:00 PM in Spanish", *WHY)
    await run(known, vitality, "correct", "remove", "St. Anne", "--wrong", EIGHT, *WHY)
    said = await words(known, vitality)
    assert ("Mass, Sundays at 6:00 PM in Spanish" in said, EIGHT in said) == (True, False)


async def test_a_correction_is_reported_as_no_longer_needed_when_the_site_says_the_same(
    known: Country, vitality: Vitality
) -> None:
    await run(known, vitality, "correct", "change", "St. Anne", "--wrong", EIGHT, "--right", NINE, *WHY)
    (one,) = await told(known, vitality, "correct", "list")
    assert (one["told"], one["wrong"], one["right"], one["by"]) == ("in use", EIGHT, NINE, "Ann")
    await moved(known)
    (one,) = await told(known, vitality, "correct", "list", "--parish", "St. Anne")
    assert one["told"] == "no longer needed: the site says the same"
    assert "no longer needed" in (await run(known, vitality, "correct", "list")).stdout
    assert await told(known, vitality, "correct", "list", "--parish", "St. Brendan") == []


async def test_withdrawing_lets_the_page_speak_again(known: Country, vitality: Vitality) -> None:
    before = await words(known, vitality)
    await run(known, vitality, "correct", "change", "St. Anne", "--wrong", EIGHT, "--right", NINE, *WHY)
    (one,) = await told(known, vitality, "correct", "list")
    done = await run(known, vitality, "correct", "withdraw", str(one["number"]))
    assert done.returncode == 0, done.stderr
    assert sorted(await words(known, vitality)) == sorted(before)
    again = await run(known, vitality, "correct", "withdraw", str(one["number"]))
    assert (again.returncode, "is in force" in again.stderr) == (1, True)


async def test_when_one_expires_its_parish_is_due_and_the_page_counts_again_even_if_the_site_is_down(
    known: Country, vitality: Vitality
) -> None:
    until = (known.now + timedelta(days=3)).date()
    async with known.database.transaction() as connection:
        (parish,) = await (await connection.execute("SELECT id FROM parishes WHERE name = 'St. Anne'")).fetchall()
    await run(known, vitality, "correct", "change", "St. Anne", "--wrong", EIGHT, "--right", NINE, *WHY)
    async with known.database.transaction() as connection:
        await connection.execute("UPDATE service_corrections SET expires_at = %s", [until])
        await connection.execute("UPDATE visits SET interval_hours = 200 WHERE unit_kind = 'parish'")
    await known.do(schedule, run="second", force=True)
    due = await known.rows("SELECT due_at::date FROM visits WHERE unit_kind = 'parish' AND unit_id = %s", parish[0])
    assert due == [(until,)]
    del known.web.pages[f"{ANNE}/"]
    known.now += timedelta(days=4)
    await known.do(schedule, run="third")
    assert (await known.outcomes("third"))[ANNE] == "http_error"
    assert EIGHT in await words(known, vitality)
    async with known.database.transaction() as connection:
        assert not await corrections.any_ended(connection, parish[0], known.now)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "St. Anne", "--right", "Mass on Sunday"), "Mass on Sunday"),
        (("add", "St. Anne", "--right", EIGHT), "is published already"),
        (("change", "St. Anne", "--wrong", NINE, "--right", HALF_PAST), "is not published. Published is:\n  "),
        (("add", "St. Nobody", "--right", NINE), "there is no published parish"),
        (("add", "St. Anne", "--right", NINE, "--expires", "2001-01-01"), "2001-01-01 is past"),
        (("add", "St. Anne", "--right", NINE, "--expires", "soon"), "'soon' is no date"),
    ],
)
async def test_what_cannot_be_taken_is_refused_and_nothing_is_written(
    known: Country, vitality: Vitality, arguments: tuple[str, ...], says: str
) -> None:
    before = await known.facts()
    done = await run(known, vitality, "correct", *arguments, *WHY)
    assert done.returncode == 1
    assert says in done.stderr
    assert await known.facts() == before
    assert await known.rows("SELECT count(*) FROM service_corrections") == [(0,)]


async def test_a_file_corrects_many(known: Country, vitality: Vitality, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text(
        "parish,wrong,right,why,by,expires\n"
        f'St. Anne,"{EIGHT}","{NINE}",seen,ann,2999-01-01\n'
        f'St. Brendan,"{EIGHT.replace("Anne", "Brendan")}",,seen,,\n'
    )
    done = await run(known, vitality, "correct", "import", str(file), "--by", "ben")
    assert done.returncode == 0, done.stderr
    rows = await known.rows("SELECT set_by, expires_at IS NULL, standing FROM service_corrections ORDER BY id")
    assert rows == [("ann", False, "used"), ("ben", True, "used")]
    assert len((await known.parish(BRENDAN)).services) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("parish,right\nSt. Anne,x\n", "has no column why"),
        (f'parish,wrong,right,why\nSt. Anne,,"{NINE}",seen\nSt. Brendan,,,seen\n', "say what is wrong"),
        (f'parish,wrong,right,why\nSt. Anne,,"{NINE}",seen\nSt. Brendan,,"{NINE}",\n', "line 3: why is empty"),
        (f'parish,wrong,right,why\nSt. Anne,,"{NINE}",seen\nSt.,,"{NINE}",seen\n', "6 parishes may be meant"),
    ],
)
async def test_a_file_with_a_mistake_is_refused_whole(
    known: Country, vitality: Vitality, tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "corrections.csv"
    file.write_text(text)
    done = await run(known, vitality, "correct", "import", str(file))
    assert done.returncode in {1, 2}
    assert says in done.stderr
    assert await known.rows("SELECT count(*) FROM service_corrections") == [(0,)]
