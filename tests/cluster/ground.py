"""What a test run stands on: namespaces of its own, with our own objects, a PostgreSQL and the sample web.

The objects are those of `helm-values/workers/` for development, with the names of the namespaces replaced. The database
is a pod in the place of the one that the chart starts there, so the network's rules for it are the real ones, too.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from cluster import manifests
from cluster.live import Live, connected, until
from cluster.manifests import WEB_PORT
from cluster.tunnel import tunnel
from cluster_environment import environment

from vitality_lib.sample import USCCB_URL
from vitality_lib.store import migrate

# Secrets and the databases they lead to: for single tasks, for one that is not migrated, for a whole crawl.
DATABASES = {"vitality-database": "vitality", "vitality-empty": "empty", "vitality-crawl": "crawl"}
_ACCOUNTS = ("airflow-scheduler", "stranger")  # the second may nothing


@dataclass(frozen=True)
class Ground:
    """`port` of loopback leads to the PostgreSQL; `environment` is what an Airflow here has to know."""

    live: Live
    suffix: str
    image: str
    pull: str
    database_host: str
    web_host: str
    port: int

    @property
    def airflow(self) -> str:
        return f"airflow-{self.suffix}"

    @property
    def workers(self) -> str:
        return f"vitality-workers-{self.suffix}"

    @property
    def sample(self) -> str:
        return f"sample-web-{self.suffix}"

    @property
    def environment(self) -> dict[str, str]:
        """No manners are needed towards a web that is ours, but VITALITY_PACE is for loopback only."""
        return {
            "VITALITY_RUNTIME": "kubernetes",
            "VITALITY_NAMESPACE": self.workers,
            "VITALITY_WORKER_IMAGE": self.image,
            "VITALITY_IMAGE_PULL_POLICY": self.pull,
            "VITALITY_RESOLVE": f"*={self.web_host}:{WEB_PORT}",
            "VITALITY_USCCB_URL": USCCB_URL,
            "VITALITY_MIN_DELAY": "0.05",
            "VITALITY_DELAY_FACTOR": "0",
        }

    def url(self, secret: str = "vitality-database") -> str:
        """The database that this Secret leads pods to, as it is reached from here."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{DATABASES[secret]}"

    def free_pod(self) -> dict[str, Any]:
        """A pod of the worker's image in the namespace of the sample web, which has no rules for the network."""
        return manifests.pod("free", self.sample, "sample", {}, [manifests.container("base", self.image, self.pull)])

    def pods(self) -> list[Any]:
        """The worker pods that there are now."""
        return self.live.pods(self.workers)

    def clear(self) -> None:
        """Delete every worker pod."""
        for pod in self.pods():
            self.live.core.delete_namespaced_pod(pod.metadata.name, self.workers, grace_period_seconds=0)
        until("no worker pod is left", lambda: not self.pods())


@contextmanager
def ground(image: str, pull: str, *, keep: bool) -> Iterator[Ground]:
    """The ground, and nothing of it left behind; with `keep` all of it is left."""
    live, suffix = connected(), secrets.token_hex(3)
    airflow, workers, sample = (f"{name}-{suffix}" for name in ("airflow", "vitality-workers", "sample-web"))
    with ExitStack() as open_:
        if not keep:
            open_.callback(live.remove, airflow, workers, sample)
        ours = {"airflow": airflow, "vitality-workers": workers}
        live.apply(*manifests.renamed(environment("development").objects, ours), manifests.namespace(sample))
        live.apply(*(manifests.account(name, airflow) for name in _ACCOUNTS), manifests.account("sample", sample))
        live.apply(manifests.database(airflow, image, pull), manifests.web(sample, image, pull))
        live.apply(manifests.way_to(sample, workers))
        hosts = [live.running(*place).status.pod_ip for place in ((airflow, "postgresql"), (sample, "web"))]
        port = open_.enter_context(tunnel(airflow, "postgresql", 5432))
        _fill(f"postgresql://postgres@127.0.0.1:{port}")
        for secret, database in DATABASES.items():
            live.secret(workers, secret, url=f"postgresql://postgres@{_literal(hosts[0])}:5432/{database}")
        yield Ground(live, suffix, image, pull, *(_literal(host) for host in hosts), port)


def kept() -> bool:
    """Whether the person who runs the tests wants to look at what they leave (KEEP=1)."""
    return bool(os.environ.get("KEEP"))


def _fill(server: str) -> None:
    def made() -> bool:
        try:
            with psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=10) as connection:
                for name in DATABASES.values():
                    connection.execute(f"CREATE DATABASE {name}".encode())
        except psycopg.OperationalError:
            return False
        return True

    until("the PostgreSQL in its pod answers", made, 60)
    for name in set(DATABASES.values()) - {"empty"}:
        migrate.upgrade(f"{server}/{name}")


def _literal(host: str) -> str:
    return f"[{host}]" if ":" in host else host
