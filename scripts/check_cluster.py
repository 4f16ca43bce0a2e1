"""`make check-cluster ENVIRONMENT=...`: what the cluster lacks, before an install or when pods do not start.

One line for each thing, with the command that mends it. It asks the cluster of the current context with `kubectl`, as
whoever is logged in there, and changes nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from cluster_environment import RELEASE, Environment, UnknownEnvironmentError, environment
from cluster_secrets import wanted
from kubernetes.utils.quantity import parse_quantity

_ACCOUNTS = ("airflow-scheduler", "airflow-triggerer")
_REVIEW = "/apis/authorization.k8s.io/v1/subjectaccessreviews"


class ClusterError(Exception):
    """The cluster cannot be asked."""


def lacking(cluster: Environment) -> Iterator[str]:
    """What is missing, in the order in which it has to be mended. Raises ClusterError."""
    apply = f"kubectl apply -f helm-values/workers/workers.yaml -f helm-values/workers/{cluster.name}.yaml"
    workers = cluster.variables()["VITALITY_NAMESPACE"]
    absent = [place for place in (RELEASE, workers) if _read(f"/api/v1/namespaces/{place}") is None]
    yield from (f"namespace {place} is missing: {apply}" for place in absent)
    if workers not in absent:
        account = cluster.variables()["VITALITY_SERVICE_ACCOUNT"]
        if _read(f"/api/v1/namespaces/{workers}/serviceaccounts/{account}") is None:
            yield f"service account {account} is missing in {workers}: {apply}"
        for name in _ACCOUNTS:
            if not _may_start_pods(name, workers):
                yield f"service account {RELEASE}/{name} may not start pods in {workers}: {apply}"
        yield from _full_quotas(workers)
    for secret in wanted(cluster):
        if secret.namespace not in absent and not secret.optional:
            found = _read(f"/api/v1/namespaces/{secret.namespace}/secrets/{secret.name}")
            if found is None or secret.key not in found.get("data", {}):
                what = "is missing" if found is None else f"has no key {secret.key}"
                yield f"Secret {secret.name} {what} in {secret.namespace}: make secrets ENVIRONMENT={cluster.name}"


def _full_quotas(workers: str) -> Iterator[str]:
    quotas = _read(f"/api/v1/namespaces/{workers}/resourcequotas") or {"items": []}
    for quota in quotas["items"]:
        status = quota.get("status", {})
        for resource, hard in status.get("hard", {}).items():
            used = status.get("used", {}).get(resource, "0")
            if parse_quantity(used) >= parse_quantity(hard):
                name = quota["metadata"]["name"]
                yield f"quota {name} is full, {resource} {used} of {hard}: kubectl --namespace {workers} get pods"


def _may_start_pods(account: str, workers: str) -> bool:
    wish = {"namespace": workers, "verb": "create", "resource": "pods"}
    spec = {"user": f"system:serviceaccount:{RELEASE}:{account}", "resourceAttributes": wish}
    review = {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": spec}
    answer = _kubectl("create", "--raw", _REVIEW, "--filename", "-", given=json.dumps(review))
    return bool(json.loads(answer)["status"]["allowed"])


def _read(path: str) -> dict[str, Any] | None:
    """An object or a list of the API; None when there is none."""
    try:
        return dict(json.loads(_kubectl("get", "--raw", path)))
    except ClusterError as error:
        if "NotFound" in str(error):
            return None
        raise


def _kubectl(*arguments: str, given: str | None = None) -> str:
    try:
        done = subprocess.run(["kubectl", *arguments], input=given, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise ClusterError("no kubectl: install it, and let its current context be the cluster") from None
    if done.returncode:
        raise ClusterError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "kubectl failed")
    return done.stdout


def main(arguments: list[str]) -> int:
    """0: nothing is missing; 1: something is, or the cluster cannot be asked; 2: no such environment."""
    try:
        cluster = environment(arguments[0] if arguments else "")
        missing = list(lacking(cluster))
    except UnknownEnvironmentError as error:
        print(f"check_cluster: {error}", file=sys.stderr)
        return 2
    except ClusterError as error:
        print(f"check_cluster: {error}", file=sys.stderr)
        return 1
    print(*(missing or [f"{cluster.name}: nothing is missing"]), sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
