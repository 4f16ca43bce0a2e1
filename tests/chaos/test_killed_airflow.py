"""A crawl in Airflow whose scheduler, API server, triggerer, DAG processor, database and tasks are killed in turn."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from chaos.crawl import Crawl, sample_web
from chaos.final_tables import final_tables
from chaos.killable_airflow import KillableAirflow

pytestmark = [pytest.mark.chaos, pytest.mark.airflow, pytest.mark.browser, pytest.mark.no_cover]

SEED = int(os.environ.get("SEED") or 0)
KILLS = 12
TARGETS = ("scheduler", "task", "postgres", "api-server", "triggerer", "dag-processor")
PAUSE_SECONDS = (5.0, 20.0)  # a component takes as long to be back
MOST_RUNS = 6


@pytest.mark.timeout(3600)
def test_a_run_in_airflow_that_is_killed_again_and_again_ends_as_one_without_airflow(
    tmp_path: Path, say: Callable[[str], None]
) -> None:
    random, began = Random(SEED), time.monotonic()
    with sample_web() as port:
        with Crawl(tmp_path / "calm", port) as crawl:
            crawl.finish()
            calm = final_tables(crawl.url)
        with KillableAirflow(tmp_path / "killed", port) as airflow:
            kills, runs = until_one_succeeds(airflow, random)
            after = final_tables(airflow.url)
    told = f"seed {SEED}: {kills.total()} kills {dict(kills)}, runs {runs}"
    say(f"{told}, {after.count} rows, fingerprint {after.fingerprint}, {time.monotonic() - began:.0f} s")
    assert kills.total() >= 6, told
    assert after.duplicates == [], told
    assert after.differences(calm) == [], told


def until_one_succeeds(airflow: KillableAirflow, random: Random) -> tuple[Counter[str], list[str]]:
    """Runs one after the other, as an operator starts them, the first under kills; and how each ended."""
    kills: Counter[str] = Counter()
    ended: list[str] = []
    targets = [target for _ in range(KILLS) for target in random.sample(TARGETS, len(TARGETS))]
    while "success" not in ended[-1:]:
        assert len(ended) < MOST_RUNS, ended
        run = f"chaos_{len(ended)}"
        airflow.begin(run)
        while kills.total() < KILLS and not airflow.ended(run):
            time.sleep(random.uniform(*PAUSE_SECONDS))
            kills[airflow.kill(targets[kills.total()], random)] += 1
        ended.append(airflow.wait(run))
    return kills, ended
