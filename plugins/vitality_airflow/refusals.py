"""Why the Kubernetes API said no, or said nothing, from the Status object that it answers with."""

from __future__ import annotations

import json
from typing import Any

from vitality_airflow.retries import Ending, Rule
from vitality_airflow.sizes import readable

_FORBIDDEN, _NOT_FOUND, _INVALID = 403, 404, 422
_APPLY = "kubectl apply -f helm-values/workers/workers.yaml -f helm-values/workers/ENVIRONMENT.yaml"


def refusal(status: int | None, body: str | bytes | None, namespace: str) -> Ending:
    """The ending of a task whose request for a pod in `namespace` was answered with this HTTP status and body."""
    said = _message(body)
    if status == _FORBIDDEN:
        return _forbidden(said, namespace)
    if status == _NOT_FOUND and "namespaces" in said:
        return Ending(f"there is no namespace {namespace} ({said})", Rule.NEVER, f"`{_APPLY}`")
    if status in (400, _INVALID):
        mend = "see the settings VITALITY_* of Airflow's environment in docs/settings.md"
        return Ending(f"the Kubernetes API does not accept the pod ({said})", Rule.NEVER, mend)
    return Ending(f"the Kubernetes API answered {status} ({said})", mend="see the cluster's control plane")


def silence(fault: Exception) -> Ending:
    """The ending of a task that could not reach the API at all."""
    mend = "see the network and the kubeconfig or service account of Airflow's scheduler"
    return Ending(f"the Kubernetes API cannot be reached ({fault})", mend=mend)


def _forbidden(said: str, namespace: str) -> Ending:
    if "exceeded quota" in said:
        mend = f"see `kubectl --namespace {namespace} describe quota`"
        return Ending(f"the quota of the namespace {namespace} is full ({said})", Rule.WHEN_FREE, mend)
    if "status unknown for quota" in said:
        mend = "Kubernetes counts a new quota within seconds"
        return Ending(f"the quota of the namespace {namespace} is not counted yet ({said})", Rule.SOON, mend)
    if "serviceaccount" in said and "not found" in said:
        return Ending(f"the pods' service account is missing ({said})", Rule.NEVER, f"`{_APPLY}`")
    if "cannot" in said and "resource" in said:
        return Ending(f"Airflow may not start pods in the namespace {namespace} ({said})", Rule.NEVER, f"`{_APPLY}`")
    # LimitRange, Pod Security, an admission webhook: the pod itself is not welcome.
    mend = f"see `kubectl get namespace {namespace} --output yaml` and its LimitRange"
    return Ending(f"the namespace {namespace} does not admit the pod ({said})", Rule.NEVER, mend)


def _message(body: str | bytes | None) -> str:
    try:
        told: Any = json.loads(body or "{}")
    except ValueError:
        told = {}
    message = told.get("message") if isinstance(told, dict) else None
    return readable(str(message or body or "no reason given"))[:1000]
