"""Which other objects an object names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from rendered_chart import Object, Template, namespace, templates


class Reference(NamedTuple):
    """A name that must lead to an object."""

    kind: str
    namespace: str
    name: str


def references(one: Object) -> Iterator[Reference]:
    """Everything without which the object could not do its work; what is optional is left out."""
    place = namespace(one)
    if one["kind"] != "Namespace":
        yield Reference("Namespace", "", place)
    for pod in templates([one]):
        yield from _of_pod(pod)
    spec = one.get("spec", {})
    if one["kind"] == "StatefulSet":
        yield Reference("Service", place, spec["serviceName"])
    if one["kind"] == "RoleBinding":
        yield Reference(one["roleRef"]["kind"], place, one["roleRef"]["name"])
        for subject in one["subjects"]:
            yield Reference(subject["kind"], subject["namespace"], subject["name"])
    if one["kind"] == "Ingress":
        for tls in spec["tls"]:
            yield Reference("Secret", place, tls["secretName"])
        for path in (path for rule in spec["rules"] for path in rule["http"]["paths"]):
            yield Reference("Service", place, path["backend"]["service"]["name"])


def _of_pod(pod: Template) -> Iterator[Reference]:
    yield Reference("ServiceAccount", pod.namespace, pod.spec.get("serviceAccountName", "default"))
    for secret in pod.spec.get("imagePullSecrets") or []:
        yield Reference("Secret", pod.namespace, secret["name"])
    for volume in pod.spec.get("volumes", []):
        yield from _of_volume(pod.namespace, volume)
    for container in pod.containers():
        sources = [variable.get("valueFrom", {}) for variable in container.get("env") or []]
        for source in [*sources, *(container.get("envFrom") or [])]:
            for key, kind in _SOURCES.items():
                if key in source and not source[key].get("optional"):
                    yield Reference(kind, pod.namespace, source[key]["name"])


_SOURCES = {
    "secretKeyRef": "Secret",
    "secretRef": "Secret",
    "configMapKeyRef": "ConfigMap",
    "configMapRef": "ConfigMap",
}


def _of_volume(place: str, volume: dict[str, Any]) -> Iterator[Reference]:
    if "configMap" in volume and not volume["configMap"].get("optional"):
        yield Reference("ConfigMap", place, volume["configMap"]["name"])
    if "secret" in volume and not volume["secret"].get("optional"):
        yield Reference("Secret", place, volume["secret"]["secretName"])
    if "persistentVolumeClaim" in volume:
        yield Reference("PersistentVolumeClaim", place, volume["persistentVolumeClaim"]["claimName"])
