"""Pods that will never start, told before their time to start is over: a bad image, a Secret that is not there."""

from __future__ import annotations

import re
from typing import Any

from airflow.providers.cncf.kubernetes.utils.pod_manager import detect_pod_terminate_early_issues

from vitality_airflow.retries import Ending, Rule

IMAGE = "see that VITALITY_WORKER_IMAGE names an image of ours that the nodes can have (VITALITY_IMAGE_PULL_SECRET)"
_PULLED_IN_VAIN = {"ErrImagePull", "ImagePullBackOff"}
_UNREACHABLE = re.compile(r"dial tcp(?!.*no such host)|connection reset by peer|context deadline exceeded", re.I)
_MISSING = re.compile(r'secret "[^"]+" not found|couldn\'t find key \S+ in Secret \S+', re.I)


def hopeless(pod: Any) -> Ending | None:
    """Why no waiting helps this pod, or None.

    An image that a registry in trouble does not give just now is no reason: the node asks again by itself.
    """
    for status in pod.status.container_statuses or []:
        waiting = status.state and status.state.waiting
        if not waiting:
            continue
        missing = _MISSING.search(waiting.message or "")
        if waiting.reason == "CreateContainerConfigError" and missing:
            mend = "`make secrets` prints the commands that create it"
            return Ending(f"the worker cannot start without its Secret ({missing[0]})", Rule.NEVER, mend)
        if detect_pod_terminate_early_issues(pod) and not unreachable(waiting):
            said = f"{waiting.reason}: {waiting.message or status.image}"
            return Ending(f"the image cannot be had ({said})", Rule.NEVER, IMAGE)
    return None


def unreachable(waiting: Any) -> bool:
    """Whether it is the registry, or the node's way to it, that fails: the image itself may be good.

    The provider waits where the registry answers that it is busy, and ends the try where it does not answer at all.
    """
    return waiting.reason in _PULLED_IN_VAIN and bool(_UNREACHABLE.search(waiting.message or ""))
