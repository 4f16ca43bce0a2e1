"""Every object of an installed cluster, held against the strict Kubernetes schemas, and against each other."""

from __future__ import annotations

from collections.abc import Callable

import kubernetes_validate
import pytest
from cluster_environment import RELEASE, Environment
from cluster_secrets import wanted
from object_references import Reference, references
from rendered_chart import Objects, identity, namespace, templates

KUBERNETES = "1.36"
Count = Callable[[str, int], None]


def test_our_own_objects_are_valid(cluster: Environment, checked: Count) -> None:
    for one in cluster.objects:
        kubernetes_validate.validate(one, KUBERNETES, strict=True)
    checked(f"{cluster.name}, our own", len(cluster.objects))


def test_every_rendered_object_is_valid(cluster: Environment, installed: Objects, checked: Count) -> None:
    pods = [one for one in installed if one["kind"] == "Pod"]
    chart = [one for one in installed if one not in [*cluster.objects, *pods]]
    for one in [*chart, *pods]:
        kubernetes_validate.validate(one, KUBERNETES, strict=True)
    assert len(chart) > 20 and len(pods) == 4
    checked(f"{cluster.name}, the chart's", len(chart))
    checked(f"{cluster.name}, a pod of each stage", len(pods))


def test_our_own_objects_can_be_told_by_their_labels(cluster: Environment) -> None:
    for one in cluster.objects:
        assert one["metadata"]["labels"]["app.kubernetes.io/part-of"] == "diocesan-vitality", identity(one)


def test_no_two_objects_have_one_name(installed: Objects) -> None:
    names = [(one["apiVersion"], identity(one), namespace(one)) for one in installed]
    assert sorted(names) == sorted(set(names))


def test_the_chart_makes_no_secret_and_gives_no_right(cluster: Environment, installed: Objects) -> None:
    chart = [one for one in installed if one not in cluster.objects]
    assert {one["kind"] for one in chart} & {
        "Secret",
        "Role",
        "RoleBinding",
        "ClusterRole",
        "ClusterRoleBinding",
    } == set()


def test_whatever_is_named_is_there(cluster: Environment, installed: Objects) -> None:
    there = {Reference(one["kind"], namespace(one), one["metadata"]["name"]) for one in installed}
    there |= {Reference("Namespace", "", one["metadata"]["name"]) for one in installed if one["kind"] == "Namespace"}
    there |= {Reference("Secret", secret.namespace, secret.name) for secret in wanted(cluster)}
    there |= {Reference("ServiceAccount", RELEASE, "default")}  # Kubernetes makes it
    named = {reference for one in installed for reference in references(one)}
    assert len(named) > 15
    assert named - there == set()


def test_no_secret_is_asked_for_that_nobody_reads(cluster: Environment, installed: Objects) -> None:
    read = {reference for one in installed for reference in references(one) if reference.kind == "Secret"}
    asked = {Reference("Secret", one.namespace, one.name) for one in wanted(cluster) if not one.optional}
    assert asked - read == set()


def test_each_selector_finds_a_pod(installed: Objects) -> None:
    pods = [(pod.namespace, pod.labels) for pod in templates(installed)]
    for one in installed:
        spec = one.get("spec", {})
        selector = spec.get("podSelector", spec.get("selector"))
        if selector is None or one["kind"] == "PersistentVolumeClaim":
            continue
        labels = selector if one["kind"] == "Service" else selector.get("matchLabels", {})
        found = [pod for place, pod in pods if place == namespace(one) and labels.items() <= pod.items()]
        assert found, identity(one)


def test_the_right_to_start_pods_is_given_to_those_who_start_them(installed: Objects) -> None:
    (binding,) = [one for one in installed if one["kind"] == "RoleBinding"]
    accounts = {
        pod.spec["serviceAccountName"]
        for pod in templates(installed)
        if pod.labels.get("component") in {"scheduler", "triggerer"}
    }
    assert {subject["name"] for subject in binding["subjects"]} == accounts
    assert {namespace(one) for one in installed if one["kind"] == "Role"} == {"vitality-workers"}


def test_a_fault_would_be_found(cluster: Environment) -> None:
    wrong = {**cluster.objects[0], "specc": {}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)
