"""`make airflow-cost`: what Airflow itself takes for a mapped task, beside what the task's command does.

A real Airflow on this machine, as `make run` starts it, runs `vitality_schedule` over dioceses that have one parish
each, without a website: the real plan, operator, command, gate and callbacks, each diocese with its outcome in the
ledger, and no request to anybody. Its own schedules are off, so that nothing else runs meanwhile. Ends with 1 when
Airflow uses a second of CPU or more for a task; seconds on the clock say more of what else the machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
from airflow_api import Api
from airflow_measured import Measured, Run, Usage, measured, usage
from local_airflow import COMPONENTS, Airflow, AirflowFailed, port_is_free
from processes import Processes

from vitality_lib import settings
from vitality_lib.models import Diocese, ParishEntry
from vitality_lib.store import dioceses, embedded, migrate, parishes
from vitality_lib.store.database import connect

DAG, GROUP = "vitality_schedule", "schedule"
DIOCESES = 196
MOST_CPU = 1.0  # seconds of all of Airflow for each mapped task, its command aside
START_SECONDS = 240
QUIET_SECONDS = 10  # for the first parse of all DAG files
RUN_SECONDS = 3600
# Nothing is due by the clock: no other run takes part.
QUIET = {"AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False"}
# What a command took is read in the log of its task, which is to say it whatever level `make bench` asks for.
TOLD = {"AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make airflow-cost", description=__doc__)
    parser.add_argument("--dioceses", type=int, default=DIOCESES)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--home", default="", help="kept afterwards, with all logs; default: one that is deleted")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # by way of all that ends processes
    if not port_is_free(given.port):
        parser.error(f"port {given.port} is in use; choose another: PORT={given.port + 1}")
    home = Path(given.home or tempfile.mkdtemp(prefix="vitality-airflow-cost-")).resolve()
    try:
        result = cost(home, given.port, given.dioceses)
    finally:
        if not given.home:
            shutil.rmtree(home, ignore_errors=True)
    print(result.table())
    return 0 if sum(result.cpu.values()) < MOST_CPU else 1


def cost(home: Path, port: int, count: int) -> Measured:
    """Run `count` mapped tasks in an Airflow of its own in `home`. Raises AirflowFailed."""
    with embedded.running(home) as server:
        processes = Processes(home / "run.json", home / "logs")
        try:
            airflow = Airflow(home / "airflow", port, server.url("airflow"), server.url("vitality"))
            environment = _environment(airflow, home)
            migrate.upgrade(airflow.crawl_url)
            asyncio.run(_fill(airflow.crawl_url, count))
            airflow.prepare(environment, processes)
            return _run(airflow, environment, processes)
        finally:
            processes.end()


def _run(airflow: Airflow, environment: dict[str, str], processes: Processes) -> Measured:
    airflow.password()
    roots = {
        name: processes.start(name, [sys.executable, "-m", "airflow", name], environment).pid for name in COMPONENTS
    }
    api = Api(airflow, DAG)
    _until("Airflow is up", api.ready, START_SECONDS)
    # Once in its life the API server builds what tasks talk to, at their first request: seconds that no task costs.
    httpx.get(f"{airflow.address}/execution/health", trust_env=False, timeout=START_SECONDS)
    time.sleep(QUIET_SECONDS)
    api.unpause()
    run = f"cost_{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    before, triggered = _used(roots), datetime.now(UTC)
    api.trigger(run, {"force": True})
    _until("the run ends", lambda: api.state(run) in {"success", "failed"}, RUN_SECONDS)
    used = {name: after - before[name] for name, after in _used(roots).items()}
    if api.state(run) != "success":
        raise AirflowFailed(f"the run failed: {', '.join(api.failed_tasks(run))}; see {airflow.home / 'logs'}")
    return measured(airflow, Run(DAG, GROUP, run, triggered), used)


def _used(roots: dict[str, int]) -> dict[str, Usage]:
    return {name: usage(root) for name, root in roots.items()}


def _environment(airflow: Airflow, home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VITALITY_")}
    crawl = {"DATABASE_URL": airflow.crawl_url, "VITALITY_HOME": str(home), "VITALITY_RUNTIME": "local"}
    return {**kept, **airflow.environment(), **crawl, **QUIET, **_tried(), **TOLD}


def _tried() -> dict[str, str]:
    """Settings of Airflow that whoever measures wants to try."""
    return {name: value for name, value in os.environ.items() if name.startswith("AIRFLOW__")}


async def _fill(url: str, count: int) -> None:
    now = datetime.now(UTC)
    async with connect(settings.load(database_url=url)) as database, database.transaction() as connection:
        await dioceses.publish(connection, [Diocese(f"Diocese of Place {n:03}") for n in range(count)], now)
        for diocese in await dioceses.listed(connection):
            alone = parishes.ListedParish("st-ann", ParishEntry("St. Ann"))
            await parishes.publish(connection, diocese.id, [alone], now)


def _until(what: str, holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AirflowFailed(f"waited {seconds:.0f} s in vain until {what}")
        time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
