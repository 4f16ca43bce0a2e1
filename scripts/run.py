"""`make run`: PostgreSQL, the sample web and Airflow on this machine; one run of `vitality_all`; its result.

Everything is kept in VITALITY_HOME (.vitality), so that a second call begins where the first ended. Whatever happens,
and at any moment, no process is left behind.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from airflow_api import Api
from local_airflow import COMPONENTS, USER, Airflow, AirflowFailed, port_is_free
from processes import Processes, end_left_over
from rich.console import Console
from run_options import Options, read_options

from vitality_lib import settings
from vitality_lib.progress import final_table, watch
from vitality_lib.sample import PACE, USCCB_URL
from vitality_lib.store import embedded, migrate
from vitality_lib.store.database import connect
from vitality_lib.store.errors import StoreError

START_SECONDS = 240  # until Airflow answers; four components at once on two slow cores
_SHORT_TIMEOUT = "3"  # seconds
_INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_console = Console(highlight=False, soft_wrap=True)


class Stop(Exception):  # noqa: N818 - it ends the run
    """Something that was needed cannot be had. The text is one line: what, and what to do."""


def main() -> int:
    options = read_options()
    _interrupt_on(*_INTERRUPTIONS)
    try:
        home = _home(options)
        with _alone(home, options.port), _postgres(home) as server, _processes(home) as processes:
            return _run(options, home, server, processes)
    except KeyboardInterrupt:
        _say("\nInterrupted. Everything was ended; what is published stays. Run it again to go on.")
        return 130
    except (Stop, AirflowFailed, StoreError, settings.SettingsError) as problem:
        _say(f"make run: {problem}")
        return 1


def _run(options: Options, home: Path, server: embedded.Server, processes: Processes) -> int:
    began = time.monotonic()
    crawl = server.url("vitality")
    airflow = Airflow(home / "airflow", options.port, server.url("airflow"), crawl)
    web = _serve_sample(processes, options) if options.sample else {}
    environment = {**os.environ, **airflow.environment(), **_crawl_settings(options, home, crawl), **web}
    failing = f"; {options.failing} % of its answers fail (SEED={options.seed})" if options.failing else ""
    _say(f"PostgreSQL is up; the web is {'the sample one' if options.sample else 'the real one'}{failing}")
    _in_parallel(lambda: migrate.upgrade(crawl), lambda: airflow.prepare(environment, processes))
    airflow.password()
    for name in COMPONENTS:
        processes.start(name, [sys.executable, "-m", "airflow", name], environment)
    api = Api(airflow)
    _wait_for("Airflow", api.ready, processes)
    _say(f"Airflow is up after {time.monotonic() - began:.0f} s: {airflow.address} (user {USER})")
    with _given_up_when_interrupted(api):
        return _one_run(options, home, processes, airflow, api)


def _one_run(options: Options, home: Path, processes: Processes, airflow: Airflow, api: Api) -> int:
    api.give_up_open_runs()
    run = f"make_run_{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    api.trigger(run, {"force": options.force, "dioceses": list(options.names)})
    ended = _Ended(api, run, processes)
    report = home / "reports" / "latest" / "index.html"
    asyncio.run(_follow(airflow, run, ended))
    if report.exists():
        _console.print(f"Report:  {report}")
    _console.print(f"Airflow: {airflow.address}/dags/vitality_all/runs/{run}")
    _console.print(f"         user {USER}, password {airflow.password()} (kept in {airflow.password_file})")
    if ended.state != "success":
        failed = ", ".join(api.failed_tasks(run)) or "no single task"
        _console.print(f"The run ended as {ended.state}. Failed: {failed}. Logs: {airflow.home / 'logs'}")
    if options.keep:
        _console.print("The UI stays up until Ctrl-C.")
        _stay(processes)
    else:
        _console.print("Airflow was ended with the run; `make run KEEP=1` leaves its UI up.")
    return 0 if ended.state == "success" else 1


# --- the run ----------------------------------------------------------------------------------------------------------


class _Ended:
    """Whether Airflow has ended the run; asked at most once a second."""

    def __init__(self, api: Api, run: str, processes: Processes) -> None:
        self._api, self._run, self._processes = api, run, processes
        self._asked = 0.0
        self.state = "queued"

    def __call__(self) -> bool:
        if time.monotonic() - self._asked > 1:
            _demand_alive(self._processes)
            self.state = self._api.state(self._run)
            self._asked = time.monotonic()
        return self.state in {"success", "failed"}


async def _follow(airflow: Airflow, run: str, ended: Callable[[], bool]) -> None:
    chosen = settings.load(database_url=airflow.crawl_url)
    async with connect(chosen) as database:
        await watch(database, run, ended, _console)
        _console.print(await final_table(database, run))


def _crawl_settings(options: Options, home: Path, crawl: str) -> dict[str, str]:
    """What Airflow hands on to the workers."""
    chosen = {"DATABASE_URL": crawl, "VITALITY_HOME": str(home), "VITALITY_RUNTIME": "local"}
    return {**chosen, "VITALITY_MAX_DIOCESES": str(options.at_most)} if options.at_most else chosen


def _serve_sample(processes: Processes, options: Options) -> dict[str, str]:
    """Serve the sample web on a free port; the settings that point the crawl at it.

    `options.failing` percent of its requests fail. A silent one costs its whole time limit, so that is made short then.
    """
    log = processes.log("sample-web")
    log.write_bytes(b"")
    command = [sys.executable, "-m", "vitality_lib.sample", "--port", "0", "--pace", str(PACE)]
    if options.failing:
        command += ["--failing", str(options.failing / 100), "--seed", str(options.seed)]
    processes.start("sample-web", command, {**os.environ, "PYTHONUNBUFFERED": "1"})
    ports: list[int] = []

    def told() -> bool:
        for line in log.read_text().splitlines():
            with suppress(ValueError, KeyError, TypeError):
                ports.append(int(json.loads(line)["port"]))
        return bool(ports)

    _wait_for("the sample web", told, processes)
    return {
        "VITALITY_RESOLVE": f"*=127.0.0.1:{ports[0]}",
        "VITALITY_USCCB_URL": USCCB_URL,
        "VITALITY_PACE": str(PACE),
        **({"VITALITY_TIMEOUT": _SHORT_TIMEOUT} if options.failing else {}),
    }


def _home(options: Options) -> Path:
    chosen = settings.load(database_url="")  # `make run` brings its own PostgreSQL
    return (chosen if options.sample else chosen.for_real_web()).home.expanduser().resolve()


# --- start and end ----------------------------------------------------------------------------------------------------


@contextmanager
def _alone(home: Path, port: int) -> Iterator[None]:
    """One run at a time in a home; what a killed one has left behind is ended first. The port must be free then."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(f"another run is going on in {home}; end it first (Ctrl-C there)") from None
        left = end_left_over(home / "run.json")
        if left:
            _say(f"Ended {left} processes that a killed run had left behind")
        if not port_is_free(port):
            raise Stop(f"port {port} is in use; choose another: make run PORT={port + 1}")
        yield


