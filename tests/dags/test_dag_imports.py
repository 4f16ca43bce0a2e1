"""What a DAG file needs is there before it is read: a task's process is a fork of one that has loaded the plugin."""

import json
import os
import subprocess
import sys

import pytest
from airflow_home import ENVIRONMENT, ROOT

DAGS = sorted(str(path) for path in (ROOT / "dags").glob("*.py"))
HEAVY = ("selenium", "pandas", "bs4", "lxml", "numpy", "google.generativeai", "vitality_lib.web", "vitality_lib.stages")
OURS = ("vitality", "psycopg", "kubernetes", "croniter")  # the last asks `file` about the interpreter when it is loaded
WORK = ("socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.mkdir", "os.remove")
READ = """
import json, runpy, sys
sys.path.append({plugins!r})
import vitality_plugin
before, worked = set(sys.modules), []
heavy = [name for name in {heavy!r} if name in before]
sys.addaudithook(lambda event, _: worked.append(event) if event in {work!r} else None)
for dag in {dags!r}:
    runpy.run_path(dag)
new = [name for name in sys.modules if name not in before and name.startswith({ours!r})]
print("read", json.dumps([heavy, sorted(new), worked, "vitality_airflow.alerts.failures" in before]))
"""


@pytest.fixture(scope="module")
def read() -> tuple[list[str], list[str], list[str], bool]:
    """What the plugin has loaded that is heavy, what the DAG files load besides, what they do, and of the callbacks."""
    code = READ.format(plugins=str(ROOT / "plugins"), heavy=HEAVY, ours=OURS, work=WORK, dags=DAGS)
    environment = {**os.environ, **ENVIRONMENT}
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    (line,) = [line for line in said.stdout.splitlines() if line.startswith("read ")]
    return tuple(json.loads(line.removeprefix("read ")))


@pytest.mark.airflow
def test_dag_files_load_nothing_that_the_plugin_has_not_loaded(read) -> None:
    heavy, new, _, callbacks = read
    assert heavy == [], "every component of Airflow pays for the plugin"
    assert new == []
    assert callbacks


@pytest.mark.airflow
def test_reading_a_dag_file_connects_to_nothing_and_starts_nothing(read) -> None:
    assert read[2] == []
