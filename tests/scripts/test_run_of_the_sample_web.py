"""`make run` twice, as a newcomer calls it: Airflow runs every stage, and what is published is what is true."""

import asyncio
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from local_airflow import ROOT, free_port
from of_home import environment, of_home
from sample.against_truth import Comparison, compare

from vitality_lib.sample import truth
from vitality_lib.settings import load
from vitality_lib.store import ledger, snapshot
from vitality_lib.store.database import connect

pytestmark = [pytest.mark.long, pytest.mark.airflow, pytest.mark.browser, pytest.mark.timeout(900)]


@dataclass(frozen=True)
class Run:
    """One call of `make run`: how it ended, what it said, and what the database held afterwards."""

    code: int
    said: str
    comparison: Comparison
    fingerprint: str
    requests: int
    pages: int


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "home"


@pytest.fixture(scope="module")
def runs(home: Path) -> tuple[Run, Run]:
    """A first run into an empty home, and a second one from the state it kept."""
    return make_run(home), make_run(home)


def make_run(home: Path) -> Run:
    command = [sys.executable, str(ROOT / "scripts" / "run.py"), "--port", str(free_port())]
    done = subprocess.run(
        command, env=environment(home), cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    run = re.search(r"^Run (\S+)", said, re.M)
    assert run, said
    return asyncio.run(_look(home, run[1], done.returncode, said))


async def _look(home: Path, run: str, code: int, said: str) -> Run:
    async with connect(load(home=home)) as database, database.transaction() as connection:
        (pages,) = await (await connection.execute("SELECT count(*) FROM pages")).fetchone() or (0,)
        return Run(
            code,
            said,
            compare(await snapshot.observed(connection), truth.load()),
            await snapshot.fingerprint(connection),
            sum(count.requests for count in await ledger.counts(connection, run)),
            pages,
        )


def test_it_ends_well_and_says_where_the_report_and_the_ui_are(runs: tuple[Run, Run], home: Path) -> None:
    for run in runs:
        assert run.code == 0, run.said[-4000:]
        assert re.search(rf"^Report: +{home}/reports/latest/index\.html$", run.said, re.M)
        assert re.search(r"^Airflow: http://localhost:\d+/dags/vitality_all/runs/make_run_\w+$", run.said, re.M)


def test_the_truth_of_the_sample_web_is_published(runs: tuple[Run, Run]) -> None:
    found = runs[0].comparison
    assert found.dioceses.missing == found.dioceses.surplus == 0, found.dioceses.lines
    assert found.parishes.recall >= 0.98, found.parishes.lines
    assert found.services.recall >= 0.90, found.services.lines
    assert found.reasons.missing == 0, found.reasons.lines


def test_the_second_run_leaves_identical_facts_and_asks_politely_little(runs: tuple[Run, Run]) -> None:
    first, second = runs
    assert second.fingerprint == first.fingerprint
    assert second.requests <= 1.2 * second.pages, f"{second.requests} requests for {second.pages} pages"


def test_no_process_is_left(runs: tuple[Run, Run], home: Path) -> None:
    assert all(run.code == 0 for run in runs)
    assert [process.cmdline() for process in of_home(home)] == []
