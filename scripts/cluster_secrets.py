"""`make secrets ENVIRONMENT=...`: print the commands that make every Secret which the values and the pods name.

What is wanted is read from those files. Keys are drawn when the command runs, addresses are taken from the shell that
runs it, and both go through a pipe: no value is ever written here, or stands in a list of processes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from cluster_environment import RELEASE, ROOT, Environment, UnknownEnvironmentError, environment

sys.path.append(str(ROOT / "plugins"))
from vitality_airflow.runtime import Runtime

_CHART_KEYS = {
    "fernetKeySecretName": "fernet-key",
    "apiSecretKeySecretName": "api-secret-key",
    "jwtSecretName": "jwt-secret",
}
_DRAWN = {
    "fernet-key": "openssl rand -base64 32 | tr '+/' '-_'",
    "api-secret-key": "openssl rand -hex 32",
    "jwt-secret": "openssl rand -hex 64",
}
_GIVEN = {
    ("vitality-database", "url"): "DATABASE_URL",
    ("vitality-airflow-metadata", "connection"): "AIRFLOW_DATABASE_URL",
    ("vitality-postgresql", "postgres-password"): "DATABASE_PASSWORD",
    ("vitality-gemini", "api-key"): "GEMINI_API_KEY",
    ("vitality-monitoring", "token"): "MONITORING_TOKEN",
    ("vitality-monitoring", "url"): "MONITORING_URL",
    ("vitality-alerts", "url"): "ALERTS_URL",
}
_NAMED = re.compile(r"secretKeyRef: {name: (?P<name>[\w-]+), key: (?P<key>[\w-]+)(?P<optional>, optional: true)?}")
_EXTERNAL = """\
# First, in the same shell (bash), so that they stand in no history:
#   IFS= read -rs DATABASE_URL          postgresql://user:password@host:5432/vitality (any pooler will do: 6543)
#   IFS= read -rs AIRFLOW_DATABASE_URL  postgresql+psycopg2://user:password@host:5432/airflow (no transaction mode)"""
_INSIDE = """\
DATABASE_PASSWORD=$(openssl rand -hex 24)
DATABASE_URL="postgresql://postgres:$DATABASE_PASSWORD@{host}:5432/vitality"
AIRFLOW_DATABASE_URL="postgresql+psycopg2://postgres:$DATABASE_PASSWORD@{host}:5432/airflow\""""


@dataclass(frozen=True, order=True)
class Wanted:
    """A key of a Secret that something reads. A Secret of type kubernetes.io/tls has the key `tls.crt` here."""

    namespace: str
    name: str
    key: str
    optional: bool = False


def wanted(cluster: Environment) -> list[Wanted]:
    """Every Secret that the chart's values and the pods of the stages name."""
    return sorted({*_of_values(cluster), *_of_pods(cluster)})


def commands(cluster: Environment) -> Iterator[str]:
    """The lines of a shell script; those of optional Secrets are comments."""
    inside = cluster.values["postgresql"]["enabled"]
    yield _INSIDE.format(host=f"{RELEASE}-postgresql.{RELEASE}") if inside else _EXTERNAL
    for (namespace, name), keys in groupby(wanted(cluster), lambda one: (one.namespace, one.name)):
        of_secret = list(keys)
        command = _command(of_secret[0]) if len(of_secret) == 1 else _of_several(namespace, name, of_secret)
        yield f"# optional: {command}" if all(one.optional for one in of_secret) else command


def _of_values(cluster: Environment) -> Iterator[Wanted]:
    values = cluster.values
    for value, key in _CHART_KEYS.items():
        yield Wanted(RELEASE, values[value], key)
    yield Wanted(RELEASE, values["data"]["metadataSecretName"], "connection")
    for one in values["secret"]:
        yield Wanted(RELEASE, one["secretName"], one["secretKey"])
    for found in _NAMED.finditer(values["extraEnv"]):
        yield Wanted(RELEASE, found["name"], found["key"], bool(found["optional"]))
    for one in values.get("imagePullSecrets", []):
        yield Wanted(RELEASE, one["name"], ".dockerconfigjson")
        yield Wanted(cluster.variables()["VITALITY_NAMESPACE"], one["name"], ".dockerconfigjson")
    if values["postgresql"]["enabled"]:
        yield Wanted(RELEASE, values["postgresql"]["auth"]["existingSecret"], "postgres-password")
    for host in values.get("ingress", {}).get("apiServer", {}).get("hosts", []):
        yield Wanted(RELEASE, host["tls"]["secretName"], "tls.crt")


def _of_pods(cluster: Environment) -> Iterator[Wanted]:
    given = Runtime.model_validate(cluster.variables())
    yield Wanted(given.namespace, given.database_secret, "url")
    yield Wanted(given.namespace, given.gemini_secret, "api-key", optional=True)
    yield Wanted(given.namespace, given.monitoring_secret, "token", optional=True)
    yield Wanted(given.namespace, given.monitoring_secret, "url", optional=True)


def _command(one: Wanted) -> str:
    kubectl = f"kubectl --namespace {one.namespace} create secret"
    if one.key == "tls.crt":
        return f"{kubectl} tls {one.name} --cert=tls.crt --key=tls.key"
    if one.key == ".dockerconfigjson":
        return f"{kubectl} generic {one.name} --type=kubernetes.io/dockerconfigjson --from-file={one.key}=config.json"
    drawn = _DRAWN.get(one.key)
    source = f"{drawn} | tr -d '\\n'" if drawn else f'printf %s "${{{_GIVEN[one.name, one.key]}:?}}"'
    return f"{source} | {kubectl} generic {one.name} --from-file={one.key}=/dev/stdin"


def _of_several(namespace: str, name: str, keys: list[Wanted]) -> str:
    """One Secret with several keys; each value goes through a pipe of its own."""
    given = " ".join(f'--from-file={one.key}=<(printf %s "${{{_GIVEN[name, one.key]}:?}}")' for one in keys)
    return f"kubectl --namespace {namespace} create secret generic {name} {given}"


def main(arguments: list[str]) -> int:
    """0: printed; 2: no such environment."""
    try:
        cluster = environment(arguments[0] if arguments else "")
    except UnknownEnvironmentError as error:
        print(f"{Path(__file__).stem}: {error}", file=sys.stderr)
        return 2
    print(f"# The Secrets of {cluster.name}. One that exists is left as it is: delete it first to rotate it.")
    print(*commands(cluster), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
