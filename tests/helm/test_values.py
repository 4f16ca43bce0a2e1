"""The values for the chart: what the schema inside of it allows, no secret in them, and one truth with the code."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from cluster_environment import ROOT, Environment
from rendered_chart import RELEASED, chart, chart_file
from vitality_airflow.runtime import Runtime

from vitality_lib.settings import Settings


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    if why := chart().missing:
        pytest.skip(why)
    return dict(json.loads(chart_file("values.schema.json")))


def test_the_chart_beside_the_tests_is_the_one_that_apache_released() -> None:
    released = "1f7d1dfe3d58e2c54899950aba907a43625a18c8b6fb3c54760c21592129a5b6"
    assert hashlib.sha256(RELEASED.read_bytes()).hexdigest() == released


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, value


def test_the_chart_accepts_the_values(cluster: Environment, schema: dict[str, Any]) -> None:
    faults = [
        f"{'.'.join(map(str, fault.absolute_path))}: {fault.message}"
        for fault in jsonschema.Draft7Validator(schema).iter_errors(cluster.values)
    ]
    assert faults == []


def test_the_chart_knows_each_key_at_the_top(cluster: Environment, schema: dict[str, Any]) -> None:
    # The schema itself lets unknown ones pass.
    assert set(cluster.values) <= set(schema["properties"])


def test_no_secret_stands_in_the_values(cluster: Environment) -> None:
    told = {"fernetKey", "apiSecretKey", "jwtSecret", "webserverSecretKey", "metadataConnection", "password", "pass"}
    for place, value in leaves(cluster.values):
        assert not told & set(place.split(".")), place
        assert not re.search(r"://[^/\s]*:[^/\s]*@", str(value)), place


def test_the_keys_that_must_outlive_an_upgrade_come_from_secrets(cluster: Environment) -> None:
    assert all(cluster.values[name] for name in ("fernetKeySecretName", "apiSecretKeySecretName", "jwtSecretName"))


def test_stages_run_as_pods_with_settings_that_are_known(cluster: Environment) -> None:
    known = {str(field.validation_alias) for model in (Runtime, Settings) for field in model.model_fields.values()}
    templated = set(re.findall(r"^ *- name: (\w+)", cluster.values["extraEnv"], re.M))
    assert {"VITALITY_LOG_LEVEL", "MONITORING_TOKEN"} <= templated
    assert cluster.variables().keys() | templated <= known | {"AIRFLOW_CONN_VITALITY_ALERTS"}
    assert "VITALITY_WORKER_IMAGE" in templated
    assert cluster.variables()["VITALITY_RUNTIME"] == "kubernetes"


def test_airflow_and_the_pods_read_the_database_from_secrets_of_one_name(cluster: Environment) -> None:
    assert {(one["secretName"], one["secretKey"]) for one in cluster.values["secret"]} == {
        (cluster.variables()["VITALITY_DATABASE_SECRET"], "url")
    }


def test_the_pools_are_imported_from_the_file_that_is_theirs(cluster: Environment) -> None:
    command = cluster.values["migrateDatabaseJob"]["args"][-1]
    named = re.search(r"pools import /opt/airflow/(\S+)", command)
    assert named and (ROOT / named[1]).exists()


def test_airflow_is_the_version_that_is_locked(cluster: Environment) -> None:
    locked = re.search(r"^apache-airflow==(\S+)", (ROOT / "requirements.txt").read_text(), re.M)
    assert locked and cluster.values["airflowVersion"] == locked[1]
