"""`vitality_all` in a real Airflow, each stage a pod of the cluster, over the sample web."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from chaos.final_tables import FinalTables, final_tables
from cluster.airflow_here import ClusterAirflow, Witness
from cluster.ground import Ground
from command_line import Vitality

from vitality_lib.sample import USCCB_URL, serve
from vitality_lib.store.embedded import Server

pytestmark = [pytest.mark.cluster, pytest.mark.airflow, pytest.mark.browser, pytest.mark.timeout(900)]

# Two of them have a page that only a browser can read.
DIOCESES = ["Diocese of Tamarack", "Diocese of Saltmarsh", "Diocese of Gypsum Flats", "Diocese of Wren Valley"]
SECRET = "vitality-crawl"  # of a database that no other test writes to
SLOTS = 2  # of extraction's five, so that four dioceses have to wait for one another


@dataclass(frozen=True)
class Crawled:
    """A run that has ended: how, what was seen of its pods, and what is in the database."""

    state: str
    unfinished: list[tuple[str, int, str]]
    witness: Witness
    tables: FinalTables


@pytest.fixture(scope="module")
def crawled(
    place: Ground, database_server: Server, tmp_path_factory: pytest.TempPathFactory, say: Callable[[str], None]
) -> Iterator[Crawled]:
    home: Path = tmp_path_factory.mktemp("airflow")
    kubeconfig = place.live.kubeconfig_of("airflow-scheduler", place.airflow, home / "kubeconfig")
    airflow = ClusterAirflow(home, database_server, place, kubeconfig, SECRET)
    began = time.monotonic()
    with airflow.up(), Witness(place) as witness:
        airflow.narrow("vitality_extraction", SLOTS)
        say(f"Airflow is up after {time.monotonic() - began:.0f} s")
        began = time.monotonic()
        state = airflow.run("vitality_all", "cluster", {"dioceses": DIOCESES, "force": True}, 600)
        say(f"vitality_all: {state} after {time.monotonic() - began:.0f} s; most pods at once {witness.most}")
        yield Crawled(state, airflow.unfinished("cluster"), witness, final_tables(place.url(SECRET)))


def test_each_stage_ends_well_as_pods(crawled: Crawled, place: Ground) -> None:
    assert (crawled.state, crawled.unfinished) == ("success", [])
    pods = {stage: len(names) for stage, names in crawled.witness.seen.items()}
    assert pods == {"discovery": 2, "extraction": len(DIOCESES), "schedule": len(DIOCESES), "reporting": 1}
    with psycopg.connect(place.url(SECRET)) as connection:
        runs = connection.execute("SELECT stage, status FROM runs WHERE run = 'cluster'").fetchall()
    assert dict(runs) == dict.fromkeys(pods, "ok")
    assert place.pods() == [], "none is left behind"


def test_mapped_extraction_keeps_to_its_pool_and_uses_it(crawled: Crawled) -> None:
    assert crawled.witness.most["extraction"] == SLOTS


async def test_what_pods_publish_is_what_one_machine_publishes(
    crawled: Crawled, database_url: str, vitality: Vitality
) -> None:
    async with serve(0.02) as port:
        chosen = [word for name in DIOCESES for word in ("--diocese", name)]
        done = await asyncio.wait_for(
            vitality.beside(
                "run",
                *chosen,
                DATABASE_URL=database_url,
                VITALITY_RESOLVE=f"*=127.0.0.1:{port}",
                VITALITY_USCCB_URL=USCCB_URL,
                VITALITY_PACE="0.02",
            ),
            300,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    alone = await asyncio.to_thread(final_tables, database_url)
    assert sum(alone.rows["services"].values()) > 50
    assert crawled.tables.fingerprint == alone.fingerprint, crawled.tables.differences(alone)[:20]
