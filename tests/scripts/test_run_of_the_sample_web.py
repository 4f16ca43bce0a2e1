"""`make run` twice, as a newcomer calls it: Airflow runs every stage, and what is published is what is true.

The second one stays up (KEEP=1), and its dashboard is looked through in a browser before it is ended.
"""

import asyncio
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from dashboard.dashboard_in_browser import *  # noqa: F403 - fixtures, and tests that come before those below
from dashboard.places_in_browser import *  # noqa: F403
from local_airflow import ROOT, Airflow, free_port
from of_home import environment, of_home
from sample.against_truth import Comparison, compare

from vitality_lib.sample import truth
from vitality_lib.settings import load
from vitality_lib.store import ledger, snapshot
from vitality_lib.store.database import connect
from vitality_lib.store.embedded import server_of

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


class Kept:
    """A call of `make run KEEP=1`: its Airflow stays up until `ended`."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port, self._lines = home, port, []
        self._process = subprocess.Popen(
            [*_command(port), "--keep", "1"],
            **{**_QUIETLY, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT},
            env=environment(home),
        )
        self._told = threading.Event()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def settled(self) -> str:
        """What it said until its run had ended."""
        self._told.wait()
        return "".join(self._lines)

    def ended(self) -> int:
        """End it as Ctrl-C does; its exit code."""
        self._process.terminate()
        self._reading.join()
        return self._process.wait()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._lines.append(line)
            if "stays up" in line:
                self._told.set()
        self._told.set()


@pytest.fixture(scope="module")
def first(home: Path) -> Run:
    """A run into an empty home."""
    done = subprocess.run(_command(free_port()), **_QUIETLY, env=environment(home), capture_output=True, check=False)
    return look(home, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def kept(home: Path, first: Run) -> Iterator[Kept]:
    """A second one from the state that the first kept, with its Airflow still up."""
    kept = Kept(home, free_port())
    try:
        kept.settled()
        yield kept
    finally:
        kept.ended()


@pytest.fixture(scope="module")
def second(kept: Kept) -> Run:
    """What the second run left behind, before anybody changes it in the dashboard. Its exit code is not known yet."""
    return look(kept.home, 0, kept.settled())


@pytest.fixture(scope="module")
def kept_airflow(kept: Kept, second: Run) -> Airflow:
    """The Airflow of the second run."""
    server = server_of(kept.home)
    return Airflow(kept.home / "airflow", kept.port, server.url("airflow"), server.url("vitality"))


@pytest.fixture(scope="module")
def runs(first: Run, second: Run, kept: Kept) -> tuple[Run, Run]:
    """The first run and the second; the Airflow of that has been ended by now."""
    return first, replace(second, code=kept.ended())


_QUIETLY = {"cwd": ROOT, "stdin": subprocess.DEVNULL, "text": True}


def _command(port: int) -> list[str]:
    return [sys.executable, str(ROOT / "scripts" / "run.py"), "--port", str(port)]


def look(home: Path, code: int, said: str) -> Run:
    run = re.search(r"^Run (\S+)", said, re.M)
    assert run, said
    return asyncio.run(_look(home, run[1], code, said))


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
