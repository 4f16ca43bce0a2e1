"""The memory of a try after one that ran out of it: more, up to a cap, remembered from try to try."""

from __future__ import annotations

from dataclasses import replace

from airflow.sdk import Context
from kubernetes.client import models as k8s

from vitality_airflow.retries import Ending, Rule
from vitality_airflow.runtime import runtime
from vitality_airflow.sizes import larger, readable

_KEY = "memory"  # in Airflow's store of a task's state, which outlives the try


def more(ending: Ending, setting: str, pod: k8s.V1Pod, context: Context | None) -> Ending:
    """The ending of a pod that ran out of memory: the next try gets more, or there is none that could."""
    cap = runtime().memory_cap
    had = pod.spec.containers[0].resources.limits["memory"]
    wanted, store = larger(had, cap), _store(context)
    why = readable(f"{ending.why} at its limit of {had}")
    if not wanted:
        mend = f"raise VITALITY_MEMORY_CAP ({cap}) if the nodes have more"
        return replace(ending, why=why, rule=Rule.NEVER, mend=mend)
    if store is not None:
        store.set(_KEY, wanted)
    return replace(ending, why=why, mend=f"the next try gets {wanted}; {setting} sets it for good")


def grown(pod: k8s.V1Pod, context: Context | None) -> k8s.V1Pod:
    """The same pod, with the memory that an earlier try of this task was found to need."""
    store = _store(context)
    wanted = store.get(_KEY) if store is not None else None
    if wanted:
        resources = pod.spec.containers[0].resources
        resources.limits["memory"] = resources.requests["memory"] = wanted
    return pod


def _store(context: Context | None):
    return context.get("task_state_store") if context else None
