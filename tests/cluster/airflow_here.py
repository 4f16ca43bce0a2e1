"""An Airflow on this machine whose stages are pods of the cluster. Its scheduler, pools and DAGs are the real ones."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from airflow_home import ROOT
from chaos.waiting_airflow import WaitingAirflow
from cluster.ground import Ground
from cluster.live import connected, until
from kubernetes import client
from urllib3.exceptions import HTTPError

from vitality_lib.store.embedded import Server

PATIENT = {  # the pods have this machine to themselves, or nearly
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "300",
    "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "120",
    "AIRFLOW__TRIGGERER__TRIGGERER_HEALTH_CHECK_THRESHOLD": "120",
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "300",
}


class ClusterAirflow(WaitingAirflow):
    """Its own database is in `server`, the crawl's is the one that `secret` leads to."""

    def __init__(self, home: Path, server: Server, place: Ground, kubeconfig: Path, secret: str) -> None:
        self._metadata = server.url("airflow")
        super().__init__(
            home,
            **PATIENT,
            **place.environment,
            AIRFLOW__CORE__DAGS_FOLDER=str(ROOT / "dags"),
            AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=server.url("airflow", "postgresql+psycopg2"),
            AIRFLOW_CONN_VITALITY_POSTGRES=place.url(secret),
            KUBECONFIG=str(kubeconfig),
            VITALITY_DATABASE_SECRET=secret,
            VITALITY_HOME=str(home),
        )

    @contextmanager
    def up(self) -> Iterator[None]:
        with super().up():
            self.command("pools", "import", str(ROOT / "plugins" / "pools.json"))
            self.command("dags", "reserialize")
            yield

    def narrow(self, pool: str, slots: int) -> None:
        """Give a pool another size, as an operator does."""
        self.command("pools", "set", pool, str(slots), "narrowed", "--include-deferred")

    def run(self, dag: str, run: str, conf: dict[str, object], seconds: float) -> str:
        """How a run ends."""
        self.command("dags", "trigger", dag, "--run-id", run, "--conf", json.dumps(conf))
        states = ("success", "failed")
        return until(f"{run} ends", lambda: next((s for s in self._asked(run) if s in states), None), seconds)

    def unfinished(self, run: str) -> list[tuple[str, int, str]]:
        """The tasks of a run that did not end well: name, number, state."""
        with psycopg.connect(self._metadata) as connection:
            return connection.execute(
                "SELECT task_id, map_index, state FROM task_instance WHERE run_id = %s "
                "AND state IS DISTINCT FROM 'success' AND state IS DISTINCT FROM 'skipped' AND task_id <> 'watcher'",
                [run],
            ).fetchall()

    def _asked(self, run: str) -> list[str]:
        with psycopg.connect(self._metadata) as connection:
            rows = connection.execute("SELECT state FROM dag_run WHERE run_id = %s", [run]).fetchall()
        return [state for (state,) in rows]


@dataclass
class Witness:
    """Looks at the worker pods all the time: how many of a stage there were at once, and who they were."""

    place: Ground
    most: dict[str, int] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Witness:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(30)

    def _watch(self) -> None:
        live = connected()  # of its own: a client is not for two threads
        while not self._over.is_set():
            with suppress(client.ApiException, HTTPError):
                self._count(live.pods(self.place.workers))
            time.sleep(0.2)

    def _count(self, pods: list[client.V1Pod]) -> None:
        at_work = [pod for pod in pods if pod.status.phase in ("Pending", "Running")]
        for stage in {pod.metadata.labels["worker-type"] for pod in at_work}:
            those = {pod.metadata.name for pod in at_work if pod.metadata.labels["worker-type"] == stage}
            self.most[stage] = max(self.most.get(stage, 0), len(those))
            self.seen.setdefault(stage, set()).update(those)
