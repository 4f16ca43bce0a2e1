"""Tests on the real cluster that KUBECONFIG points at: `make test-cluster` runs all, `make test` one of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import airflow_home
import pytest

sys.path.append(str(airflow_home.ROOT / "scripts"))

from cluster.ground import Ground, ground, kept
from cluster.live import connected
from cluster.one_task import Task
from kubernetes.config import ConfigException
from urllib3.exceptions import HTTPError
from vitality_airflow.runtime import Runtime, runtime


@pytest.fixture(scope="session")
def place(say: Callable[[str], None]) -> Iterator[Ground]:
    """Namespaces of this run alone, with everything that worker pods need."""
    if not os.environ.get("KUBECONFIG"):
        pytest.skip("no KUBECONFIG is set: no worker is run as a pod of a real cluster")
    asked = Runtime()
    say(f"Kubernetes {_version()}, image {asked.image}")
    with ground(asked.image, asked.image_pull_policy.value, keep=kept()) as made:
        say(f"namespaces {made.airflow}, {made.workers}; database {made.database_host}, web {made.web_host}")
        yield made


def _version() -> str:
    try:
        return connected().version
    except (ConfigException, HTTPError) as error:
        why = str(error)
    return pytest.fail(f"KUBECONFIG={os.environ['KUBECONFIG']} leads to no cluster: {why}", pytrace=False)


@pytest.fixture
def kubeconfig(place: Ground, tmp_path: Path) -> Path:
    """That of Airflow's scheduler: it has the rights of our Role, and no others."""
    return place.live.kubeconfig_of("airflow-scheduler", place.airflow, tmp_path / "kubeconfig")


@pytest.fixture
def task(
    place: Ground, kubeconfig: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Task]]:
    """Makes a task of a stage; when the test is over, its pods are, too."""
    for name, value in place.environment.items():
        monkeypatch.setenv(name, value)
    runtime.cache_clear()
    yield lambda **arguments: Task(arguments.pop("kubeconfig", kubeconfig), tmp_path / "store.json", **arguments)
    runtime.cache_clear()
    if not kept():
        place.clear()


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Change what Airflow's environment says, from now on."""

    def changed(**environment: str) -> None:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        runtime.cache_clear()

    return changed


@pytest.fixture(scope="session")
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say a line at once, whatever pytest captures."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def said(line: str) -> None:
        with capture.global_and_fixture_disabled():
            sys.stderr.write(f"\n{line}")

    return said
