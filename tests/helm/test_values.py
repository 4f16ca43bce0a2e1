"""The values for the chart: what its schema allows, no secret in them, and one truth with the code.

The schema is the chart's own `values.schema.json`. It is no part of this project: VITALITY_CHART_SCHEMA names it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from vitality_airflow.runtime import Runtime

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "helm-values").glob("*.yaml"))
SCHEMA = ROOT / (os.environ.get("VITALITY_CHART_SCHEMA") or "../shared/airflow-chart/values.schema.json")
SHARED = ROOT / "helm-values" / "values.yaml"


def values(path: Path = SHARED) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    if not SCHEMA.exists():
        pytest.skip(f"no schema of the chart at {SCHEMA}; set VITALITY_CHART_SCHEMA to its values.schema.json")
    return dict(json.loads(SCHEMA.read_text(encoding="utf-8")))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_chart_accepts_the_values(path: Path, schema: dict[str, Any]) -> None:
    faults = [
        f"{'.'.join(map(str, fault.absolute_path))}: {fault.message}"
        for fault in jsonschema.Draft7Validator(schema).iter_errors(values(path))
    ]
    assert faults == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_chart_knows_each_key_at_the_top(path: Path, schema: dict[str, Any]) -> None:
    # The schema itself lets unknown ones pass.
    assert set(values(path)) <= set(schema["properties"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_secret_stands_in_the_values(path: Path) -> None:
    told = {"fernetKey", "apiSecretKey", "jwtSecret", "webserverSecretKey", "metadataConnection", "password", "pass"}
    for place, value in leaves(values(path)):
        assert not told & set(place.split(".")), place
        assert not re.search(r"://[^/\s]*:[^/\s]*@", str(value)), place


def test_the_keys_that_must_outlive_an_upgrade_come_from_secrets() -> None:
    assert all(values()[name] for name in ("fernetKeySecretName", "apiSecretKeySecretName", "jwtSecretName"))


def test_stages_run_as_pods_with_settings_that_the_operator_knows() -> None:
    given = {one["name"]: one["value"] for one in values()["env"]}
    known = {str(field.validation_alias) for field in Runtime.model_fields.values()}
    assert set(given) <= known
    assert given["VITALITY_RUNTIME"] == "kubernetes"


def test_airflow_and_the_pods_read_the_database_from_one_secret() -> None:
    given = {one["name"]: one["value"] for one in values()["env"]}
    assert {(one["secretName"], one["secretKey"]) for one in values()["secret"]} == {
        (given["VITALITY_DATABASE_SECRET"], "url")
    }


def test_the_pools_are_imported_from_the_file_that_is_theirs() -> None:
    command = values()["migrateDatabaseJob"]["args"][-1]
    named = re.search(r"pools import /opt/airflow/(\S+)", command)
    assert named and (ROOT / named[1]).exists()


def test_airflow_is_the_version_that_is_locked() -> None:
    locked = re.search(r"^apache-airflow==(\S+)", (ROOT / "requirements.txt").read_text(), re.M)
    assert locked and values()["airflowVersion"] == locked[1]
