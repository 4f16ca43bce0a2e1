"""The objects that a test run makes in a cluster, as manifests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WEB_PORT, SHUT_PORT = 8080, 80  # the second is a port like a website's at a private address
_OF_A_TEST = {"vitality-test": "cluster"}  # finds what a run that was killed has left
_IN_PODS = Path(__file__).parent / "in_pods"


def program(name: str) -> str:
    """The source of a program that runs in a pod, whatever image it has: `python -c` takes it."""
    return (_IN_PODS / f"{name}.py").read_text(encoding="utf-8")


def renamed(objects: list[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    """The same objects in namespaces of other names."""
    changed = [_replaced(one, names) for one in objects]
    for one in changed:
        if one["kind"] == "Namespace":
            one["metadata"]["name"] = names[one["metadata"]["name"]]
            one["metadata"]["labels"] |= _OF_A_TEST
    return changed


def _replaced(part: Any, names: dict[str, str]) -> Any:
    """The same with other namespaces, wherever one is named."""
    if isinstance(part, list):
        return [_replaced(one, names) for one in part]
    if not isinstance(part, dict):
        return part
    naming = ("namespace", "kubernetes.io/metadata.name")
    return {key: names.get(one, one) if key in naming else _replaced(one, names) for key, one in part.items()}


def namespace(name: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": _OF_A_TEST}}


def account(name: str, namespace: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name, "namespace": namespace}}


def database(namespace: str, image: str, pull: str) -> dict[str, Any]:
    """The PostgreSQL, where the network's rules for development expect it."""
    labels = {"app.kubernetes.io/name": "postgresql"}
    server = container("base", image, pull, "-c", program("database"))
    return pod("postgresql", namespace, "airflow-scheduler", labels, [server])


def web(namespace: str, image: str, pull: str) -> dict[str, Any]:
    """The sample web at WEB_PORT, and somebody who answers at SHUT_PORT."""
    containers = [
        container("base", image, pull, "-c", program("web")),
        container("shut", image, pull, "-m", "http.server", str(SHUT_PORT)),
    ]
    server = pod("web", namespace, "sample", {"app": "sample-web"}, containers)
    server["spec"]["securityContext"]["sysctls"] = [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"}]
    return server


def pod(
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


def container(name: str, image: str, pull: str, *arguments: str) -> dict[str, Any]:
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


def way_to(sample: str, workers: str) -> dict[str, Any]:
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
