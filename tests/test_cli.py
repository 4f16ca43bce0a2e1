"""The command line: what it takes, and what it says when something is wrong: one line, the right exit code."""

import json
from pathlib import Path

import psycopg
import pytest
from command_line import Vitality, one_line

# --- usage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["run", "worker", "inspect", "reparse", "export", "report", "status", "db"])
def test_every_command_explains_itself(vitality: Vitality, command: str) -> None:
    done = vitality(command, "--help")
    assert done.returncode == 0
    assert "usage: vitality" in done.stdout


def test_nothing_at_all_shows_the_help(vitality: Vitality) -> None:
    done = vitality()
    assert done.returncode == 2
    assert "worker" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "says"),
    [
        (["worker"], {"WORKER_TYPE": "extractor"}, "WORKER_TYPE"),
        (["worker", "--type", "extractor"], {}, "extractor"),
        ([], {"WORKER_TYPE": "everything"}, "WORKER_TYPE"),
        (["worker"], {"MAX_PARISHES_PER_DIOCESE": "-1"}, "MAX_PARISHES_PER_DIOCESE"),
        (["worker"], {"NUM_PARISHES_FOR_SCHEDULE": "ten"}, "NUM_PARISHES_FOR_SCHEDULE"),
        (["run", "--dioceses", "-2"], {}, "-2"),
        (["run", "--web", "other"], {}, "other"),
        (["inspect", "schedule"], {}, "--url"),
        (["inspect", "everything", "x.html"], {}, "everything"),
        (["export", "docx"], {}, "docx"),
        (["frobnicate"], {}, "frobnicate"),
    ],
)
def test_wrong_usage_is_named_and_ends_with_2(
    vitality: Vitality, arguments: list[str], environment: dict[str, str], says: str
) -> None:
    done = vitality(*arguments, **environment)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


# --- the database ----------------------------------------------------------------------------------------------------


def test_an_empty_database_says_how_to_migrate_it(vitality: Vitality, empty_database_url: str) -> None:
    done = vitality("worker", "--type", "extraction", DATABASE_URL=empty_database_url)
    assert done.returncode == 1
    assert "vitality db upgrade" in one_line(done.stderr)


def test_an_unknown_diocese_is_named_and_nothing_is_written(vitality: Vitality, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("INSERT INTO dioceses (name) VALUES ('Diocese of Larkspur')")
    done = vitality("worker", "--type", "extraction", "--diocese", "Diocese of Larkspurr", DATABASE_URL=database_url)
    assert done.returncode == 1
    assert "Diocese of Larkspur" in done.stderr
    with psycopg.connect(database_url) as connection:
        for table in ("runs", "outcomes", "planned_units", "visits"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_status_of_an_empty_database_is_all_zeros(vitality: Vitality, database_url: str) -> None:
    done = vitality("status", "--json", DATABASE_URL=database_url)
    assert done.returncode == 0
    said = json.loads(done.stdout)
    assert set(said["totals"].values()) == {0}
    assert said["due"] == {"discovery": 0, "extraction": 0, "schedule": 0}


# --- inspect ---------------------------------------------------------------------------------------------------------

PAGE = b"""<html><head><link rel="canonical" href="https://st-odo.example/mass"><title>Mass Times</title></head>
<body><h2>Mass Times</h2><ul><li>Saturday Vigil: 5:00 PM</li><li>Sunday: 8:00 AM, 10:30 AM</li></ul>
<h2>Confession</h2><p>Saturdays 3:30 - 4:30 PM</p></body></html>"""


def test_inspect_reads_files_and_standard_input_one_object_a_line(vitality: Vitality, tmp_path: Path) -> None:
    page = tmp_path / "mass.html"
    page.write_bytes(PAGE)
    done = vitality(
        "inspect", "schedule", str(page), "-", stdin=b"<html><body><p>Welcome to our parish.</p></body></html>"
    )
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["file"] == str(page)
    assert {(s["type"], tuple(s["days"]), s["start"]) for s in first["services"]} == {
        ("mass", ("SA",), "17:00"),
        ("mass", ("SU",), "08:00"),
        ("mass", ("SU",), "10:30"),
        ("confession", ("SA",), "15:30"),
    }
    assert first["services"][0]["evidence"][0]["url"] == "https://st-odo.example/mass"
    assert (second["file"], second["services"]) == ("-", [])


def test_inspect_of_a_page_that_is_no_list_of_dioceses_is_an_error(vitality: Vitality, tmp_path: Path) -> None:
    page = tmp_path / "changed.html"
    page.write_text("<html><body><h1>All Dioceses</h1><p>We have moved.</p></body></html>")
    done = vitality("inspect", "dioceses", str(page))
    assert done.returncode == 1
    assert json.loads(done.stdout)["dioceses"] == []
    assert one_line(done.stderr).startswith(f"vitality inspect: {page}: ")


def test_inspect_of_a_page_that_is_no_directory_says_so(vitality: Vitality, tmp_path: Path) -> None:
    page = tmp_path / "office.html"
    page.write_text("<html><body><h1>Office of Worship</h1><p>Call us.</p></body></html>")
    done = vitality("inspect", "directory", str(page))
    assert done.returncode == 1
    assert json.loads(done.stdout)["parishes"] == []
    assert "no parishes" in one_line(done.stderr)


@pytest.mark.parametrize("subject", ["dioceses", "links", "directory", "schedule"])
def test_inspect_of_bytes_that_are_no_text_is_an_error(vitality: Vitality, tmp_path: Path, subject: str) -> None:
    picture = tmp_path / "church.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
    done = vitality("inspect", subject, str(picture))
    assert done.returncode == 1
    assert "no text" in one_line(done.stderr)


def test_inspect_goes_on_after_a_file_that_is_missing(vitality: Vitality, tmp_path: Path) -> None:
    page = tmp_path / "mass.html"
    page.write_bytes(PAGE)
    done = vitality("inspect", "schedule", str(tmp_path / "none.html"), str(page))
    assert done.returncode == 1
    missing, read = (json.loads(line) for line in done.stdout.splitlines())
    assert "error" in missing
    assert read["services"]
    assert "No such file" in one_line(done.stderr)