@contextmanager
def _postgres(home: Path) -> Iterator[embedded.Server]:
    """The embedded PostgreSQL: up before everything else, down after it."""
    with ExitStack() as stack:
        with _uninterrupted():  # half started, nobody would stop it
            server = stack.enter_context(embedded.running(home))
        yield server


@contextmanager
def _processes(home: Path) -> Iterator[Processes]:
    processes = Processes(home / "run.json", home / "logs")
    try:
        yield processes
    finally:
        for number in _INTERRUPTIONS:
            signal.signal(number, signal.SIG_IGN)  # an impatient second Ctrl-C must not leave half of it running
        processes.end()


@contextmanager
def _given_up_when_interrupted(api: Api) -> Iterator[None]:
    """A run that is still going when we are ended is marked as failed: nobody is there to go on with it."""
    try:
        yield
    except BaseException:
        with suppress(AirflowFailed, httpx.HTTPError):
            api.give_up_open_runs()
        raise


def _wait_for(what: str, ready: Callable[[], bool], processes: Processes) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        _demand_alive(processes)
        if time.monotonic() > deadline:
            raise Stop(f"{what} did not come up within {START_SECONDS} s; see {processes.logs}")
        time.sleep(0.5)


def _demand_alive(processes: Processes) -> None:
    dead = processes.dead()
    if dead:
        raise Stop(f"the process {dead!r} ended by itself; see {processes.log(dead)}")


def _stay(processes: Processes) -> None:
    with suppress(KeyboardInterrupt):
        while True:
            _demand_alive(processes)
            time.sleep(1)


def _in_parallel(*jobs: Callable[[], Any]) -> None:
    """Do all jobs at once; raise the first of their exceptions."""
    failures: list[BaseException] = []

    def do(job: Callable[[], Any]) -> None:
        try:
            job()
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=do, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def _interrupt_on(*numbers: signal.Signals) -> None:
    """End as after Ctrl-C on these signals."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for number in numbers:
        signal.signal(number, interrupt)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put an interruption off until the block is left."""
    came: list[int] = []
    before = {number: signal.signal(number, lambda got, _: came.append(got)) for number in _INTERRUPTIONS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt


def _say(text: str) -> None:
    _console.print(text)


if __name__ == "__main__":
    sys.exit(main())
