"""`vitality review` and `vitality override` as a person types them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from command_line import Done, Vitality
from tiny_country import ANNE, BRENDAN, CLARE, LARKSPUR, TAMARACK, Country, directory, new_parishes, page

from vitality_lib.stages import discovery, extraction
from vitality_lib.store import dioceses, overrides

URL = "https://larkspur.example/all-parishes"


async def run(known: Country, vitality: Vitality, *arguments: str) -> Done:
    return await vitality.beside(*arguments, **known.environment())


async def swing(known: Country) -> str:
    """Make a reading that is held, with five others and without St. Clare; return the review's number."""
    rows = directory((ANNE, BRENDAN, *new_parishes(5))).replace("Elm", "Oak")
    known.web.pages["larkspur.example/parishes"] = page(rows)
    await known.do(extraction, run="second", force=True)
    return str((await known.rows("SELECT id FROM reviews"))[0][0])


# --- review ----------------------------------------------------------------------------------------------------------


async def test_nothing_held_says_so(known: Country, vitality: Vitality) -> None:
    done = await run(known, vitality, "review", "list")
    assert (done.returncode, done.stdout) == (0, "No reading waits for a decision.\n")


async def test_a_held_reading_is_listed_and_shown(known: Country, vitality: Vitality) -> None:
    number = await swing(known)
    listed = await run(known, vitality, "review", "list")
    assert LARKSPUR in listed.stdout
    assert "7 parishes where 3 are published" in listed.stdout
    (told,) = json.loads((await run(known, vitality, "review", "list", "--json")).stdout)
    assert (told["id"], told["published"], told["proposed"]) == (int(number), 3, 7)
    shown = (await run(known, vitality, "review", "show", number)).stdout.splitlines()
    assert [line.split(",")[0] for line in shown if line[:2] in {"+ ", "- "}] == [
        *(f"+ Holy Cross {n}" for n in range(5)),
        "- St. Clare",
    ]
    assert shown[-1] == "5 would come, 1 would go, 2 would stay."


async def test_accepting_publishes_and_names_who_decided(known: Country, vitality: Vitality) -> None:
    done = await run(known, vitality, "review", "accept", await swing(known), "--by", "ann")
    assert done.stdout == "Published: 5 parishes are new, 2 changed, 0 are back, 1 are gone.\n"
    assert len((await known.observed())[LARKSPUR].parishes) == 7
    assert await known.rows("SELECT decided_by, accepted FROM reviews") == [("ann", True)]


async def test_rejecting_keeps_what_is_published(known: Country, vitality: Vitality) -> None:
    number, before = await swing(known), await known.facts()
    assert (await run(known, vitality, "review", "reject", number)).returncode == 0
    assert await known.facts() == before
    again = await run(known, vitality, "review", "accept", number)
    assert again.returncode == 1
    assert f"no review {number} waits for a decision" in again.stderr


# --- override --------------------------------------------------------------------------------------------------------


async def test_a_named_directory_is_listed_and_removed(known: Country, vitality: Vitality) -> None:
    done = await run(
        known, vitality, "override", "set", LARKSPUR.lower(), URL, "--why", "the menu hides it", "--by", "ann"
    )
    assert done.returncode == 0, done.stderr
    (one,) = json.loads((await run(known, vitality, "override", "list", "--json")).stdout)
    assert (one["diocese"], one["url"], one["why"], one["set_by"]) == (LARKSPUR, URL, "the menu hides it", "ann")
    assert "never" in (await run(known, vitality, "override", "list")).stdout
    assert (await run(known, vitality, "override", "remove", LARKSPUR)).returncode == 0
    assert (await run(known, vitality, "override", "list")).stdout == "Nobody has named a directory.\n"
    gone = await run(known, vitality, "override", "remove", LARKSPUR)
    assert (gone.returncode, "nobody has named" in gone.stderr) == (1, True)


