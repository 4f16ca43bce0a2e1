"""An Airflow whose tasks are pods of a small cluster, and whose processes die one by one while they wait for them."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import uncounted
from local_airflow import COMPONENTS, Airflow, free_port

IMPATIENT = {  # the dead are found dead in seconds, not in minutes
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "20",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "3",
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "15",
    "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "20",
    "AIRFLOW__TRIGGERER__JOB_HEARTBEAT_SEC": "2",
    "AIRFLOW__TRIGGERER__TRIGGERER_HEALTH_CHECK_THRESHOLD": "10",
}


class WaitingAirflow:
    """Its home has the database and the DAGs, in `dags`."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self._airflow = Airflow(home, free_port(), f"sqlite:///{home}/airflow.db", "")
        own = {"AIRFLOW__CORE__DAGS_FOLDER": str(home / "dags"), **IMPATIENT, **environment}
        self._environment = {**uncounted.environment(), **self._airflow.environment(), **own}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def command(self, *arguments: str) -> None:
        argv = [sys.executable, "-m", "airflow", *arguments]
        done = subprocess.run(argv, env=self._environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"

    def start(self, name: str) -> None:
        with (self.home / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", "airflow", name],
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """End it and all that it started, with no word before."""
        with suppress(ProcessLookupError):
            os.killpg(self._processes[name].pid, signal.SIGKILL)
        self._processes[name].wait(60)

    def state(self, run: str) -> tuple[str, int]:
        """The state and the try of the run's only task; an empty state before it has one."""
        with sqlite3.connect(f"file:{self.home}/airflow.db?mode=ro", uri=True, timeout=30) as database:
            found = database.execute("SELECT state, try_number FROM task_instance WHERE run_id = ?", [run]).fetchone()
        return (found[0] or "", found[1]) if found else ("", 0)

    def ends(self, run: str) -> tuple[str, int]:
        """The same, once the task has ended."""
        until(lambda: self.state(run)[0] in ("success", "failed"))
        return self.state(run)

    def _answers(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self._airflow.address}/api/v2/monitor/health", trust_env=False).is_success
        return False

    @contextmanager
    def up(self) -> Iterator[None]:
        """All processes, until the end of the block."""
        self.command("db", "migrate")
        try:
            for name in COMPONENTS:
                self.start(name)
            until(self._answers)
            yield
        finally:
            for name in self._processes:
                self.kill(name)


def until(holds: Callable[[], object], seconds: float = 180) -> None:
    """Wait until it holds. Raises AssertionError when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s"
        time.sleep(0.5)
