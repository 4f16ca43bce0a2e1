"""Why a pod ended or never began, read from the pod as the API server shows it.

Sources: kubelet's eviction manager and `pkg/kubelet/images/types.go`, the pod conditions DisruptionTarget and
PodScheduled (Kubernetes 1.36). A pod may be of either client, `kubernetes` or `kubernetes_asyncio`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from vitality_airflow.exit_codes import KILLED, WRONG_USAGE, by_exit_code
from vitality_airflow.hopeless import IMAGE, hopeless, unreachable
from vitality_airflow.retries import Ending, Rule
from vitality_airflow.sizes import readable

CONTAINER = "base"
_LOST_AFTER = timedelta(minutes=2)  # past the grace of a pod that is being deleted
_NOT_STARTED = {"StartError", "ContainerCannotRun"}
_NODE_LOST = {"ContainerStatusUnknown", "Unknown"}
_OWN_FILES = ("emptydir volume", "ephemeral")
_NO_WORD = ("the pod failed and does not say why", Rule.USUAL, "see the events in the log above")
_TOO_LONG = ("the task's time was over before its worker had ended", Rule.USUAL, "the next try goes on from there")


def ending_of(pod: Any, warning: str = "") -> Ending | None:
    """Why this pod ended, or is to be given up; None when it ended well.

    `warning`: the last thing that the cluster complained of, for a pod that itself says nothing.
    """
    if ended_well(pod):
        return None
    over = _state(pod, "terminated")
    return (
        _of_the_container(over)
        or _of_the_pod(pod)
        or (by_exit_code(over.exit_code, _last_line(over.message)) if over else None)
        or hopeless(pod)
        or _never_began(pod, warning)
        or Ending(*_NO_WORD if _ended(pod) else _TOO_LONG)
    )


def ended_well(pod: Any) -> bool:
    """Whether the worker did all that it was asked for.

    Its own word counts, and not the pod's phase: that stays at Running for a second after the end, and is Failed where
    the pod was taken away or its time was over just then. Who is ended before the work is done says so (75).
    """
    over = _state(pod, "terminated")
    return pod.status.phase == "Succeeded" or bool(over and over.exit_code == 0)


def forsaken(pod: Any, now: datetime | None = None) -> Ending | None:
    """Why a pod that seems to run must be given up: it is deleted, and its node has not said that it ended."""
    deleted = pod.metadata.deletion_timestamp  # the moment at which its grace is over
    if not deleted or _ended(pod) or (now or datetime.now(UTC)) < deleted + _LOST_AFTER:
        return None
    return Ending(f"the pod's node {pod.spec.node_name or ''} no longer answers", Rule.AT_ONCE)


def began(pod: Any) -> bool:
    """Whether the worker ever ran, so that there is a log."""
    return bool(_state(pod, "running") or _state(pod, "terminated"))


def _ended(pod: Any) -> bool:
    return pod.status.phase in ("Succeeded", "Failed")


def _of_the_container(over: Any) -> Ending | None:
    """What the container says and nothing may overrule, as a pod that is taken away may end with any other code."""
    if not over:
        return None
    if over.reason == "OOMKilled":  # also where the kernel killed a child of it, its browser that is
        how = "was killed" if over.exit_code == KILLED else f"failed with exit code {over.exit_code}"
        return Ending(f"the worker ran out of memory and {how} (OOMKilled)", Rule.MORE_MEMORY)
    if over.reason in _NOT_STARTED:
        return Ending(f"the worker cannot be started ({over.message or over.reason})", Rule.NEVER, IMAGE)
    if over.exit_code == WRONG_USAGE:
        return by_exit_code(over.exit_code, _last_line(over.message))
    return None


def _of_the_pod(pod: Any) -> Ending | None:
    """What befell the pod as a whole."""
    reason, message = pod.status.reason or "", readable((pod.status.message or "").strip())
    if reason == "DeadlineExceeded":
        return Ending("the pod ran longer than its deadline (DeadlineExceeded)", mend="the next try goes on from there")
    if reason == "Evicted" and any(words in message.lower() for words in _OWN_FILES):
        return Ending(f"the worker filled its scratch space and was evicted ({message})")
    disrupted = _condition(pod, "DisruptionTarget", "True")
    if reason == "Evicted" or disrupted:
        told = message or (disrupted and disrupted.message) or "it does not say why"
        return Ending(f"the cluster took the pod away ({reason or disrupted.reason}: {told})", Rule.AT_ONCE)
    if pod.metadata.deletion_timestamp:
        return Ending("the pod was deleted", Rule.AT_ONCE)
    over = _state(pod, "terminated")
    if over and over.reason in _NODE_LOST:
        return Ending("the pod's node was restarted or lost, and with it the worker", Rule.AT_ONCE)
    return _of_the_node(reason, message) if pod.status.phase == "Failed" and reason else None


def _of_the_node(reason: str, message: str) -> Ending:
    # OutOfcpu, NodeAffinity, UnexpectedAdmissionError, Terminated (a node that shuts down) and their like.
    return Ending(f"the node did not keep the pod ({reason}: {message})", Rule.AT_ONCE)


def _never_began(pod: Any, warning: str) -> Ending | None:
    if began(pod) or _ended(pod):
        return None
    unplaced = _condition(pod, "PodScheduled", "False")
    if unplaced:
        return Ending(f"no node has room for the pod ({unplaced.message})", mend="see `kubectl describe nodes`")
    waiting = _state(pod, "waiting")
    if waiting and unreachable(waiting):
        why = f"the registry of the image cannot be reached ({waiting.reason}: {waiting.message})"
        return Ending(why, mend="see the nodes' way to it, or load the image onto them")
    reason = f"{waiting.reason}: {waiting.message}" if waiting and waiting.message else warning
    wait = reason or (waiting.reason if waiting else "no word from its node")
    see = f"see `kubectl --namespace {pod.metadata.namespace} get events`"
    return Ending(f"the pod did not start in time ({wait.strip()})", mend=see)


def _state(pod: Any, name: str) -> Any:
    for status in pod.status.container_statuses or []:
        if status.name == CONTAINER and status.state:
            return getattr(status.state, name)
    return None


def _condition(pod: Any, kind: str, status: str) -> Any:
    given = pod.status.conditions or []
    return next((one for one in given if one.type == kind and one.status == status), None)


def _last_line(message: str | None) -> str:
    """The last words of the worker: Kubernetes keeps up to 80 lines of its log in the termination message."""
    lines = [line.strip() for line in (message or "").splitlines() if line.strip()]
    return lines[-1][:500] if lines else ""
