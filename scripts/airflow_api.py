"""The few questions that `make run` asks Airflow's REST API."""

from __future__ import annotations

import time
from typing import Any

import httpx
from local_airflow import USER, Airflow, AirflowFailed

_SECONDS = 60  # for an answer, on a machine that has better things to do


class Api:
    """Airflow's REST API, as the user `admin`. It speaks of the runs of one DAG."""

    def __init__(self, airflow: Airflow, dag: str = "vitality_all") -> None:
        self._airflow = airflow
        self._dag = f"/api/v2/dags/{dag}"
        self._client = httpx.Client(base_url=airflow.address, timeout=_SECONDS, trust_env=False)

    def ready(self) -> bool:
        """Whether it answers, the scheduler is alive, and our DAG is known to it."""
        try:
            health = self._client.get("/api/v2/monitor/health").json()
            if any(health[part]["status"] != "healthy" for part in ("metadatabase", "scheduler", "dag_processor")):
                return False
            if "authorization" not in self._client.headers:
                self._log_in()
            return self._client.get(self._dag).status_code == httpx.codes.OK
        except (httpx.HTTPError, ValueError, KeyError):
            return False

    def unpause(self) -> None:
        """Let the DAG's runs begin. Raises AirflowFailed."""
        self._say("PATCH", self._dag, {"is_paused": False})

    def trigger(self, run: str, conf: dict[str, Any]) -> None:
        """Start a run of the DAG. Raises AirflowFailed."""
        self._say("POST", f"{self._dag}/dagRuns", {"dag_run_id": run, "logical_date": None, "conf": conf})

    def state(self, run: str) -> str:
        """`queued`, `running`, `success` or `failed`. Raises AirflowFailed."""
        return str(self._say("GET", f"{self._dag}/dagRuns/{run}")["state"])

    def failed_tasks(self, run: str) -> list[str]:
        """The tasks of a run that failed, as `task [diocese]`."""
        path = f"{self._dag}/dagRuns/{run}/taskInstances"
        tasks = self._say("GET", f"{path}?limit=1000&state=failed")["task_instances"]
        return [f"{task['task_id']} [{task['rendered_map_index'] or task['map_index']}]" for task in tasks]

    def newest_good_run(self) -> str | None:
        """The id of the last run of the DAG that succeeded."""
        path = f"{self._dag}/dagRuns?state=success&order_by=-start_date&limit=1"
        runs = self._say("GET", path)["dag_runs"]
        return str(runs[0]["dag_run_id"]) if runs else None

    def give_up_open_runs(self) -> None:
        """Mark runs as failed that were still going when Airflow was ended: the new one would wait for them."""
        path = f"{self._dag}/dagRuns"
        for run in self._say("GET", f"{path}?state=running&state=queued")["dag_runs"]:
            self._say("PATCH", f"{path}/{run['dag_run_id']}", {"state": "failed"})

    def _log_in(self) -> None:
        answer = self._client.post("/auth/token", json={"username": USER, "password": self._airflow.password()})
        answer.raise_for_status()
        self._client.headers["authorization"] = f"Bearer {answer.json()['access_token']}"

    def _say(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        for last in (False, True):
            try:
                answer = self._client.request(method, path, json=body)
            except httpx.TransportError as error:
                if last:
                    raise AirflowFailed(f"Airflow's API does not answer: {error}") from None
                time.sleep(1)
                continue
            if answer.status_code == httpx.codes.UNAUTHORIZED and not last:
                self._log_in()  # a token lasts a day; `KEEP=1` may last longer
                continue
            if answer.is_error:
                raise AirflowFailed(f"Airflow answered {answer.status_code} to {method} {path}: {answer.text[:300]}")
            return dict(answer.json())
        raise AirflowFailed(f"Airflow does not accept its own password in {self._airflow.password_file}")
