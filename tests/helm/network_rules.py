"""What NetworkPolicies allow, by the rules of the Kubernetes API: the union of all that select a pod, in and out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any, TypeAlias

from rendered_chart import Object, Objects, namespace


@dataclass(frozen=True)
class Pod:
    """A pod as policies see it. Its namespace has the label that Kubernetes gives every namespace."""

    namespace: str
    labels: dict[str, str]


Peer: TypeAlias = Pod | str  # a pod, or an address outside of the cluster


def allowed(objects: Objects, source: Peer, target: Peer, port: int, protocol: str = "TCP") -> bool:
    """Whether a connection can be made: its source may go out and its target lets it in."""
    policies = [one for one in objects if one["kind"] == "NetworkPolicy"]
    out = _permits(policies, "Egress", source, target, (port, protocol))
    return out and _permits(policies, "Ingress", target, source, (port, protocol))


def _permits(policies: list[Object], direction: str, pod: Peer, peer: Peer, door: tuple[int, str]) -> bool:
    if isinstance(pod, str):
        return True  # no policy holds outside of the cluster
    selecting = [one for one in policies if direction in _types(one["spec"]) and _selects(one, pod)]
    rules = [(namespace(one), rule) for one in selecting for rule in one["spec"].get(direction.lower()) or []]
    key = "to" if direction == "Egress" else "from"
    return not selecting or any(
        _port_fits(rule.get("ports"), *door) and _peer_fits(rule.get(key), place, peer) for place, rule in rules
    )


def _types(spec: dict[str, Any]) -> list[str]:
    return list(spec.get("policyTypes") or ["Ingress", *(["Egress"] if "egress" in spec else [])])


def _selects(policy: Object, pod: Pod) -> bool:
    return namespace(policy) == pod.namespace and _matches(policy["spec"]["podSelector"], pod.labels)


def _port_fits(ports: list[dict[str, Any]] | None, port: int, protocol: str) -> bool:
    if not ports:
        return True
    for one in ports:
        if "endPort" in one or not isinstance(one.get("port", 0), int):
            raise ValueError(f"a flow through ranges or names of ports cannot be told here: {one}")
    return any(one.get("protocol", "TCP") == protocol and one.get("port", port) == port for one in ports)


def _peer_fits(peers: list[dict[str, Any]] | None, place: str, peer: Peer) -> bool:
    return not peers or any(_one_fits(one, place, peer) for one in peers)


def _one_fits(one: dict[str, Any], place: str, peer: Peer) -> bool:
    if "ipBlock" in one:
        # A block names addresses; plugins differ in whether a pod's own counts, so that it is never relied on.
        return isinstance(peer, str) and _in_block(one["ipBlock"], peer)
    if isinstance(peer, str):
        return False
    if "namespaceSelector" in one:
        here = _matches(one["namespaceSelector"], {"kubernetes.io/metadata.name": peer.namespace})
    else:
        here = peer.namespace == place
    return here and _matches(one.get("podSelector", {}), peer.labels)


def _in_block(block: dict[str, Any], address: str) -> bool:
    found = ip_address(address)
    return found in ip_network(block["cidr"]) and not any(found in ip_network(one) for one in block.get("except", []))


def _matches(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    wanted = selector.get("matchLabels") or {}
    return wanted.items() <= labels.items() and all(_holds(one, labels) for one in _expressions(selector))


def _expressions(selector: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from selector.get("matchExpressions") or []


def _holds(expression: dict[str, Any], labels: dict[str, str]) -> bool:
    key, values = expression["key"], expression.get("values", [])
    match expression["operator"]:
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
    raise ValueError(f"no operator {expression['operator']!r}")
