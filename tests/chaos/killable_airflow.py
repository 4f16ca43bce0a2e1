"""An Airflow on this machine, as `make run` has it, whose components are killed and started again."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from subprocess import Popen

import httpx
import psutil
import uncounted
from airflow_api import Api
from chaos.crawl import kill, works_in
from local_airflow import COMPONENTS, Airflow, AirflowFailed, free_port
from processes import Processes

from vitality_lib.sample import PACE, USCCB_URL
from vitality_lib.store import embedded, migrate

START_SECONDS, CALM_SECONDS = 300.0, 300.0  # until Airflow answers; for a run that nobody disturbs any more
_ENDED = {"success", "failed"}
_IMPATIENT = {  # seconds; Airflow's own values are minutes, and would be waited for after each kill
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "15",
    "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "20",
    "VITALITY_HEARTBEAT": "2",
    "VITALITY_LEASE": "8",
    "VITALITY_TIMEOUT": "3",
}


class KillableAirflow:
    """Use it as a context manager: up inside, and nothing of it is left behind."""

    def __init__(self, home: Path, web_port: int) -> None:
        self.url = embedded.server_of(home).url("vitality")
        self._home = home
        self._data = str(embedded.server_of(home).data)
        self._database = ExitStack()
        airflow_url = embedded.server_of(home).url("airflow")
        self._airflow = Airflow(home / "airflow", free_port(), airflow_url, self.url)
        self._api = Api(self._airflow)
        self._environment = {
            **uncounted.environment(),
            "DATABASE_URL": self.url,
            "VITALITY_HOME": str(home),
            "VITALITY_RUNTIME": "local",
            "VITALITY_RESOLVE": f"*=127.0.0.1:{web_port}",
            "VITALITY_USCCB_URL": USCCB_URL,
            "VITALITY_PACE": str(PACE),
            **_IMPATIENT,
        }

    def __enter__(self) -> KillableAirflow:
        self._processes = Processes(self._home / "run.json", self._home / "logs")
        try:
            self._start_all()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start_all(self) -> None:
        self.start_database()
        self._airflow.home.mkdir(parents=True, exist_ok=True)
        self._environment |= self._airflow.environment()
        migrate.upgrade(self.url)
        self._airflow.prepare(self._environment, self._processes)
        self._airflow.password()
        self._up = {name: self._start(name) for name in COMPONENTS}
        self._until("Airflow is up", self._api.ready, START_SECONDS)

    def __exit__(self, *_: object) -> None:
        kill(*self._workers())
        self._processes.end()
        self._database.close()

    def start_database(self) -> None:
        self._database.enter_context(embedded.running(self._home))

    def begin(self, run: str) -> None:
        """Trigger `vitality_all`."""

        def begun() -> bool:
            with suppress(AirflowFailed):
                self._api.state(run)
                return True
            self._api.trigger(run, {"force": False})
            return True

        self._until(f"{run} begins", begun, CALM_SECONDS)

    def ended(self, run: str) -> str | None:
        """`success` or `failed`; None while it goes on, or while Airflow does not answer."""
        self._mend()
        with suppress(AirflowFailed, httpx.HTTPError):
            state = self._api.state(run)
            return state if state in _ENDED else None
        return None

    def wait(self, run: str) -> str:
        """How a run ends that nobody disturbs any more; every worker has ended then, too."""
        self._until(f"{run} ends", lambda: self.ended(run) and not self._workers(), CALM_SECONDS)
        return self.ended(run) or ""

    def kill(self, target: str, random: Random) -> str:
        """Kill a component, the database or a process of a task; the component and the database are started again."""
        if target == "postgres":
            kill(*(process for process in psutil.process_iter() if works_in(process, self._data)))
            self.start_database()
        elif target == "task":
            there = self._workers()
            if not there:
                return self.kill("scheduler", random)
            worker = random.choice(there)
            runner = worker.parent()
            kill(random.choice([worker, runner] if runner else [worker]))
        else:
            component = psutil.Process(self._up[target].pid)
            # With its children, as when its pod goes; they, not it, have the port or hold the tasks.
            kill(component, *component.children(recursive=False))
        self._mend()
        return target

    def _mend(self) -> None:
        """Start what has ended again, as a cluster does."""
        for name, process in self._up.items():
            if process.poll() is not None:
                self._up[name] = self._start(name)

    def _start(self, name: str) -> Popen[bytes]:
        return self._processes.start(name, [sys.executable, "-m", "airflow", name], self._environment)

    def _workers(self) -> list[psutil.Process]:
        """The worker of each task that runs now, whoever its parent is."""
        return [process for process in psutil.process_iter() if _is_worker_of(process, str(self._home))]

    def _until(self, what: str, true: Callable[[], object], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while True:
            with suppress(AirflowFailed, httpx.HTTPError):
                if true():
                    return
            assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}; see {self._processes.logs}"
            self._mend()
            time.sleep(1)


def _is_worker_of(process: psutil.Process, home: str) -> bool:
    with suppress(psutil.Error):
        words = process.cmdline()
        at_work = "vitality_lib" in words and "worker" in words and process.status() != psutil.STATUS_ZOMBIE
        return at_work and process.environ().get("VITALITY_HOME") == home
    return False
