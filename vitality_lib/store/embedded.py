"""A real PostgreSQL out of a wheel, kept in one folder: for a laptop, for tests, with nothing to install.

Any number of processes may use one home at a time. The first starts the server, the last one stops it; a server that a
killed process left running is joined. The server listens on a unix socket only, in a folder that nobody but its own
user (and root) can enter.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]
import psycopg
from psycopg import sql

from vitality_lib.store import postgres_wheel
from vitality_lib.store.errors import DatabaseUnavailable
from vitality_lib.store.postgres_wheel import Account

DATABASES = ("vitality", "airflow")
START_SECONDS = 60.0
_STARTS = 3  # a server that is killed in its first moments leaves no word; one that cannot start says so each time
_STOP_MODES = (("fast", 30), ("immediate", 10))  # seconds for each; after the second it recovers at its next start
_LAST_MOMENT_SECONDS = 5.0
_PORT = 5432
_SOCKET_LIMIT = 103  # bytes of a socket's path: 104 with the closing NUL on macOS, 108 on Linux
_LOCALE = ("--encoding=UTF8", "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")  # any machine
_ALWAYS = ("listen_addresses=", "max_connections=200", "timezone=UTC", "log_timezone=UTC")


@dataclass(frozen=True)
class Server:
    """The server of one home, running or not; `url` holds in either case."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "postgres" / "data"

    @property
    def socket_folder(self) -> Path:
        """The data folder; a private folder under /tmp when that path cannot hold a unix socket.

        It cannot when it is too long, or has a comma, at which PostgreSQL parts a list of folders, or a quote.
        """
        short = len(os.fsencode(self.data / f".s.PGSQL.{_PORT}")) <= _SOCKET_LIMIT
        if short and not re.search("[,'\"]", str(self.data)):
            return self.data
        return Path("/tmp") / f"vitality-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"  # noqa: S108

    def url(self, database: str, driver: str = "postgresql") -> str:
        """The address of a database; `driver` is the URL's scheme, `postgresql+psycopg2` for instance."""
        folder = quote(str(self.socket_folder), safe="/")
        return f"{driver}://postgres@/{database}?host={folder}&port={_PORT}"


def server_of(home: Path) -> Server:
    """The server that a home has, without touching it."""
    return Server(home.expanduser().resolve())


@contextmanager
def running(home: Path, options: Sequence[str] = ()) -> Iterator[Server]:
    """Hold the server of `home` up, with the databases `vitality` and `airflow` in it; stop it with its last user.

    `options` are settings (`name=value`) that hold when this call is the one that starts it.
    Raises DatabaseUnavailable.
    """
    server = server_of(home)
    folder = server.data.parent
    _make_folder(folder)
    with (folder / "users.lock").open("w") as users:
        with _alone(folder):
            _ensure_up(server, options)
            _ensure_databases(server)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield server
        finally:
            with _alone(folder):
                if _only_user(users):
                    _stop(server)


def stop(home: Path) -> None:
    """Stop the server of `home` whoever uses it; does nothing when it is down."""
    server = server_of(home)
    if server.data.exists():
        with _alone(server.data.parent):
            _stop(server)


# --- one process at a time starts or stops ----------------------------------------------------------------------------


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "control.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _only_user(users: object) -> bool:
    """Whether no other process holds the server; the kernel lets go of the locks of the dead."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        return False
    return True


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(
            f"{folder} cannot be made ({error.strerror}); set VITALITY_HOME to a folder that you can write to"
        ) from None


# --- up ---------------------------------------------------------------------------------------------------------------


def _ensure_up(server: Server, options: Sequence[str]) -> None:
    if _answers(server):
        return
    user = postgres_wheel.account()
    _prepare_folders(server, user)
    if not (server.data / "PG_VERSION").exists():
        _initialise(server, user)
    deadline = time.monotonic() + START_SECONDS
    starts = 0
    while not _answers(server):
        alive = _processes(server)
        if not alive:
            starts += 1
            _prepare_folders(server, user)  # each time: whoever owns a folder above may close it at any moment
            said = _start(server, user, options)
            if said and starts >= _STARTS:
                raise DatabaseUnavailable(f"the PostgreSQL in {server.data} does not start: {said}")
        elif time.monotonic() > deadline:
            first = min(process.pid for process in alive)
            raise DatabaseUnavailable(
                f"the PostgreSQL in {server.data} does not answer: {_last_words(server)}; end process {first}"
            )
        time.sleep(0.1)


def _prepare_folders(server: Server, user: Account | None) -> None:
    for folder in {server.data, server.socket_folder}:
        postgres_wheel.own_folder(folder, user)
    if user:
        postgres_wheel.open_the_way(server.data)


def _answers(server: Server) -> bool:
    try:
        psycopg.connect(server.url("postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _processes(server: Server) -> list[psutil.Process]:
    """The server's living processes: they, and nobody else, work in its data folder.

    `postmaster.pid` does not tell: the number in a left-over file may belong to somebody else by now, and a dead
    server's children may still be writing.
    """
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.cwd() == str(server.data):
                found.append(process)
    return found


def _initialise(server: Server, user: Account | None) -> None:
    """Make the data folder beside its place and move it there, so that a killed start leaves no half of one."""
    fresh = server.data.with_name("data.new")
    if fresh.exists():
        shutil.rmtree(fresh)
    postgres_wheel.own_folder(fresh, user)
    access = ["--auth=trust", "--username=postgres"]
    done, said = postgres_wheel.run("initdb", ["-D", str(fresh), *access, *_LOCALE], user)
    if not done:
        raise DatabaseUnavailable(f"PostgreSQL cannot be set up in {server.data}: {said}")
    fresh.rename(server.data)


def _start(server: Server, user: Account | None, options: Sequence[str]) -> str | None:
    """Start the server; what it and `pg_ctl` said when it did not."""
    # No process lives here, so these name a dead one, or somebody who got its number; PostgreSQL would believe them.
    for left_over in (server.data / "postmaster.pid", server.socket_folder / f".s.PGSQL.{_PORT}.lock"):
        left_over.unlink(missing_ok=True)
    settings = " ".join(f"-c {option}" for option in (*_ALWAYS, *options))
    socket = f"-p {_PORT} -k '{server.socket_folder}'"
    log = str(server.data / "server.log")
    wait = ["-w", "-t", str(int(START_SECONDS))]
    arguments = ["-D", str(server.data), *wait, "-l", log, "-o", f"{socket} {settings}", "start"]
    done, said = postgres_wheel.run("pg_ctl", arguments, user)
    return None if done or _processes(server) else f"{_last_words(server)} ({said}); see {log}"


def _stop(server: Server) -> None:
    processes = _processes(server)
    for mode, seconds in _STOP_MODES:
        if not (_answers(server) or _processes(server)):
            break
        arguments = ["-D", str(server.data), "-w", "-t", str(seconds), "-m", mode, "stop"]
        postgres_wheel.run("pg_ctl", arguments, postgres_wheel.account())
    # pg_ctl is content when the server's file is gone, which is a moment before its processes are.
    deadline = time.monotonic() + _LAST_MOMENT_SECONDS
    while any(map(_lives, processes)) and time.monotonic() < deadline:
        time.sleep(0.02)


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _ensure_databases(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        there = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        for name in DATABASES:
            if name not in there:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _last_words(server: Server) -> str:
    try:
        lines = (server.data / "server.log").read_text(errors="replace").splitlines()
    except OSError:
        return "no log was written"
    fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
    return (fatal or lines or ["the log is empty"])[-1]