async def test_a_named_directory_wins_is_proved_and_the_outcome_says_so(known: Country, vitality: Vitality) -> None:
    known.web.pages["larkspur.example/all-parishes"] = page(directory((ANNE, BRENDAN, CLARE)))
    await run(known, vitality, "override", "set", LARKSPUR, "http://larkspur.example/all-parishes", "--why", "moved")
    await known.do(discovery, run="second", force=True)
    urls = await known.rows(
        "SELECT url, reasons::text FROM directories JOIN dioceses d ON d.id = diocese_id WHERE name = %s", LARKSPUR
    )
    assert urls[0][0] == "http://larkspur.example/all-parishes"
    assert "named by" in str(urls[0][1])
    assert await known.rows("SELECT count(*) FROM directory_overrides WHERE used_at IS NOT NULL") == [(1,)]


async def test_a_named_directory_that_lists_no_parishes_is_not_used(known: Country, vitality: Vitality) -> None:
    known.web.pages["larkspur.example/staff"] = page("<h1>Staff</h1><p>We serve you.</p>")
    await run(known, vitality, "override", "set", LARKSPUR, "http://larkspur.example/staff", "--why", "guess")
    await known.do(discovery, run="second", force=True)
    assert await known.rows(
        "SELECT url FROM directories JOIN dioceses d ON d.id = diocese_id WHERE name = %s", LARKSPUR
    ) == [("http://larkspur.example/parishes",)]
    assert await known.rows("SELECT count(*) FROM directory_overrides WHERE used_at IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(("path", "used"), [("all-parishes", True), ("staff", False)])
async def test_the_report_says_whether_the_last_reading_went_by_a_named_directory(
    known: Country, path: str, used: bool
) -> None:
    known.web.pages["larkspur.example/all-parishes"] = page(directory((ANNE, BRENDAN, CLARE)))
    known.web.pages["larkspur.example/staff"] = page("<h1>Staff</h1><p>We serve you.</p>")
    known.now += timedelta(days=1)
    async with known.database.transaction() as connection:
        (larkspur,) = await dioceses.named(connection, [LARKSPUR])
        url = f"http://larkspur.example/{path}"
        await overrides.put(connection, larkspur.id, url, why="moved", set_by="ann", now=known.now)
    known.now += timedelta(days=1)
    await known.do(discovery, extraction, run="second", force=True)
    async with known.database.transaction() as connection:
        (told,) = await overrides.in_use(connection)
    assert (told.used, told.reason, told.read_at) == (used, "ok", known.now)


async def test_a_file_names_many(known: Country, vitality: Vitality, tmp_path: Path) -> None:
    file = tmp_path / "named.csv"
    file.write_text(f"diocese,url,why,by,expires\n{LARKSPUR},{URL},moved,ann,2999-01-01\n{TAMARACK},{URL},moved,,\n")
    done = await run(known, vitality, "override", "import", str(file), "--by", "ben")
    assert done.returncode == 0, done.stderr
    rows = await known.rows("SELECT set_by, expires_at IS NULL FROM directory_overrides ORDER BY diocese_id")
    assert rows == [("ann", False), ("ben", True)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"diocese,url\n{LARKSPUR},{URL}\n", "has no column why"),
        ("", "has no column diocese, url, why"),
        (f"diocese,url,why\n{LARKSPUR},{URL},moved\n{TAMARACK},,moved\n", "line 3: url is empty"),
        (f"diocese,url,why\n{LARKSPUR},{URL},moved\n{TAMARACK},javascript:void(0),moved\n", "is no address"),
        (f"diocese,url,why\n{LARKSPUR},{URL},moved\nDiocese of Nowhere,{URL},moved\n", "there is no diocese"),
        (f"diocese,url,why,by,expires\n{LARKSPUR},{URL},moved,ann,soon\n", "'soon' is no date"),
        (f"diocese,url,why,by,expires\n{LARKSPUR},{URL},moved,ann,2001-01-01\n", "2001-01-01 is past"),
    ],
)
async def test_a_file_with_a_mistake_is_refused_whole(
    known: Country, vitality: Vitality, tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "named.csv"
    file.write_text(text)
    done = await run(known, vitality, "override", "import", str(file))
    assert done.returncode == 1
    assert says in done.stderr
    assert await known.rows("SELECT count(*) FROM directory_overrides") == [(0,)]
