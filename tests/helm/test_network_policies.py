"""Who may talk to whom: the policies of an installed cluster against a table of flows, and the library's own guard."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

import pytest
import yaml
from cluster_environment import Environment, environment
from hypothesis import example, given, settings
from hypothesis import strategies as st
from network_rules import Peer, Pod, allowed
from rendered_chart import Objects
from vitality_airflow.pod_shape import APP

from vitality_lib.web.guard import is_public

FLOWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "flows.yaml").read_text(encoding="utf-8"))
WORKER = Pod("vitality-workers", {"app": APP})
PODS = {
    "worker": WORKER,
    "dns": Pod("kube-system", {"k8s-app": "kube-dns"}),
    "ingress": Pod("ingress-nginx", {"app.kubernetes.io/name": "ingress-nginx"}),
    "prometheus": Pod("monitoring", {"app.kubernetes.io/name": "prometheus"}),
    "stranger": Pod("default", {"tier": "airflow", "component": "scheduler"}),
    "neighbour": Pod("airflow", {"app": "something else"}),
    "postgresql": Pod("airflow", {"app.kubernetes.io/name": "postgresql"}),
    **{
        name: Pod("airflow", {"tier": "airflow", "component": name, "release": "airflow"})
        for name in ("scheduler", "triggerer", "dag-processor", "api-server", "statsd", "run-airflow-migrations")
    },
}


def peer(name: str) -> Peer:
    return PODS.get(name, name)


def flows(cluster: Environment) -> list[dict[str, Any]]:
    return [flow for flow in FLOWS if cluster.name in flow.get("in", [cluster.name])]


def wrong(objects: Objects, flows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The flows that are shut though they should be open, and the reverse."""
    return [
        flow
        for flow in flows
        if allowed(objects, peer(flow["from"]), peer(flow["to"]), flow["port"], flow.get("protocol", "TCP"))
        != flow["open"]
    ]


def test_each_flow_is_open_or_shut_as_the_table_says(cluster: Environment, installed: Objects) -> None:
    assert wrong(installed, flows(cluster)) == []


def test_what_is_open_is_shut_the_other_way_round(cluster: Environment, installed: Objects) -> None:
    # To outside of the cluster and back again is no flow of ours: those are shut by the table's own lines.
    turned = [
        {**flow, "from": flow["to"], "to": flow["from"], "open": False}
        for flow in flows(cluster)
        if flow["open"] and flow["from"] in PODS and flow["to"] in PODS
    ]
    assert len(turned) > 10
    assert wrong(installed, turned) == []


def test_a_worker_s_ways_out_need_no_chart_to_be_known(cluster: Environment) -> None:
    outward = [flow for flow in flows(cluster) if flow["from"] == "worker" and flow["to"] not in PODS]
    assert len(outward) > 15
    assert wrong(cluster.objects, outward) == []


def test_without_our_policies_the_table_does_not_hold(cluster: Environment, installed: Objects) -> None:
    lax = [one for one in installed if one["metadata"]["name"] != "deny-all" and one["kind"] == "NetworkPolicy"]
    assert len(wrong(lax, flows(cluster))) >= 3


PRODUCTION = environment("production").objects

addresses = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6), st.ip_addresses(v=6, network="2000::/3"))


@settings(deadline=None)
@given(addresses)
@example(IPv4Address("10.255.255.255"))
@example(IPv4Address("100.127.255.255"))
@example(IPv4Address("198.19.255.255"))
@example(IPv6Address("2001:1ff:ffff::"))
@example(IPv6Address("3fff:fff::1"))
def test_what_the_policy_lets_out_the_guard_calls_public(address: IPv4Address | IPv6Address) -> None:
    if allowed(PRODUCTION, WORKER, str(address), 443):
        assert is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "2a00:1450::1"])
def test_public_addresses_are_let_out(address: str) -> None:
    assert is_public(address)
    assert allowed(PRODUCTION, WORKER, address, 443)
