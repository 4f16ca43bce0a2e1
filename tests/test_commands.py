"""The commands as whole processes over a tiny country: what they do, print and leave behind."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from pathlib import Path

import psutil
import pytest
from command_line import Vitality
from tiny_country import (
    ANNE,
    BRENDAN,
    LARKSPUR,
    PARISHES,
    SERVICES_EACH,
    TAMARACK,
    Country,
    mass_times,
)
from web.scripted_web import Asked, Reply

from vitality_lib.models import Reason


def cells(table: str) -> set[tuple[str, ...]]:
    """The rows of a printed table."""
    return {tuple(cell.strip() for cell in line.strip("│ \n").split("│")) for line in table.splitlines() if "│" in line}


# --- run -------------------------------------------------------------------------------------------------------------


async def test_run_does_all_five_stages_and_ends_with_a_table(country: Country, vitality: Vitality) -> None:
    done = await vitality.beside("run", **country.environment(VITALITY_LOG_LEVEL="INFO"))
    assert done.returncode == 0, done.stderr
    assert cells(done.stdout) >= {
        ("dioceses", "2"),
        ("directories", "2"),
        ("parishes", "6"),
        ("services", str(6 * SERVICES_EACH)),
        ("discovery: dioceses ok", "2"),
        ("schedule: parishes ok", "6"),
    }
    report = vitality.home / "reports" / "latest" / "index.html"
    assert str(report) in done.stdout
    assert LARKSPUR in report.read_text()
    log = vitality.home / "logs" / "vitality.log"
    assert str(log) in done.stdout
    assert json.loads(log.read_text().splitlines()[0])["event"]
    lines = done.stderr.splitlines()
    assert lines[0].startswith("database at revision")
    for stage in ("discovery", "extraction", "schedule"):
        assert any(line.startswith(stage) and "2/2" in line for line in lines)


async def test_run_again_asks_for_all_pages_conditionally_and_changes_no_fact(
    known: Country, vitality: Vitality
) -> None:
    before = await known.facts()
    done = await vitality.beside("run", **known.environment())
    assert done.returncode == 0, done.stderr
    assert len(known.web.paths()) == 13
    assert all("if-none-match" in asked.headers for asked in known.web.asked if asked.path != "/robots.txt")
    assert await known.facts() == before


async def test_run_takes_dioceses_by_name_or_number(country: Country, vitality: Vitality) -> None:
    done = await vitality.beside("run", "--diocese", TAMARACK, **country.environment())
    assert done.returncode == 0, done.stderr
    assert [len(one.parishes) for one in (await country.observed()).values()] == [0, 3]
    done = await vitality.beside("run", "--dioceses", "1", **country.environment())
    assert done.returncode == 0, done.stderr
    assert [len(one.parishes) for one in (await country.observed()).values()] == [3, 3]


# --- worker ----------------------------------------------------------------------------------------------------------


async def test_a_worker_does_the_stage_of_its_type(country: Country, vitality: Vitality) -> None:
    done = await vitality.beside("worker", "--type", "discovery", "--step", "dioceses", **country.environment())
    assert (done.returncode, done.stdout) == (0, "")
    assert [one.directory_url for one in (await country.observed()).values()] == [None, None]
    done = await vitality.beside(**country.environment(WORKER_TYPE="discovery", WORKER_ID="pod-1"))
    assert done.returncode == 0
    assert all(one.directory_url for one in (await country.observed()).values())
    rows = await country.rows("SELECT status, worker_type FROM pipeline_workers WHERE worker_id = 'pod-1'")
    assert rows == [("inactive", "discovery")]


async def test_a_worker_that_is_given_run_and_diocese_writes_under_that_run(known: Country, vitality: Vitality) -> None:
    given = known.environment(WORKER_TYPE="schedule", VITALITY_RUN="manual__2026", VITALITY_DIOCESES=LARKSPUR)
    done = await vitality.beside("worker", **given, VITALITY_FORCE="true")
    assert done.returncode == 0, done.stderr
    rows = await known.rows("SELECT unit_kind, count(*) FROM outcomes WHERE run = 'manual__2026' GROUP BY 1 ORDER BY 1")
    assert rows == [("diocese", 1), ("parish", 3)]


# --- looking --------------------------------------------------------------------------------------------------------


async def test_export_writes_the_published_parishes_with_their_services(
    known: Country, vitality: Vitality, tmp_path: Path
) -> None:
    done = await vitality.beside("export", "json", **known.environment())
    assert done.returncode == 0, done.stderr
    parishes = json.loads(done.stdout)["parishes"]
    assert {parish["name"] for parish in parishes} == set(PARISHES.values())
    assert {len(parish["services"]) for parish in parishes} == {SERVICES_EACH}
    done = await vitality.beside("export", "csv", "--output", str(tmp_path / "out"), **known.environment())
    assert (done.returncode, done.stdout) == (0, "")
    written = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert written == ["datapackage.json", "parishes.csv", "services.csv"]


async def test_an_export_of_a_past_day_is_asked_for_by_its_date(known: Country, vitality: Vitality) -> None:
    for text, says in (("27 Nov", "'27 Nov' is neither a day nor a moment"), ("2999-01-01", "is not over yet")):
        done = await vitality.beside("export", "json", "--as-of", text, **known.environment())
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr
        assert "Traceback" not in done.stderr
    done = await vitality.beside("export", "json", "--as-of", "2001-01-01", **known.environment())
    assert (done.returncode, json.loads(done.stdout)["parishes"]) == (0, [])
    assert json.loads(done.stdout)["as_of"] == "2001-01-01T23:59:59.999999+00:00"


async def test_export_writes_calendars_and_dated_occurrences(
    known: Country, vitality: Vitality, tmp_path: Path
) -> None:
    folder = str(tmp_path / "calendars")
    done = await vitality.beside("export", "ics", "--output", folder, "--days", "30", **known.environment())
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert len(list((tmp_path / "calendars").glob("*/all.ics"))) == 2
    done = await vitality.beside("export", "occurrences", "--from", "2031-05-04", "--days", "7", **known.environment())
    days = {line[:10] for line in done.stdout.splitlines()[1:]}
    assert days
    assert days <= {f"2031-05-{day:02d}" for day in range(4, 11)}
    done = await vitality.beside("export", "occurrences", "--from", "4 May", **known.environment())
    assert (done.returncode, "'4 May' is no day: write YYYY-MM-DD" in done.stderr) == (2, True)


async def test_an_export_ends_quietly_when_its_reader_has_enough(known: Country, vitality: Vitality) -> None:
    done = await asyncio.to_thread(vitality.into_nobody, "export", "json", **known.environment())
    assert (done.returncode, done.stderr) == (0, "")


async def test_status_says_what_is_published_due_and_done(known: Country, vitality: Vitality) -> None:
    done = await vitality.beside("status", "--json", **known.environment())
    said = json.loads(done.stdout)
    assert (said["totals"]["parishes"], said["totals"]["services"]) == (6, 24)
    assert set(said["due"]) == {"discovery", "extraction", "schedule"}
    assert {(run["stage"], run["status"]) for run in said["runs"]} == {
        ("discovery", "ok"),
        ("extraction", "ok"),
        ("schedule", "ok"),
    }
    done = await vitality.beside("status", **known.environment())
    assert done.returncode == 0
    assert {("parishes", "6"), ("services", "24")} <= cells(done.stdout)
    assert "extraction: all 2 planned dioceses finished" in done.stdout


async def test_report_prints_where_it_is(known: Country, vitality: Vitality) -> None:
    done = await vitality.beside("report", **known.environment())
    assert done.returncode == 0, done.stderr
    made = vitality.home / "reports" / "latest" / "index.html"
    assert TAMARACK in made.read_text()
    assert made.samefile(done.stdout.strip())


def test_db_upgrade_makes_the_tables_and_may_be_repeated(vitality: Vitality, empty_database_url: str) -> None:
    for _ in range(2):
        done = vitality("db", "upgrade", DATABASE_URL=empty_database_url)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith("database at revision")
    assert vitality("status", DATABASE_URL=empty_database_url).returncode == 0


# --- ending ----------------------------------------------------------------------------------------------------------


def processes_of(home: Path) -> list[str]:
    """The command lines that speak of a home."""
    found = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
    return [" ".join(line) for line in found if str(home) in " ".join(line)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_asked_to_end_run_ends_in_time_and_leaves_no_process(
    country: Country, home: Path, number: signal.Signals
) -> None:
    visiting = asyncio.Event()

    def answer(asked: Asked) -> Reply:
        visiting.set()
        return Reply(mass_times("St. Anne"), pause=1)

    country.web.pages[f"{ANNE}/"] = answer
    environment = {**country.environment(), "DATABASE_URL": "", "VITALITY_CONCURRENCY": "1"}  # a server of its own
    process = await Vitality(home).started("run", "--diocese", LARKSPUR, **environment)
    ended = asyncio.create_task(process.communicate())
    await asyncio.wait_for(visiting.wait(), 120)
    assert processes_of(home)
    began = time.monotonic()
    process.send_signal(number)
    _, errors = await asyncio.wait_for(ended, 60)
    assert time.monotonic() - began < 25
    assert processes_of(home) == []
    assert process.returncode == 0
    last = errors.decode().splitlines()[-1]
    assert last == "vitality: ended before the work in hand was done; run again to go on"


async def test_a_worker_that_is_asked_to_end_is_for_later_and_the_next_one_goes_on(
    known: Country, vitality: Vitality
) -> None:
    visiting = asyncio.Event()
    plain = known.web.pages[f"{ANNE}/"]

    def answer(asked: Asked) -> Reply:
        visiting.set()
        return Reply(mass_times("St. Anne"), pause=1)

    known.web.pages[f"{ANNE}/"] = answer
    given = known.environment(WORKER_TYPE="schedule", VITALITY_RUN="retried", VITALITY_DIOCESES=LARKSPUR)
    given |= {"VITALITY_FORCE": "true", "VITALITY_CONCURRENCY": "1"}
    process = await vitality.started("worker", **given)
    ended = asyncio.create_task(process.communicate())
    await asyncio.wait_for(visiting.wait(), 60)
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(ended, 25)
    assert process.returncode == 75
    reasons = await known.rows("SELECT reason FROM outcomes WHERE run = 'retried' AND unit_kind = 'diocese'")
    assert reasons == [(Reason.INTERRUPTED.value,)]

    known.web.pages[f"{ANNE}/"] = plain
    known.web.asked.clear()
    assert (await vitality.beside("worker", **given)).returncode == 0
    assert ANNE not in {asked.host for asked in known.web.asked}
    assert BRENDAN in {asked.host for asked in known.web.asked}
