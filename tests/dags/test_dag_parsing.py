"""A DAG file is read every half minute: it does no work and pulls in nothing heavy."""

import os
import subprocess
import sys

import pytest
from airflow_home import ENVIRONMENT, ROOT

DAGS = sorted((ROOT / "dags").glob("*.py"))
HEAVY = ("selenium", "pandas", "bs4", "lxml", "numpy", "google.generativeai", "vitality_lib.web", "vitality_lib.stages")

# What Airflow itself brings along is not ours to count: the operator's base class, the sensor, the SDK.
TIMED = """
import runpy, sys, time
import airflow.sdk
import airflow.providers.cncf.kubernetes.operators.pod
import airflow.providers.standard.sensors.time_delta
sys.path.append({plugins!r})
began = time.process_time()
runpy.run_path({dag!r})
print("took", time.process_time() - began)
print("heavy", [name for name in {heavy!r} if name in sys.modules])
"""


@pytest.mark.airflow
@pytest.mark.parametrize("dag", DAGS, ids=lambda path: path.stem)
def test_it_parses_in_half_a_second_and_pulls_in_nothing_heavy(dag) -> None:
    code = TIMED.format(plugins=str(ROOT / "plugins"), dag=str(dag), heavy=HEAVY)
    said = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={**os.environ, **ENVIRONMENT}
    ).stdout
    took = float(said.split("took", 1)[1].split()[0])
    assert took < 0.5
    assert "heavy []" in said


def test_dag_files_are_thin() -> None:
    assert all(len(path.read_text().splitlines()) <= 60 for path in DAGS)
