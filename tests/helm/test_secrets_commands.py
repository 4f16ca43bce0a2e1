"""The commands of `make secrets`: run by a shell, they make what the values and the pods name, and hold no value."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from cluster_environment import NAMES, ROOT, Environment, environment
from cluster_secrets import Wanted, commands, main, wanted
from cryptography.fernet import Fernet
from vitality_airflow.pod_environment import environment as variables_of_pods
from vitality_airflow.runtime import Runtime

# `create` only prints the object, as kubectl does without a server.
OFFLINE = 'kubectl() { command kubectl "$@" --dry-run=client --output=json; }\n'
GIVEN = {"DATABASE_URL": "postgresql://a:b@c/d", "AIRFLOW_DATABASE_URL": "postgresql+psycopg2://a:b@c/e"}


OPTIONAL = {
    "ALERTS_URL": "https://hooks.example/in",
    "GEMINI_API_KEY": "a-key",
    "MONITORING_URL": "https://m.example/in",
    "MONITORING_TOKEN": "a-token",
}


def made(
    cluster: Environment, given: dict[str, str], *, optional: bool = False
) -> dict[tuple[str, str], dict[str, Any]]:
    """The Secrets that the commands make, by namespace and name; TLS asks for files and is left out."""
    if not (shutil.which("kubectl") and shutil.which("openssl")):
        pytest.skip("no kubectl or no openssl on this machine")
    lines = [line for line in commands(cluster) if " secret tls " not in line]
    if optional:
        lines = [line.removeprefix("# optional: ") for line in lines]
    settings = "".join(f"{name}='{value}'\n" for name, value in given.items())
    shell = ["bash", "-euo", "pipefail", "-c", settings + OFFLINE + "\n".join(lines)]
    done = subprocess.run(shell, capture_output=True, text=True, check=True)
    objects = [json.loads(text) for text in re.split(r"(?<=^})\n", done.stdout, flags=re.M) if text.strip()]
    return {(one["metadata"]["namespace"], one["metadata"]["name"]): one for one in objects}


def value(secret: dict[str, Any], key: str) -> str:
    return base64.b64decode(secret["data"][key]).decode()


def test_what_is_wanted_is_made_with_the_keys_that_are_read(cluster: Environment) -> None:
    secrets = made(cluster, GIVEN)
    expected = [one for one in wanted(cluster) if not one.optional and one.key != "tls.crt"]
    assert secrets.keys() == {(one.namespace, one.name) for one in expected}
    for one in expected:
        assert value(secrets[one.namespace, one.name], one.key).strip() == value(
            secrets[one.namespace, one.name], one.key
        )


def test_the_optional_ones_work_too_and_hold_one_token_in_both_namespaces(cluster: Environment) -> None:
    secrets = made(cluster, GIVEN | OPTIONAL, optional=True)
    pods = secrets["vitality-workers", "vitality-monitoring"]
    assert (value(pods, "url"), value(pods, "token")) == ("https://m.example/in", "a-token")
    assert value(secrets["airflow", "vitality-monitoring"], "token") == "a-token"
    assert value(secrets["vitality-workers", "vitality-gemini"], "api-key") == "a-key"
    assert value(secrets["airflow", "vitality-alerts"], "url") == "https://hooks.example/in"


def test_keys_are_fit_for_their_use_and_new_each_time(cluster: Environment) -> None:
    first, second = made(cluster, GIVEN), made(cluster, GIVEN)
    for name, key in (("fernet", "fernet-key"), ("api", "api-secret-key"), ("jwt", "jwt-secret")):
        place = ("airflow", f"vitality-airflow-{name}")
        assert value(first[place], key) != value(second[place], key)
        assert len(value(first[place], key)) >= 43
    fernet = Fernet(value(first["airflow", "vitality-airflow-fernet"], "fernet-key"))
    assert fernet.decrypt(fernet.encrypt(b"a connection")) == b"a connection"


def test_airflow_and_the_workers_are_given_one_database(cluster: Environment) -> None:
    secrets = made(cluster, GIVEN)
    urls = {value(secrets[place, "vitality-database"], "url") for place in ("airflow", "vitality-workers")}
    assert len(urls) == 1
    if cluster.name == "development":
        password = value(secrets["airflow", "vitality-postgresql"], "postgres-password")
        assert urls == {f"postgresql://postgres:{password}@airflow-postgresql.airflow:5432/vitality"}


def test_pods_read_what_is_made_for_them(cluster: Environment) -> None:
    runtime = Runtime.model_validate(cluster.variables())
    keys = [one.value_from.secret_key_ref for one in variables_of_pods({}, runtime) if one.value_from]
    read = {Wanted(runtime.namespace, key.name, key.key, bool(key.optional)) for key in keys if key}
    assert read == {one for one in wanted(cluster) if one.namespace == runtime.namespace}


def test_a_private_registry_is_named_once_and_known_in_both_namespaces() -> None:
    plain = environment("production")
    private = replace(plain, values={**plain.values, "imagePullSecrets": [{"name": "vitality-registry"}]})
    assert {(one.namespace, one.name) for one in wanted(private)} - {
        (one.namespace, one.name) for one in wanted(plain)
    } == {
        ("airflow", "vitality-registry"),
        ("vitality-workers", "vitality-registry"),
    }
    assert "--type=kubernetes.io/dockerconfigjson" in "\n".join(commands(private))


@pytest.mark.parametrize("name", NAMES)
def test_no_value_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name]) == main([name]) == 0
    printed = capsys.readouterr().out
    assert not re.search(r"[0-9a-f]{24}|[A-Za-z0-9+/]{32}", printed)
    assert printed[: len(printed) // 2] == printed[len(printed) // 2 :]


def test_an_address_that_was_forgotten_is_an_error_not_an_empty_secret(cluster: Environment) -> None:
    if cluster.name != "development":
        with pytest.raises(subprocess.CalledProcessError) as failed:
            made(cluster, {})
        assert "AIRFLOW_DATABASE_URL: parameter null or not set" in failed.value.stderr


@pytest.mark.parametrize("name", ["prod", "", "../development"])
def test_an_unknown_environment_is_wrong_usage_in_one_line(name: str) -> None:
    script = [sys.executable, str(ROOT / "scripts" / "cluster_secrets.py"), name]
    printed = subprocess.run(script, capture_output=True, text=True, check=False)
    assert (printed.returncode, printed.stdout) == (2, "")
    assert re.fullmatch(r"cluster_secrets: no environment '.*': ENVIRONMENT is one of .*\n", printed.stderr)
