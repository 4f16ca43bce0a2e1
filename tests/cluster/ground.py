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
from pathlib import Path
from typing import Any

import psycopg
from cluster.live import Live, connected, until
from cluster.tunnel import tunnel
from cluster_environment import environment

from vitality_lib.sample import USCCB_URL
from vitality_lib.store import migrate

WEB_PORT, SHUT_PORT = 8080, 80  # the second is a port like a website's at a private address
# Secrets and the databases they lead to: for single tasks, for one that is not migrated, for a whole crawl.
DATABASES = {"vitality-database": "vitality", "vitality-empty": "empty", "vitality-crawl": "crawl"}
_IN_PODS = Path(__file__).parent / "in_pods"
_OF_A_TEST = {"vitality-test": "cluster"}  # finds what a run that was killed has left
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
            # A fifth of a CPU is enough for a crawl that waits for websites, and little for a test that waits for it.
            "VITALITY_DISCOVERY_CPU": "1",
            "VITALITY_REPORTING_CPU": "1",
        }

    def url(self, secret: str = "vitality-database") -> str:
        """The database that this Secret leads pods to, as it is reached from here."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{DATABASES[secret]}"

    def free_pod(self) -> dict[str, Any]:
        """A pod of the worker's image in the namespace of the sample web, which has no rules for the network."""
        return _pod("free", self.sample, "sample", {}, [_container("base", self.image, self.pull)])

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
        live.apply(*_renamed(environment("development").objects, {"airflow": airflow, "vitality-workers": workers}))
        live.apply(_namespace(sample), *(_account(name, airflow) for name in _ACCOUNTS), _account("sample", sample))
        live.apply(_database(airflow, image, pull), _web(sample, image, pull), _way_to(sample, workers))
        hosts = [live.running(*place).status.pod_ip for place in ((airflow, "postgresql"), (sample, "web"))]
        port = open_.enter_context(tunnel(airflow, "postgresql", 5432))
        _fill(f"postgresql://postgres@127.0.0.1:{port}")
        for secret, database in DATABASES.items():
            live.secret(workers, secret, url=f"postgresql://postgres@{_literal(hosts[0])}:5432/{database}")
        yield Ground(live, suffix, image, pull, *(_literal(host) for host in hosts), port)


def program(name: str) -> str:
    """The source of a program that runs in a pod, whatever image it has: `python -c` takes it."""
    return (_IN_PODS / f"{name}.py").read_text(encoding="utf-8")


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


def _renamed(objects: list[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    renamed = [_replaced(one, names) for one in objects]
    for one in renamed:
        if one["kind"] == "Namespace":
            one["metadata"]["name"] = names[one["metadata"]["name"]]
            one["metadata"]["labels"] |= _OF_A_TEST
    return renamed


def _replaced(part: Any, names: dict[str, str]) -> Any:
    """The same with other namespaces, wherever one is named."""
    if isinstance(part, list):
        return [_replaced(one, names) for one in part]
    if not isinstance(part, dict):
        return part
    naming = ("namespace", "kubernetes.io/metadata.name")
    return {key: names.get(one, one) if key in naming else _replaced(one, names) for key, one in part.items()}


def _namespace(name: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": _OF_A_TEST}}


def _account(name: str, namespace: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": namespace}}


def _database(namespace: str, image: str, pull: str) -> dict[str, Any]:
    container = _container("base", image, pull, "-c", program("database"))
    labels = {"app.kubernetes.io/name": "postgresql"}
    return _pod("postgresql", namespace, "airflow-scheduler", labels, [container])


def _web(namespace: str, image: str, pull: str) -> dict[str, Any]:
    containers = [
        _container("base", image, pull, "-c", program("web")),
        _container("shut", image, pull, "-m", "http.server", str(SHUT_PORT)),
    ]
    pod = _pod("web", namespace, "sample", {"app": "sample-web"}, containers)
    pod["spec"]["securityContext"]["sysctls"] = [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"}]
    return pod


def _pod(
    name: str, namespace: str, account: str, labels: dict[str, str], containers: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": labels},
        "spec": {
            "serviceAccountName": account,
            "automountServiceAccountToken": False,
            "restartPolicy": "Never",
            "terminationGracePeriodSeconds": 1,
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 10_001,
                "runAsGroup": 10_001,
                "fsGroup": 10_001,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": containers,
            "volumes": [{"name": "tmp", "emptyDir": {}}],
        },
    }


def _container(name: str, image: str, pull: str, *arguments: str) -> dict[str, Any]:
    return {
        "name": name,
        "image": image,
        "imagePullPolicy": pull,
        "command": ["python", *arguments],
        "workingDir": "/tmp",
        "resources": {"requests": {"cpu": "25m", "memory": "64Mi"}, "limits": {"cpu": "1", "memory": "1Gi"}},
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],
    }


def _way_to(sample: str, workers: str) -> dict[str, Any]:
    """The one rule that the real namespaces do not have: workers may reach the sample web, at a private address."""
    web = {"matchLabels": {"app": "sample-web"}}
    place = {"matchLabels": {"kubernetes.io/metadata.name": sample}}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "sample-web", "namespace": workers},
        "spec": {
            "podSelector": {"matchLabels": {"app": "pipeline"}},
            "policyTypes": ["Egress"],
            "egress": [
                {
                    "to": [{"namespaceSelector": place, "podSelector": web}],
                    "ports": [{"protocol": "TCP", "port": WEB_PORT}],
                }
            ],
        },
    }


def _literal(host: str) -> str:
    return f"[{host}]" if ":" in host else host
