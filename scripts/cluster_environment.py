"""An environment of the cluster, out of `helm-values/`: the values as Helm merges them, and our own objects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "helm-values"
RELEASE = "airflow"  # of the chart, and its namespace
NAMES = tuple(sorted(path.stem.removeprefix("values-") for path in FOLDER.glob("values-*.yaml")))


class UnknownEnvironmentError(Exception):
    """No values belong to an environment of that name."""


@dataclass(frozen=True)
class Environment:
    """What one environment is made of. `objects` are Kubernetes objects in the order in which they are applied."""

    name: str
    values: dict[str, Any]
    objects: list[dict[str, Any]]

    def variables(self) -> dict[str, str]:
        """The plain variables that the values give to every container of Airflow."""
        return {str(one["name"]): str(one["value"]) for one in self.values["env"]}


def environment(name: str) -> Environment:
    """Read one. Raises UnknownEnvironmentError."""
    if name not in NAMES:
        raise UnknownEnvironmentError(f"no environment {name!r}: ENVIRONMENT is one of {', '.join(NAMES)}")
    values = merged(_one(FOLDER / "values.yaml"), _one(FOLDER / f"values-{name}.yaml"))
    ours = [FOLDER / "workers" / "workers.yaml", FOLDER / "workers" / f"{name}.yaml"]
    return Environment(name, values, [one for path in ours for one in yaml.safe_load_all(path.read_text("utf-8"))])


def merged(below: Any, above: Any) -> Any:
    """As Helm merges values: mappings key by key, everything else (lists, too) as a whole."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return {**below, **{key: merged(below.get(key), value) for key, value in above.items()}}


def _one(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text("utf-8")))
