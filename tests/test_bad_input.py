"""Bad input, as a user meets it: one clear line that says what to do, the right exit code, the tables as they were."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from command_line import Vitality, one_line
from tiny_country import (
    ANNE,
    LARKSPUR,
    TAMARACK,
    Country,
    directory,
    new_parishes,
    page,
)
from web.scripted_web import Answering, Reply

from vitality_lib.models import Reason

NO_TEXT = Reply(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
BY_SCRIPT = """<h1>Our Parishes</h1><div id="parish-map"></div><script src="/map.js"></script>
<noscript>This map of parishes needs JavaScript.</noscript>"""


async def reasons(country: Country, unit: str) -> dict[str, str]:
    """The reason with which each unit of the newest run ended, by name."""
    rows = await country.rows(
        """SELECT coalesce(p.name, d.name), reason FROM outcomes JOIN dioceses d ON d.id = outcomes.diocese_id
        LEFT JOIN parishes p ON unit_kind = 'parish' AND p.id = unit_id
        WHERE run <> 'first' AND unit_kind = %s""",
        unit,
    )
    return {str(name): str(reason) for name, reason in rows}


# --- settings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("WORKER_TYPE", "extractor", "'discovery', 'extraction', 'schedule', 'reporting' or 'all'"),
        ("MAX_PARISHES_PER_DIOCESE", "-1", "greater than or equal to 0"),
        ("NUM_PARISHES_FOR_SCHEDULE", "-1", "greater than or equal to 0"),
        ("VITALITY_MAX_DIOCESES", "-5", "greater than or equal to 0"),
        ("VITALITY_PACE", "0.1", "VITALITY_RESOLVE"),
        ("VITALITY_RESOLVE", "localhost", "HOST=IP:PORT"),
        ("VITALITY_USER_AGENT", "Mozilla/5.0", "contact URL"),
    ],
)
def test_a_wrong_setting_is_one_line_that_says_what_is_right(
    vitality: Vitality, variable: str, value: str, says: str
) -> None:
    done = vitality("status", **{variable: value})
    assert done.returncode == 2
    line = one_line(done.stderr)
    assert variable in line
    assert says in line


# --- the database ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", ["run", "worker --type extraction", "reparse", "export json", "report", "status", "db upgrade"]
)
def test_an_unreachable_database_is_one_line_and_for_later_for_every_command(vitality: Vitality, command: str) -> None:
    done = vitality(*command.split(), DATABASE_URL="postgresql://someone:s3cret@127.0.0.1:1/nothing")
    assert done.returncode == 75
    line = one_line(done.stderr)
    assert "127.0.0.1" in line
    assert "start it, or mend DATABASE_URL" in line
    assert "s3cret" not in line
    assert done.stdout == ""


def test_an_address_that_is_none_is_named(vitality: Vitality) -> None:
    done = vitality("status", DATABASE_URL="https://user:s3cret@db.example/")
    assert done.returncode == 2
    assert one_line(done.stderr) == (
        "vitality: DATABASE_URL is not an address like postgresql://user:password@host:5432/name"
    )


DAMAGES = {
    "an older revision": ("UPDATE alembic_version SET version_num = '0001'", "half-migrated", "vitality db upgrade"),
    "a newer revision": ("UPDATE alembic_version SET version_num = '9999'", "9999", "install the newer version"),
    "no revision": ("DROP TABLE alembic_version", "half-migrated", "vitality db upgrade"),
    "a missing table": ("DROP TABLE evidence CASCADE", "evidence missing", "restore it from a backup"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_half_migrated_schema_is_refused_before_anything_is_done(
    vitality: Vitality, database_url: str, damage: str
) -> None:
    command, what, remedy = DAMAGES[damage]
    with psycopg.connect(database_url) as connection:
        connection.execute(command.encode())
    done = vitality("worker", "--type", "discovery", DATABASE_URL=database_url)
    assert done.returncode == 1
    line = one_line(done.stderr)
    assert what in line
    assert remedy in line
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM pipeline_workers").fetchone() == (0,)


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "json", "geojson"])
def test_a_place_that_cannot_be_written_to_is_named(
    vitality: Vitality, database_url: str, tmp_path: Path, form: str
) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    done = vitality("export", form, "--output", str(file / "parishes"), DATABASE_URL=database_url)
    assert done.returncode == 1
    assert str(file) in one_line(done.stderr)
    assert file.read_text() == "no folder"


# --- what is asked for -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [["run"], ["reparse"], *(["worker", "--type", kind] for kind in ("discovery", "schedule"))]
)
async def test_an_unknown_diocese_is_one_line_with_the_name_that_was_meant(
    known: Country, vitality: Vitality, command: list[str]
) -> None:
    before = await known.facts()
    done = await vitality.beside(*command, "--diocese", "Diocese of Larkspurr", **known.environment())
    assert done.returncode == 1
    line = done.stderr.splitlines()[-1]
    assert line.startswith("vitality: there is no diocese 'Diocese of Larkspurr': did you mean 'Diocese of Larkspur'")
    assert await known.facts() == before
    assert await reasons(known, "diocese") == {}


# --- the list of dioceses --------------------------------------------------------------------------------------------

LISTS: dict[str, tuple[Answering, str]] = {
    "another shape": (page("<h1>All Dioceses</h1><ul><li>Diocese of Larkspur</li></ul>"), "its markup has changed"),
    "rows without names": (
        page('<div class="views-row"><h3 class="da-title"></h3></div>' * 3),
        "its markup has changed",
    ),
    "bytes that are no text": (NO_TEXT, "unreadable"),
    "nothing": (Reply(""), "unreadable"),
    "gone": (Reply("not here", 404), "http_error"),
    "refused": (Reply("no", 403), "blocked"),
}


@pytest.mark.parametrize("case", LISTS)
async def test_a_list_of_dioceses_that_is_none_is_an_error_and_changes_nothing(
    known: Country, vitality: Vitality, case: str
) -> None:
    known.web.pages["bishops.example/dioceses"], says = LISTS[case]
    before = await known.facts()
    done = await vitality.beside("worker", "--type", "discovery", "--force", **known.environment())
    assert done.returncode == 1
    line = one_line(done.stderr)
    assert "http://bishops.example/dioceses" in line
    assert says in line
    assert await known.facts() == before


# --- pages of dioceses and parishes ----------------------------------------------------------------------------------


DIRECTORIES: dict[str, tuple[Answering, Reason]] = {
    "no directory": (page("<h1>Office of Worship</h1><p>Call us.</p>"), Reason.NO_DIRECTORY),
    "bytes that are no text": (NO_TEXT, Reason.UNREADABLE),
    "a map that only a browser can read": (page(BY_SCRIPT), Reason.NEEDS_BROWSER),
    "too many parishes at once": (page(directory(new_parishes(9))), Reason.HELD_FOR_REVIEW),
}


@pytest.mark.parametrize("case", DIRECTORIES)
async def test_a_page_that_is_no_good_directory_is_an_outcome_and_the_last_good_parishes_stay(
    known: Country, vitality: Vitality, case: str
) -> None:
    known.web.pages["larkspur.example/parishes"], reason = DIRECTORIES[case]
    before = await known.facts()
    done = await vitality.beside("worker", "--type", "extraction", "--force", **known.environment())
    assert (done.returncode, done.stderr) == (0, "")
    assert await reasons(known, "diocese") == {LARKSPUR: reason, TAMARACK: Reason.OK}
    assert await known.facts() == before


SITES: dict[str, tuple[Answering, Reason]] = {
    "bytes that are no text": (NO_TEXT, Reason.UNREADABLE),
    "a page that only a browser can read": (
        page('<div id="root"></div><script src="/app.js"></script>'),
        Reason.NEEDS_BROWSER,
    ),
}


@pytest.mark.parametrize("case", SITES)
async def test_a_parish_site_that_cannot_be_read_is_an_outcome_and_its_services_stay(
    known: Country, vitality: Vitality, case: str
) -> None:
    known.web.pages[f"{ANNE}/"], reason = SITES[case]
    before = await known.facts()
    done = await vitality.beside(
        "worker", "--type", "schedule", "--force", "--diocese", LARKSPUR, **known.environment()
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert await reasons(known, "parish") == {"St. Anne": reason, "St. Brendan": Reason.OK, "St. Clare": Reason.OK}
    assert await known.facts() == before
