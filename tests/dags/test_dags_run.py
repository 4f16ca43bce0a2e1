"""The DAGs in Airflow itself, with a database of its own: all are found, and `vitality_all` crawls the sample web."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import uncounted
from airflow_home import ENVIRONMENT

from vitality_lib.sample import PACE, USCCB_URL, serve, truth

pytestmark = pytest.mark.airflow


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


@pytest.mark.timeout(900)
async def test_vitality_all_passes_over_the_sample_web(
    airflow: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    async with serve(PACE) as port:
        environment = {
            **airflow,
            "AIRFLOW_CONN_VITALITY_POSTGRES": database_url,
            "VITALITY_HOME": str(tmp_path),
            "VITALITY_RESOLVE": f"*=127.0.0.1:{port}",
            "VITALITY_USCCB_URL": USCCB_URL,
            "VITALITY_PACE": str(PACE),
        }
        names = [diocese.name for diocese in truth.load().dioceses[:2]]
        conf = {"dioceses": names, "force": True, "num_parishes_for_schedule": 3}

        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "airflow", "dags", "test", "vitality_all", "--conf", json.dumps(conf), env=environment
        )
        assert await process.wait() == 0
    with psycopg.connect(database_url) as connection:
        stages = dict(connection.execute("SELECT stage, status FROM runs").fetchall())
    assert set(stages.values()) == {"ok"}
