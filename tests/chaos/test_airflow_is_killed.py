"""The scheduler or the triggerer dies a hard death while a pod runs: the pod goes on, and its task finds it again."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from chaos.waiting_airflow import WaitingAirflow, until
from kubernetes_api import Answer, Cluster, serve

pytestmark = [pytest.mark.chaos, pytest.mark.airflow, pytest.mark.timeout(900)]

DAG = """
from datetime import timedelta
from airflow.sdk import DAG
from vitality_airflow.params import params
from vitality_airflow.policy import stage_settings
from vitality_airflow.stage_operator import StageOperator
from vitality_lib.models import Stage

settings = {**stage_settings(Stage.EXTRACTION), "pool": "default_pool", "in_cluster": False, "poll_interval": 8}
with DAG("pod", schedule=None, params=params(), default_args={"retries": 2, "retry_delay": timedelta(seconds=1)}):
    StageOperator(task_id="diocese", diocese="Diocese of Larkspur", **settings)
"""


class Slow(Cluster):
    """A cluster that may take its time to say that it has made a pod."""

    seconds = 0.0

    def answer(self, method: str, target: str, body: Any) -> Answer:
        answer = super().answer(method, target, body)
        if method == "POST":
            time.sleep(self.seconds)
        return answer

    def end(self, story: str) -> None:
        """The only pod that there is ends so."""
        (name,) = self.pods
        self._to_come[name] = [story]


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    return Slow()


@pytest.fixture(scope="module")
def airflow(cluster: Slow, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WaitingAirflow]:
    home: Path = tmp_path_factory.mktemp("airflow")
    (home / "dags").mkdir()
    (home / "dags" / "pod.py").write_text(DAG)
    with serve(cluster) as config:
        (home / "kubeconfig").write_text(yaml.safe_dump(config))
        kubernetes = {"VITALITY_RUNTIME": "kubernetes", "KUBECONFIG": str(home / "kubeconfig")}
        airflow = WaitingAirflow(home, **kubernetes)
        with airflow.up():
            airflow.command("dags", "reserialize")
            airflow.command("dags", "unpause", "pod", "--yes")
            yield airflow


@pytest.fixture(autouse=True)
def empty(cluster: Slow) -> None:
    cluster.created.clear()
    cluster.stories, cluster.seconds = [["running"]], 0.0


@pytest.mark.parametrize("victim", ["triggerer", "scheduler"])
def test_a_pod_whose_task_waits_outlives(victim: str, airflow: WaitingAirflow, cluster: Slow) -> None:
    airflow.command("dags", "trigger", "pod", "--run-id", victim)
    until(lambda: airflow.state(victim)[0] == "deferred")
    airflow.kill(victim)
    cluster.end("succeeded")
    airflow.start(victim)
    assert airflow.ends(victim) == ("success", 1)
    assert (len(cluster.created), cluster.pods) == (1, {})


def test_a_pod_whose_task_died_in_the_making_is_found_by_the_next_try(airflow: WaitingAirflow, cluster: Slow) -> None:
    cluster.seconds = 10
    airflow.command("dags", "trigger", "pod", "--run-id", "died")
    until(lambda: cluster.created)
    airflow.kill("scheduler")  # with LocalExecutor its tasks die with it
    cluster.seconds = 0
    airflow.start("scheduler")
    until(lambda: airflow.state("died") == ("deferred", 2))
    cluster.end("succeeded")
    assert airflow.ends("died") == ("success", 2)
    assert (len(cluster.created), cluster.pods) == (1, {})
