"""A crawl of the sample web whose processes can be killed and started again: `vitality run`, twice, on one database."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import uncounted

from vitality_lib.sample import PACE, USCCB_URL
from vitality_lib.store import embedded

ROOT = Path(__file__).parent.parent.parent
HEARTBEAT, LEASE, TIMEOUT = 0.5, 2.0, 3.0  # seconds
RUN_SECONDS = 240.0  # for one run that nobody disturbs, on a slow machine
DONE, TRY_LATER = 0, 75
_AT_MOST_TRIES = 10
_BROWSERS = ("chrom",)  # chromium, chrome, chromedriver


@contextmanager
def sample_web() -> Iterator[int]:
    """The sample web in a process of its own, that nobody kills; yields its port."""
    command = [sys.executable, "-m", "vitality_lib.sample", "--pace", str(PACE)]
    with subprocess.Popen(command, cwd=ROOT, env=uncounted.environment(), stdout=subprocess.PIPE) as server:
        assert server.stdout
        try:
            yield int(json.loads(server.stdout.readline())["port"])
        finally:
            server.terminate()


@dataclass
class Crawl:
    """A home with its embedded PostgreSQL, and the `vitality run` processes that work in it."""

    home: Path
    port: int
    dioceses: Sequence[str] = ()  # all of them
    codes: list[int] = field(default_factory=list)
    _workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _database: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Crawl:
        self.start_database()
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            kill(*family(worker))
            worker.wait()
        self._database.close()

    @property
    def url(self) -> str:
        return embedded.server_of(self.home).url("vitality")

    @property
    def said(self) -> str:
        """All that the processes wrote to standard error, and their logs."""
        files = [*self.home.glob("said-*.txt"), *self.home.glob("logs/*.log")]
        return "\n".join(file.read_text(errors="replace") for file in files)

    def start_database(self) -> None:
        self._database.enter_context(embedded.running(self.home))

    def start_workers(self, wanted: int) -> None:
        """See to it that so many are at work."""
        for worker in [one for one in self._workers if one.poll() is not None]:
            self.codes.append(worker.returncode)
            self._workers.remove(worker)
        while len(self._workers) < wanted:
            self._workers.append(self._start())

    @property
    def workers(self) -> list[subprocess.Popen[bytes]]:
        return [one for one in self._workers if one.poll() is None]

    def browsers(self) -> list[psutil.Process]:
        """Every living process of every worker's browser, its driver among them."""
        return [one for worker in self.workers for one in family(worker) if _is_browser(one)]

    def kill_worker(self, worker: subprocess.Popen[bytes]) -> None:
        """SIGKILL to a worker; what belonged to it goes with it, as with a pod."""
        kill(*family(worker))
        worker.wait()

    def kill_database(self) -> None:
        """SIGKILL to every process of PostgreSQL at once, as when its machine loses power; then it comes back."""
        data = str(embedded.server_of(self.home).data)
        kill(*(process for process in psutil.process_iter() if works_in(process, data)))
        self.start_database()

    def finish(self) -> int:
        """Let those that are at work come to their end; then run after run until one has done all. Returns how many."""
        deadline = time.monotonic() + RUN_SECONDS
        while self.workers:
            assert time.monotonic() < deadline, self.said[-3000:]
            time.sleep(0.1)
        self.start_workers(0)
        for tries in range(1, _AT_MOST_TRIES):
            code = self._start().wait(RUN_SECONDS)
            self.codes.append(code)
            if code == DONE:
                return tries
        raise AssertionError(f"no run came to its end: {self.codes}\n{self.said[-3000:]}")

    def _start(self) -> subprocess.Popen[bytes]:
        settings = {
            "VITALITY_HOME": str(self.home),
            "DATABASE_URL": "",
            "VITALITY_RESOLVE": f"*=127.0.0.1:{self.port}",
            "VITALITY_USCCB_URL": USCCB_URL,
            "VITALITY_PACE": str(PACE),
            "VITALITY_DIOCESES": ";".join(self.dioceses),
            "VITALITY_HEARTBEAT": str(HEARTBEAT),
            "VITALITY_LEASE": str(LEASE),
            "VITALITY_TIMEOUT": str(TIMEOUT),
        }
        number = len(list(self.home.glob("said-*.txt")))
        with (self.home / f"said-{number}.txt").open("wb") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "vitality_lib", "run"],
                cwd=ROOT,
                env={**uncounted.environment(), **settings},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,
            )


def family(worker: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """A process and all below it."""
    with suppress(psutil.NoSuchProcess):
        one = psutil.Process(worker.pid)
        return [one, *one.children(recursive=True)]
    return []


def kill(*processes: psutil.Process) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)


def _is_browser(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return any(name in process.name().lower() for name in _BROWSERS)
    return False


def works_in(process: psutil.Process, folder: str) -> bool:
    with suppress(psutil.Error):
        return bool(process.cwd() == folder)
    return False
