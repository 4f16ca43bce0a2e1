"""The official chart, rendered by Helm itself: as released, beside the tests; or what AIRFLOW_CHART names."""

from __future__ import annotations

import importlib.util
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from cluster_environment import RELEASE, ROOT, environment

RELEASED = ROOT / "tests" / "helm" / "airflow-1.22.0.tgz"  # as Apache released it; the license is inside
Object: TypeAlias = dict[str, Any]
Objects: TypeAlias = list[Object]


@dataclass(frozen=True)
class Chart:
    """Where the chart is; or, in `missing`, why nothing can be rendered here."""

    path: str
    missing: str


@dataclass(frozen=True)
class Template:
    """A pod as some object of the cluster makes it."""

    owner: str  # Deployment/airflow-statsd
    namespace: str
    labels: dict[str, str]
    spec: dict[str, Any]
    replicas: int

    def containers(self) -> list[dict[str, Any]]:
        return [*self.spec.get("initContainers", []), *self.spec["containers"]]


def chart() -> Chart:
    path = os.environ.get("AIRFLOW_CHART") or str(RELEASED)
    if not Path(path).exists():
        return Chart(path, f"no chart at {path}: set AIRFLOW_CHART to the archive airflow-1.22.0.tgz")
    if importlib.util.find_spec("helm_python") is None:
        return Chart(path, "no Helm: pip install helm-python-sdk")
    return Chart(path, "")


def chart_file(name: str) -> str:
    """The text of a file of the chart itself."""
    with tarfile.open(chart().path) as archive:
        member = archive.extractfile(f"airflow/{name}")
        assert member is not None, name
        return member.read().decode()


@cache
def rendered(name: str) -> Objects:
    """Every object that `helm install` makes in an environment, hooks included."""
    import helm_python  # noqa: PLC0415 - large, and not everywhere

    loaded = helm_python.Chart.load(chart().path)
    values = environment(name).values
    loaded.validate_schema(values)
    files = loaded.render(values, name=RELEASE, namespace=RELEASE, is_install=True)
    texts = [text for path, text in sorted(files.items()) if not path.endswith("NOTES.txt")]
    return [one for text in texts for one in yaml.safe_load_all(text) if one]


def identity(one: Object) -> str:
    return f"{one['kind']}/{one['metadata']['name']}"


def namespace(one: Object) -> str:
    return str(one["metadata"].get("namespace", RELEASE))


def templates(objects: Objects) -> Iterator[Template]:
    """The pods that these objects make."""
    for one in objects:
        spec = one.get("spec", {})
        if one["kind"] == "Pod":
            yield Template(identity(one), namespace(one), one["metadata"]["labels"], spec, 1)
        if one["kind"] == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        if "template" in spec:
            pod = spec["template"]
            labels = pod["metadata"]["labels"]
            yield Template(identity(one), namespace(one), labels, pod["spec"], int(spec.get("replicas", 1)))
