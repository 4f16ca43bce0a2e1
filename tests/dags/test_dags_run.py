"""The DAGs in Airflow itself, with a database of its own: all are found, and `vitality_all` crawls the sample web.

That run has secrets, and nothing that Airflow says or keeps has one.
"""

import asyncio
import json
import secrets
import sqlite3
import subprocess
import sys
from pathlib import Path

import alert_receiver
import psycopg
import pytest
import uncounted
import yaml
from airflow_home import ENVIRONMENT
from kubernetes_api import Cluster
from kubernetes_api import serve as serve_cluster

from vitality_lib.sample import PACE, USCCB_URL, serve, truth

pytestmark = [pytest.mark.long, pytest.mark.airflow]

# A retry that waited for its usual time would outlast the test.
PODS = """
from datetime import timedelta
from airflow.sdk import DAG
from vitality_airflow.params import params
from vitality_airflow.policy import stage_settings
from vitality_airflow.stage_operator import StageOperator
from vitality_lib.models import Stage

quick = {"poll_interval": 0.1, "startup_check_interval_seconds": 0.1, "in_cluster": False, "pool": "default_pool"}
with DAG("pods", schedule=None, params=params(), default_args={"retries": 1, "retry_delay": timedelta(hours=1)}):
    StageOperator.partial(task_id="diocese", **{**stage_settings(Stage.EXTRACTION), **quick}).expand(
        diocese=["Diocese of Larkspur"]
    )
"""
# A reading that is held back, a cycle in which nothing moved, four fifths of a day's questions to the model.
ALARMING = """
INSERT INTO dioceses (name) VALUES ('Diocese of Aster'), ('Diocese of Bluebell'), ('Diocese of Clover');
INSERT INTO reviews (diocese_id, run, published, proposed, why, entries) VALUES (1, 'r', 40, 12, 'fewer', '[]');
INSERT INTO runs (run, stage, started_at, finished_at, status) VALUES ('r', 'extraction', now(), now(), 'ok');
INSERT INTO planned_units (run, stage, diocese_id) SELECT 'r', 'extraction', id FROM dioceses;
INSERT INTO outcomes (run, stage, unit_kind, unit_id, diocese_id, reason)
    SELECT 'r', 'extraction', 'diocese', id, id, 'timeout' FROM dioceses;
INSERT INTO ai_calls (hash, purpose, model, asked_at, state)
    SELECT 'h', 'p', 'm', now(), 'answered' FROM generate_series(1, 160);
"""
PASSWORD, KEY, HOOK = (secrets.token_hex(12) for _ in range(3))


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an Airflow whose own database is ready."""
    home = tmp_path_factory.mktemp("airflow")
    environment = {
        **uncounted.environment(),
        **ENVIRONMENT,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    command("db", "migrate", environment=environment)
    return environment


def command(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "airflow", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.mark.timeout(180)
def test_there_are_no_import_errors(airflow: dict[str, str]) -> None:
    assert "No data found" in command("dags", "list-import-errors", environment=airflow)


@pytest.mark.timeout(180)
def test_the_pools_are_created_by_one_command(airflow: dict[str, str]) -> None:
    pools = str(Path(ENVIRONMENT["AIRFLOW__CORE__PLUGINS_FOLDER"]) / "pools.json")
    for _ in range(2):  # an upgrade does it again
        command("pools", "import", pools, environment=airflow)
    listed = command("pools", "list", "-o", "plain", environment=airflow)
    assert {line.split()[0] for line in listed.splitlines() if line.startswith("vitality_")} == {
        "vitality_discovery",
        "vitality_extraction",
        "vitality_schedule",
        "vitality_reporting",
    }


@pytest.mark.timeout(180)
def test_a_pod_that_is_evicted_and_then_runs_out_of_memory_ends_well(airflow: dict[str, str], tmp_path: Path) -> None:
    cluster = Cluster(
        [["starting", "running", "evicted-node-low"], ["running", "oom-killed"], ["running", "succeeded"]]
    )
    dags, kubeconfig = tmp_path / "dags", tmp_path / "kubeconfig"
    dags.mkdir()
    (dags / "pods.py").write_text(PODS)
    with serve_cluster(cluster) as config:
        kubeconfig.write_text(yaml.safe_dump(config))
        kubernetes = {"VITALITY_RUNTIME": "kubernetes", "KUBECONFIG": str(kubeconfig)}
        command("dags", "test", "pods", environment={**airflow, **kubernetes, "AIRFLOW__CORE__DAGS_FOLDER": str(dags)})
    containers = [pod["spec"]["containers"][0] for pod in cluster.created]
    assert [container["resources"]["limits"]["memory"] for container in containers] == ["2.2Gi", "2.2Gi", "3380Mi"]
    assert [pod["metadata"]["labels"]["try_number"] for pod in cluster.created] == ["1", "1", "2"]
    runs = {variable["value"] for one in containers for variable in one["env"] if variable["name"] == "VITALITY_RUN"}
    assert len(runs) == 1
    assert not runs & {"{{ run_id }}"}, "templates are filled in for each pod of a try"
    assert cluster.pods == {}


@pytest.mark.timeout(900)
async def test_vitality_all_passes_over_the_sample_web(
    airflow: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    async with serve(PACE) as port:
        environment = {
            **airflow,
            "AIRFLOW_CONN_VITALITY_POSTGRES": _with_password(database_url),
            "GEMINI_API_KEY": KEY,
            "MONITORING_URL": f"http://watch:{HOOK}@127.0.0.1:9/in?token={HOOK}",
            "VITALITY_GEMINI_URL": "http://127.0.0.1:9/",
            "VITALITY_HOME": str(tmp_path),
            "VITALITY_RESOLVE": f"*=127.0.0.1:{port}",
            "VITALITY_USCCB_URL": USCCB_URL,
            "VITALITY_PACE": str(PACE),
        }
        names = [diocese.name for diocese in truth.load().dioceses[:2]]
        conf = {"dioceses": names, "force": True, "num_parishes_for_schedule": 3}

        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "airflow", "dags", "test", "vitality_all", "--conf", json.dumps(conf)),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said.decode()[-4000:]
    with psycopg.connect(database_url) as connection:
        stages = dict(connection.execute("SELECT stage, status FROM runs").fetchall())
    assert set(stages.values()) == {"ok"}
    _assert_no_secret_in(Path(airflow["AIRFLOW_HOME"]), said)


@pytest.mark.timeout(180)
def test_each_kind_of_alert_arises_in_airflow_itself(airflow: dict[str, str], database_url: str) -> None:
    """A run that fails over data of which much is the matter, and one that misses its deadline: see `alarming_runs`."""
    with psycopg.connect(database_url) as connection:
        connection.execute(ALARMING)
    with alert_receiver.listening() as receiver:
        environment = {
            **airflow,
            "AIRFLOW__CORE__PARALLELISM": "1",
            "AIRFLOW_CONN_VITALITY_POSTGRES": database_url,
            "AIRFLOW_CONN_VITALITY_ALERTS": f"http://127.0.0.1:{receiver.port}/",
            "VITALITY_STALLED_CYCLES": "1",
            "VITALITY_REPORTING_LATE_HOURS": "0.00001",
        }
        done = subprocess.run(
            [sys.executable, str(Path(__file__).parent / "alarming_runs.py"), '{"dioceses": ["Diocese of Astor"]}'],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    held = json.loads(done.stdout.splitlines()[-1])
    assert (held["extraction"], held["callback"]) == ("failed", ["running", "success"])
    during = ["task_failed", "stalled", "held_for_review", "ai_budget"]
    assert [event["kind"] for event in held["events"]] == during
    assert receiver.kinds == [*during, "stage_late"]
    assert [posted.told for posted in receiver.posted[:4]] == held["events"]
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT kind FROM alerts WHERE cleared_at IS NULL ORDER BY id").fetchall() == [
            (kind,) for kind in receiver.kinds
        ]


def _with_password(url: str) -> str:
    """The embedded server lets its only user in without one; what is said and kept of it is the same."""
    return f"postgresql://postgres:{PASSWORD}@{url.partition('://')[2].rpartition('@')[2]}"


def _assert_no_secret_in(home: Path, said: bytes) -> None:
    """Neither in what Airflow said, nor in a file of its home (the logs of the tasks), nor in a row of its database."""
    kept = {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()} | {"what it said": said}
    with sqlite3.connect(home / "airflow.db") as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: repr(connection.execute(f'SELECT * FROM "{table}"').fetchall()) for table in tables}
    assert "vitality_discovery" in rows["rendered_task_instance_fields"] + rows["task_instance"]
    assert "VITALITY_RESOLVE" in rows["rendered_task_instance_fields"]
    assert "Diocese of" in rows["xcom"]
    kept |= {table: text.encode() for table, text in rows.items()}
    hidden = [secret.encode() for secret in (PASSWORD, KEY, HOOK)]
    assert not [where for where, text in kept.items() if any(secret in text for secret in hidden)]
