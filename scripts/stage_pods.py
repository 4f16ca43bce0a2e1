"""The pods that Airflow would start: built by the operator's own code, in its scheduler's environment."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import Any
from unittest import mock

from cluster_environment import ROOT
from rendered_chart import Objects, templates

sys.path.append(str(ROOT / "plugins"))
from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator  # noqa: F401 - registers the models
from kubernetes.client import ApiClient
from vitality_airflow.runtime import runtime
from vitality_airflow.stage_operator import StageOperator

from vitality_lib.models import Stage


def stage_pods(installed: Objects) -> Objects:
    """One pod for each stage, as the Kubernetes API would be sent it, beside these objects of the chart."""
    (scheduler,) = [pod for pod in templates(installed) if pod.labels.get("component") == "scheduler"]
    variables = {one["name"]: one["value"] for one in scheduler.spec["containers"][0]["env"] if "value" in one}
    with mock.patch.dict(os.environ, variables):
        runtime.cache_clear()
        pods = [_pod(stage) for stage in Stage if stage is not Stage.ALL]
    runtime.cache_clear()
    return pods


def _pod(stage: Stage) -> dict[str, Any]:
    operator = StageOperator(
        task_id=stage.value, stage=stage.value, diocese="Diocese of Larkspur", execution_timeout=timedelta(hours=1)
    )
    return dict(ApiClient().sanitize_for_serialization(operator.build_pod_request_obj(dry_run=True)))
