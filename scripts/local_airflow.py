"""Airflow on this machine: its settings, its keys, its database."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import socket
import sys
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg
from processes import Processes

ROOT = Path(__file__).parent.parent
USER = "admin"
VIEWER = "viewer"  # may look at everything, and change nothing
COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
# Keys that the components share, with their lengths in bytes.
_KEYS = {"AIRFLOW__API_AUTH__JWT_SECRET": 64, "AIRFLOW__API__SECRET_KEY": 32, "AIRFLOW__CORE__FERNET_KEY": 32}


class AirflowFailed(Exception):  # noqa: N818 - named after what happened
    """Airflow did not do what was asked. The text is one line."""


@dataclass(frozen=True)
class Airflow:
    """One Airflow: its folder, its port, and the databases (libpq URLs) for itself and for the crawl."""

    home: Path
    port: int
    metadata_url: str
    crawl_url: str

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def password_file(self) -> Path:
        return self.home / "passwords.json"

    def environment(self) -> dict[str, str]:
        """The settings of every component, as environment variables."""
        return {
            "AIRFLOW_HOME": str(self.home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            # All of them are forked at the start; the pools allow no more stage tasks at once than this.
            "AIRFLOW__CORE__PARALLELISM": "10",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{self.port}/execution/",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin,{VIEWER}:viewer",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(self.password_file),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": self.metadata_url.replace("postgresql:", "postgresql+psycopg2:", 1),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.port),
            "AIRFLOW__API__BASE_URL": self.address,
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "60",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(self.home / "logs"),
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            "AIRFLOW_CONN_VITALITY_POSTGRES": self.crawl_url,
            "NO_PROXY": ",".join(filter(None, (os.environ.get("NO_PROXY"), "localhost,127.0.0.1"))),
            "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",  # macOS ends forked children otherwise
            **self._keys(),
        }

    def password(self, user: str = USER) -> str:
        """The password of a user, made at the first call for any of them."""
        known = json.loads(self.password_file.read_text()) if self.password_file.exists() else {}
        if user not in known:
            known = {name: secrets.token_urlsafe(9) for name in (USER, VIEWER)} | known
            _write_private(self.password_file, json.dumps(known))
        return str(known[user])

    def prepare(self, environment: dict[str, str], processes: Processes) -> None:
        """Migrate Airflow's database and create the pools; nothing to do when that was done before.

        Raises AirflowFailed.
        """
        stamp, pools = self.home / "prepared", ROOT / "plugins" / "pools.json"
        made_of = f"{version('apache-airflow')} {hashlib.sha256(pools.read_bytes()).hexdigest()}"
        if stamp.exists() and stamp.read_text() == f"{made_of} {self._revision()}":
            return
        for command in (["db", "migrate"], ["pools", "import", str(pools)]):
            name = f"airflow-{'-'.join(command[:2])}"
            if processes.run(name, [sys.executable, "-m", "airflow", *command], environment) != 0:
                raise AirflowFailed(f"`airflow {' '.join(command[:2])}` failed; see {processes.log(name)}")
        stamp.write_text(f"{made_of} {self._revision()}")

    def _revision(self) -> str | None:
        try:
            with psycopg.connect(self.metadata_url) as connection:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
        return row[0] if row else None

    def _keys(self) -> dict[str, str]:
        """Made once and kept: new ones would make what the database holds unreadable."""
        kept = self.home / "keys.json"
        if not kept.exists():
            made = {name: urlsafe_b64encode(secrets.token_bytes(size)).decode() for name, size in _KEYS.items()}
            _write_private(kept, json.dumps(made))
        return dict(json.loads(kept.read_text()))


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this port of loopback now."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
