"""A DAG file is read every half minute: it does no work and pulls in nothing heavy."""

import json
import os
import subprocess
import sys

import pytest
from airflow_home import ENVIRONMENT, ROOT

DAGS = sorted((ROOT / "dags").glob("*.py"))
HEAVY = ("selenium", "pandas", "bs4", "lxml", "numpy", "google.generativeai", "vitality_lib.web", "vitality_lib.stages")

# What Airflow itself brings along is not ours to count: the operator's base class, the sensor, the SDK. Each file is
# read in a fork of a process that has those, and nothing of another file.
TIMED = """
import json, os, runpy, sys
import airflow.sdk
import airflow.providers.cncf.kubernetes.operators.pod
import airflow.providers.standard.sensors.time_delta
sys.path += {paths!r}
from timing import seconds

for dag in {dags!r}:
    if os.fork() == 0:
        took = seconds(lambda: runpy.run_path(dag))
        heavy = [name for name in {heavy!r} if name in sys.modules]
        print("read", json.dumps([dag, took, heavy]), flush=True)
        os._exit(0)
    assert os.wait()[1] == 0, dag
"""


@pytest.fixture(scope="module")
def readings() -> dict[str, tuple[float, list[str]]]:
    """Of each DAG file the seconds that reading it takes, and what it pulls in that it should not."""
    code = TIMED.format(
        paths=[str(ROOT / "plugins"), str(ROOT / "tests")], dags=[str(dag) for dag in DAGS], heavy=HEAVY
    )
    said = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={**os.environ, **ENVIRONMENT}
    ).stdout
    found = [json.loads(line.removeprefix("read ")) for line in said.splitlines() if line.startswith("read ")]
    return {dag: (took, heavy) for dag, took, heavy in found}


@pytest.mark.airflow
@pytest.mark.parametrize("dag", DAGS, ids=lambda path: path.stem)
def test_it_parses_in_half_a_second_and_pulls_in_nothing_heavy(dag, readings) -> None:
    took, heavy = readings[str(dag)]
    assert took < 0.5
    assert heavy == []


def test_dag_files_are_thin() -> None:
    assert all(len(path.read_text().splitlines()) <= 60 for path in DAGS)
