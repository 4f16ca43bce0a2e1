"""The cluster that KUBECONFIG points at, by its API alone: no Service, no DNS, no registry."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from kubernetes import client, config, utils
from kubernetes.client.exceptions import ApiException

T = TypeVar("T")
_NEVER = {"ErrImageNeverPull", "ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError"}
_NOT_FOUND, _GONE_SECONDS, _TOKEN_SECONDS = 404, 120, 7200


class NotInTimeError(AssertionError):
    """Something did not happen in the time that a test has for it."""


def until(what: str, holds: Callable[[], T | None], seconds: float = 120) -> T:
    """Wait until `holds` returns something true, and return that. Raises NotInTimeError, which says `what`."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        if time.monotonic() > deadline:
            raise NotInTimeError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.2)
    return found


@dataclass(frozen=True)
class Live:
    """One cluster. Two of them for one cluster do not disturb each other."""

    api: client.ApiClient

    @property
    def core(self) -> client.CoreV1Api:
        return client.CoreV1Api(self.api)

    @property
    def version(self) -> str:
        """Of its API server. Raises urllib3's HTTPError when nobody answers."""
        return str(client.VersionApi(self.api).get_code().git_version)

    def apply(self, *objects: dict[str, Any]) -> None:
        """Create objects, as written in a manifest."""
        for one in objects:
            utils.create_from_dict(self.api, one)

    def secret(self, namespace: str, name: str, **values: str) -> None:
        body = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": namespace}}
        self.apply({**body, "stringData": values})

    def pod(self, namespace: str, name: str) -> client.V1Pod | None:
        """A pod as it is now; None when there is none."""
        try:
            return self.core.read_namespaced_pod(name, namespace)
        except ApiException as error:
            if error.status == _NOT_FOUND:
                return None
            raise

    def pods(self, namespace: str, selector: str = "app=pipeline") -> list[client.V1Pod]:
        return list(self.core.list_namespaced_pod(namespace, label_selector=selector).items)

    def running(self, namespace: str, name: str, seconds: float = 180) -> client.V1Pod:
        """A pod whose containers all run. Raises AssertionError at once when it ends, and when it does not come up."""

        def up() -> client.V1Pod | None:
            pod = self.pod(namespace, name)
            assert pod, f"pod {name} is gone"
            assert pod.status.phase not in ("Failed", "Succeeded"), f"pod {name} ended:\n{self.log(namespace, name)}"
            states = [one.state for one in pod.status.container_statuses or []]
            never = [one.waiting for one in states if one.waiting and one.waiting.reason in _NEVER]
            assert not never, f"pod {name} cannot start: {never[0].reason}: {never[0].message}"
            return pod if states and all(one.running for one in states) else None

        try:
            return until(f"pod {name} runs", up, seconds)
        except NotInTimeError as error:
            raise NotInTimeError(f"{error}; {self._complaint(namespace, name)}") from None

    def ended(self, namespace: str, name: str, seconds: float = 180) -> client.V1Pod:
        """A pod that has come to its end, well or not."""

        def over() -> client.V1Pod | None:
            pod = self.pod(namespace, name)
            assert pod, f"pod {name} is gone"
            return pod if pod.status.phase in ("Failed", "Succeeded") else None

        return until(f"pod {name} ends", over, seconds)

    def log(self, namespace: str, name: str) -> str:
        with suppress(ApiException):
            # As it is: what looks like JSON would be read, and printed as Python writes it.
            raw = self.core.read_namespaced_pod_log(name, namespace, container="base", _preload_content=False)
            return str(raw.data.decode(errors="replace"))
        return "no log"

    def remove(self, *namespaces: str) -> None:
        """Delete namespaces with all that is in them, and wait until they are gone."""
        for name in namespaces:
            with suppress(ApiException):
                for pod in self.pods(name, ""):  # at once: nobody waits for their grace
                    self.core.delete_namespaced_pod(pod.metadata.name, name, grace_period_seconds=1)
                self.core.delete_namespace(name)
        until(f"namespaces are gone: {', '.join(namespaces)}", lambda: not self._there(namespaces), _GONE_SECONDS)

    def kubeconfig_of(self, account: str, namespace: str, path: Path) -> Path:
        """Write a kubeconfig with which one is that service account, and nothing more."""
        request = client.AuthenticationV1TokenRequest(spec={"audiences": None, "expirationSeconds": _TOKEN_SECONDS})
        token = self.core.create_namespaced_service_account_token(account, namespace, request).status.token
        here = self.api.configuration
        trust: dict[str, Any] = {"insecure-skip-tls-verify": True}
        if here.verify_ssl and here.ssl_ca_cert:
            trust = {"certificate-authority-data": base64.b64encode(Path(here.ssl_ca_cert).read_bytes()).decode()}
        if here.tls_server_name:
            trust["tls-server-name"] = here.tls_server_name
        written = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "it",
            "clusters": [{"name": "it", "cluster": {"server": here.host, **trust}}],
            "contexts": [{"name": "it", "context": {"cluster": "it", "user": "it", "namespace": namespace}}],
            "users": [{"name": "it", "user": {"token": token}}],
        }
        path.write_text(yaml.safe_dump(written))
        path.chmod(0o600)
        return path

    def _there(self, namespaces: tuple[str, ...]) -> set[str]:
        return {one.metadata.name for one in self.core.list_namespace().items} & set(namespaces)

    def _complaint(self, namespace: str, name: str) -> str:
        """The last event of a pod: the cluster's own words for why it does not start."""
        events = self.core.list_namespaced_event(namespace, field_selector=f"involvedObject.name={name}").items
        return f"{events[-1].reason}: {events[-1].message}" if events else "no events"


def connected() -> Live:
    """The cluster of KUBECONFIG's current context."""
    own = client.Configuration()
    config.load_kube_config(client_configuration=own)
    return Live(client.ApiClient(own))


def limits(pod: client.V1Pod) -> dict[str, str]:
    """What the worker's container may use."""
    return dict(_worker(pod).resources.limits)


def _worker(pod: client.V1Pod) -> client.V1Container:
    return next(one for one in pod.spec.containers if one.name == "base")


def names(pods: Iterator[client.V1Pod] | list[client.V1Pod]) -> list[str]:
    return [pod.metadata.name for pod in pods]
