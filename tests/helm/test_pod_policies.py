"""What holds for every pod of the cluster, Airflow's and those of the stages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from cluster_environment import Environment
from rendered_chart import Objects, Template, identity, templates

# The chart's own PostgreSQL writes its configuration beside its programs. It is there in development only.
WRITABLE_ROOT = {"StatefulSet/airflow-postgresql"}
TALK_TO_KUBERNETES = {"StatefulSet/airflow-scheduler", "StatefulSet/airflow-triggerer"}
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|_KEY$|_CONN(_|$)|DATABASE_URL")
NAMES_A_SECRET = re.compile(r"VITALITY_\w+_SECRET")


def containers(objects: Objects) -> Iterator[tuple[Template, dict[str, Any]]]:
    for pod in templates(objects):
        for container in pod.containers():
            yield pod, container


def effective(pod: Template, container: dict[str, Any], setting: str) -> Any:
    """A security setting as it holds for the container: its own, else the pod's."""
    return container.get("securityContext", {}).get(setting, pod.spec.get("securityContext", {}).get(setting))


def test_nothing_runs_as_root(installed: Objects) -> None:
    for pod, container in containers(installed):
        assert effective(pod, container, "runAsNonRoot") is True, (pod.owner, container["name"])
        assert effective(pod, container, "runAsUser") > 1000, (pod.owner, container["name"])


def test_nothing_can_gain_rights(installed: Objects) -> None:
    for pod, container in containers(installed):
        own = container["securityContext"]
        assert own["allowPrivilegeEscalation"] is False, (pod.owner, container["name"])
        assert own.get("privileged", False) is False
        assert own["capabilities"] == {"drop": ["ALL"]}
        assert effective(pod, container, "seccompProfile") == {"type": "RuntimeDefault"}, (pod.owner, container["name"])


def test_roots_are_read_only_but_for_one(installed: Objects) -> None:
    writable = {
        pod.owner for pod, one in containers(installed) if not one["securityContext"].get("readOnlyRootFilesystem")
    }
    assert writable <= WRITABLE_ROOT


def test_where_the_root_is_read_only_there_is_room_to_write(installed: Objects) -> None:
    for pod, container in containers(installed):
        if not pod.owner.endswith(("-statsd", "-postgresql")):
            assert "/tmp" in {mount["mountPath"] for mount in container["volumeMounts"]}, (pod.owner, container["name"])


@pytest.mark.parametrize("resource", ["memory", "cpu"])
def test_every_container_has_a_request_and_a_limit(installed: Objects, resource: str) -> None:
    for pod, container in containers(installed):
        assert container["resources"]["requests"][resource], (pod.owner, container["name"])
        assert container["resources"]["limits"][resource], (pod.owner, container["name"])


def test_no_secret_stands_in_plain_text(installed: Objects) -> None:
    for pod, container in containers(installed):
        for variable in container.get("env") or []:
            literal = variable.get("value", "")
            if not NAMES_A_SECRET.fullmatch(variable["name"]):
                assert not (SECRET.search(variable["name"]) and literal), (pod.owner, variable["name"])
            assert not re.search(r"://[^/\s]*:[^/\s]*@", literal), (pod.owner, variable["name"])
    for one in installed:
        assert not re.search(r"://[^/\s{$]*:[^/\s]*@", str(one.get("data", ""))), identity(one)


def test_images_have_a_version_and_ours_have_one_together(cluster: Environment, installed: Objects) -> None:
    for pod, container in containers(installed):
        assert re.search(r":(?!latest$)[\w.-]+$", container["image"]), (pod.owner, container["image"])
    given = {
        (one["image"].split(":")[-1], variable["value"].split(":")[-1])
        for _, one in containers(installed)
        for variable in one.get("env") or []
        if variable["name"] == "VITALITY_WORKER_IMAGE"
    }
    assert given == {(cluster.values["images"]["airflow"]["tag"],) * 2}


def test_the_token_is_mounted_where_pods_are_started(installed: Objects) -> None:
    accounts = {
        one["metadata"]["name"]: one.get("automountServiceAccountToken", True)
        for one in installed
        if one["kind"] == "ServiceAccount"
    }
    mounted = {
        pod.owner
        for pod in templates(installed)
        if pod.spec.get("automountServiceAccountToken", accounts.get(pod.spec.get("serviceAccountName"), True))
    }
    assert mounted == TALK_TO_KUBERNETES


def test_no_pod_reaches_into_its_node(installed: Objects) -> None:
    for pod in templates(installed):
        assert not any(pod.spec.get(name) for name in ("hostNetwork", "hostPID", "hostIPC")), pod.owner
        assert not any("hostPath" in volume for volume in pod.spec.get("volumes", [])), pod.owner


def test_no_pod_is_told_of_every_service(installed: Objects) -> None:
    for pod in templates(installed):
        assert pod.spec["enableServiceLinks"] is False, pod.owner


def test_what_runs_on_is_watched(installed: Objects) -> None:
    for pod in templates(installed):
        if not pod.owner.startswith(("Job/", "Pod/")):
            assert "livenessProbe" in pod.spec["containers"][0], pod.owner


def test_namespaces_refuse_pods_that_are_less_than_restricted(cluster: Environment) -> None:
    labels = {
        one["metadata"]["name"]: one["metadata"]["labels"] for one in cluster.objects if one["kind"] == "Namespace"
    }
    assert {name: one["pod-security.kubernetes.io/enforce"] for name, one in labels.items()} == {
        "airflow": "restricted",
        "vitality-workers": "restricted",
    }
