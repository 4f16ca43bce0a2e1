"""Pools, requests, quota and nodes fit each other."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import yaml
from cluster_environment import ROOT, Environment
from kubernetes.utils.quantity import parse_quantity
from rendered_chart import Objects, templates
from vitality_airflow.runtime import Runtime

from vitality_lib.models import Stage

GUIDE = ROOT / "docs" / "cluster.md"
NODES = re.compile(r"^\| (?P<name>\w+) \| (?P<nodes>\d+) x (?P<cpu>\d+) CPU, (?P<memory>\d+)Gi \|", re.M)
LEFT_BY_THE_SYSTEM = Decimal("0.85")  # of a node, when kubelet and the cluster's own pods have taken their part


def slots(cluster: Environment) -> dict[Stage, int]:
    """The pools as the migration job leaves them: those of the image, then those of the environment."""
    pools: dict[str, Any] = json.loads((ROOT / "plugins" / "pools.json").read_text(encoding="utf-8"))
    own = cluster.values.get("extraConfigMaps", {}).get("vitality-pools")
    if own:
        pools |= json.loads(yaml.safe_load(own["data"])["pools.json"])
    assert all(pool["include_deferred"] and pool["description"] for pool in pools.values())
    return {Stage(name.removeprefix("vitality_")): pool["slots"] for name, pool in pools.items()}


def runtime(cluster: Environment) -> Runtime:
    """The operator's settings as the environment gives them."""
    return Runtime.model_validate(cluster.variables())


def size(cluster: Environment, stage: Stage, resource: str) -> Decimal:
    return Decimal(parse_quantity(getattr(runtime(cluster).size(stage), resource)))


def full(cluster: Environment, resource: str) -> Decimal:
    """What the workers ask for when every pool is full."""
    return sum((count * size(cluster, stage, resource) for stage, count in slots(cluster).items()), Decimal(0))


def one(cluster: Environment, kind: str) -> dict[str, Any]:
    (found,) = [found for found in cluster.objects if found["kind"] == kind]
    return dict(found["spec"])


def most(cluster: Environment, resource: str) -> Decimal:
    return Decimal(parse_quantity(one(cluster, "LimitRange")["limits"][0]["max"][resource]))


def test_pools_are_those_of_the_design(cluster: Environment) -> None:
    found = slots(cluster)
    assert found[Stage.DISCOVERY] == found[Stage.REPORTING] == 1
    assert 2 <= found[Stage.EXTRACTION] <= 5
    assert 1 <= found[Stage.SCHEDULE] <= 3
    if cluster.name != "development":
        assert (found[Stage.EXTRACTION], found[Stage.SCHEDULE]) == (5, 3)


def test_a_stage_may_be_as_large_as_it_is_and_a_retry_as_large_as_it_becomes(cluster: Environment) -> None:
    assert parse_quantity(runtime(cluster).memory_cap) == most(cluster, "memory")
    for stage in slots(cluster):
        assert size(cluster, stage, "memory") < most(cluster, "memory"), stage
        assert size(cluster, stage, "cpu") <= most(cluster, "cpu"), stage


def test_the_quota_holds_full_pools_and_a_larger_retry_of_each_big_stage(cluster: Environment) -> None:
    hard = one(cluster, "ResourceQuota")["hard"]
    larger = sum(
        most(cluster, "memory") - size(cluster, stage, "memory") for stage in (Stage.EXTRACTION, Stage.SCHEDULE)
    )
    needed = full(cluster, "memory") + larger
    for kind in ("requests", "limits"):
        assert needed <= parse_quantity(hard[f"{kind}.memory"]) < needed + parse_quantity("6Gi")
        assert full(cluster, "cpu") <= parse_quantity(hard[f"{kind}.cpu"])
    assert sum(slots(cluster).values()) + 2 <= int(hard["pods"])  # two may be on their way out


def test_no_pool_is_capped_by_airflow(cluster: Environment) -> None:
    core = cluster.values["config"]["core"]
    assert core["parallelism"] >= core["max_active_tasks_per_dag"] > max(slots(cluster).values())


def test_requests_fit_the_nodes_of_the_guide(cluster: Environment, installed: Objects) -> None:
    nodes = {found["name"]: found for found in NODES.finditer(GUIDE.read_text(encoding="utf-8"))}[cluster.name]
    for resource, unit in (("memory", "Gi"), ("cpu", "")):
        asked = full(cluster, resource) + sum(
            pod.replicas * max(_together(pod.spec, resource), _largest_init(pod.spec, resource))
            for pod in templates([one for one in installed if one["kind"] != "Pod"])  # those are in the pools
        )
        up = int(nodes["nodes"]) - (cluster.name == "production")  # one of its nodes may be away
        there = up * parse_quantity(f"{nodes[resource]}{unit}") * LEFT_BY_THE_SYSTEM
        assert there * Decimal("0.4") < asked <= there, (resource, asked, there)


def _together(spec: dict[str, Any], resource: str) -> Decimal:
    return sum((parse_quantity(each["resources"]["requests"][resource]) for each in spec["containers"]), Decimal(0))


def _largest_init(spec: dict[str, Any], resource: str) -> Decimal:
    asked = [parse_quantity(each["resources"]["requests"][resource]) for each in spec.get("initContainers", [])]
    return max(asked, default=Decimal(0))
