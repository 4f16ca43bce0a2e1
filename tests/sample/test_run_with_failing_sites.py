"""A run while 30 of 100 requests fail: it ends well, each failure has its reason, and nothing wrong is published."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from against_truth import Comparison, compare
from bs4 import BeautifulSoup
from command_line import Done, Vitality

from vitality_lib.models import Reason, Stage, UnitKind
from vitality_lib.sample import PACE, USCCB_URL, serve, truth
from vitality_lib.settings import load
from vitality_lib.store import ledger, snapshot
from vitality_lib.store.database import connect
from vitality_lib.store.embedded import Server
from vitality_lib.store.snapshot import ObservedDiocese

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.timeout(280)]

SHARE, SEEDS = 0.3, (1, 2, 3)
OF_OURS = {Reason.INTERNAL_ERROR, Reason.INTERRUPTED}
OF_FAULTS = {Reason.HTTP_ERROR, Reason.BLOCKED, Reason.UNREADABLE, Reason.TIMEOUT, Reason.CONNECTION_FAILURE}


@dataclass(frozen=True)
class Run:
    """How the command ended, what was in the database then, and what its report says of reasons, table by table."""

    done: Done
    observed: tuple[ObservedDiocese, ...]
    comparison: Comparison
    ended: dict[tuple[Stage, UnitKind], Counter[str]]
    reported: tuple[Counter[str], ...]


@pytest.fixture(scope="module")
def all_runs(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Run]:
    async def side_by_side() -> list[Run]:
        return await asyncio.gather(
            *(run(seed, fresh(database_server, f"failing_{seed}"), tmp_path_factory.mktemp("home")) for seed in SEEDS)
        )

    return dict(zip(SEEDS, asyncio.run(side_by_side()), strict=True))


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed {seed}")
def one_run(all_runs: dict[int, Run], request: pytest.FixtureRequest) -> Run:
    return all_runs[request.param]


def fresh(server: Server, name: str) -> str:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_vitality".encode())
    return server.url(name)


async def run(seed: int, database_url: str, home: Path) -> Run:
    async with serve(PACE, failing=SHARE, seed=seed) as port:
        done = await Vitality(home).beside(
            "run",
            DATABASE_URL=database_url,
            VITALITY_RESOLVE=f"*=127.0.0.1:{port}",
            VITALITY_USCCB_URL=USCCB_URL,
            VITALITY_PACE=str(PACE),
            VITALITY_TIMEOUT="1",
        )
    page = home / "reports" / "latest" / "index.html"
    reported = tables(page.read_text(encoding="utf-8")) if page.exists() else ()
    async with connect(load(database_url=database_url)) as database, database.transaction() as connection:
        observed = await snapshot.observed(connection)
        ended = {
            (stage, kind): Counter(
                row.done.outcome.reason.value for row in await ledger.latest(connection, stage, kind)
            )
            for stage in Stage
            for kind in UnitKind
        }
    return Run(done, observed, compare(observed, truth.load()), ended, reported)


def tables(html: str) -> tuple[Counter[str], ...]:
    """The reasons and their counts in each table of the report's section on outcomes."""
    section = BeautifulSoup(html, "lxml").select_one("#outcomes")
    assert section
    rows = (
        (table, row.find_all(["th", "td"])) for table in section.find_all("table") for row in table.select("tbody tr")
    )
    found: dict[int, Counter[str]] = {}
    for table, cells in rows:
        reason = next(cells[0].stripped_strings).replace(" ", "_")
        found.setdefault(id(table), Counter())[reason] = int(cells[1].get_text())
    return tuple(found.values())


def test_it_ends_well(one_run: Run) -> None:
    assert one_run.done.returncode == 0, one_run.done.stderr[-4000:]
    assert "Traceback" not in one_run.done.stderr


def test_it_fails_in_many_ways_and_each_has_its_reason(one_run: Run) -> None:
    assert not reasons_of(one_run) & OF_OURS
    assert len(reasons_of(one_run) & OF_FAULTS) >= 3


def test_what_is_drawn_for_all_runs_together_fails_in_every_way(all_runs: dict[int, Run]) -> None:
    """Which requests a run comes to, and how often, is up to the machine: a way may be missing in one of them."""
    assert set.union(*map(reasons_of, all_runs.values())) >= OF_FAULTS


def reasons_of(run: Run) -> set[Reason]:
    return {Reason(reason) for counted in run.ended.values() for reason in counted}


def test_no_unit_is_without_an_outcome(one_run: Run) -> None:
    assert len(one_run.observed) == len(truth.load().dioceses)
    for diocese in one_run.observed:
        assert Stage.DISCOVERY in diocese.reasons, diocese.diocese.name
        assert (Stage.EXTRACTION in diocese.reasons) == (diocese.directory_url is not None), diocese.diocese.name
        assert [parish.entry.name for parish in diocese.parishes if parish.reason is None] == []


def test_the_report_says_what_failed(one_run: Run) -> None:
    for of in ((Stage.EXTRACTION, UnitKind.DIOCESE), (Stage.SCHEDULE, UnitKind.PARISH)):
        counted = one_run.ended[of]
        assert any(counted.items() <= table.items() for table in one_run.reported), (counted, one_run.reported)


def test_something_is_published_all_the_same_and_nothing_that_is_not_true(one_run: Run) -> None:
    """Fields may be missing, where the page that states them failed; no parish is invented, and hardly a service."""
    there = {true.name: {parish.entry.name for parish in true.parishes} for true in truth.load().dioceses}
    named = {one.diocese.name: {parish.entry.name for parish in one.parishes} for one in one_run.observed}
    assert {diocese: names - there[diocese] for diocese, names in named.items() if names - there[diocese]} == {}
    assert one_run.comparison.parishes.right > 5
    assert one_run.comparison.services.right > 50
    assert one_run.comparison.services.precision >= 0.90, one_run.comparison.services.lines
