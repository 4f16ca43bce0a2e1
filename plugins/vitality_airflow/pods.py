"""What the pod of a stage looks like. Every default has its reason beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from airflow.providers.cncf.kubernetes.kubernetes_helper_functions import POD_NAME_MAX_LENGTH
from kubernetes.client import models as k8s

from vitality_airflow.runtime import Runtime
from vitality_lib.models import Stage

APP = "pipeline"
USER = 10_001  # above 10,000, so that it is nobody on the node, whatever users the node has
GRACE_SECONDS = 30  # the worker gives its diocese back and ends within 25 s of SIGTERM


@dataclass(frozen=True)
class Size:
    """Memory and CPU of a stage's pod, as Kubernetes quantities."""

    memory: str
    cpu: str


SIZES = {
    Stage.DISCOVERY: Size("512Mi", "200m"),
    Stage.EXTRACTION: Size("2.2Gi", "800m"),
    Stage.SCHEDULE: Size("1.5Gi", "600m"),
    Stage.REPORTING: Size("512Mi", "200m"),
}


def pod_settings(stage: Stage, runtime: Runtime) -> dict[str, Any]:
    """The arguments of KubernetesPodOperator that make a stage's pod what it is."""
    return {
        "namespace": runtime.namespace,
        "image": runtime.image,
        "image_pull_policy": "IfNotPresent",
        "service_account_name": runtime.service_account,
        # A worker reads websites: it has no business with the Kubernetes API.
        "automount_service_account_token": False,
        "container_resources": _resources(SIZES[stage]),
        "affinity": _apart(),
        "security_context": _pod_security(),
        "container_security_context": _container_security(),
        **_scratch(),
        "termination_grace_period": GRACE_SECONDS,
        # A node that has never had the image pulls one with a browser in it: minutes, not the default's 120 s.
        "startup_timeout_seconds": 600,
        # A pod that waits for minutes holds no worker slot; the triggerer watches it.
        "deferrable": True,
        "poll_interval": 10,
        # While it runs, its log comes to the task log once a minute.
        "get_logs": True,
        "logging_interval": 60,
        # The default lists all events of the namespace at every poll, for every mapped pod.
        "log_events_on_startup": False,
        "log_events_on_failure": True,
        # The default writes the whole spec, environment included, into the task log.
        "log_pod_spec_on_failure": False,
        # The last lines of the log become the error message of the task.
        "termination_message_policy": "FallbackToLogsOnError",
        # Results go to PostgreSQL. With `deferrable` an XCom of the pod could be lost.
        "do_xcom_push": False,
        "on_finish_action": "delete_pod",
        "on_kill_action": "delete_pod",
        # No Airflow connection: inside a cluster the pod's own account is used, outside the kubeconfig.
        "kubernetes_conn_id": None,
        "random_name_suffix": True,
    }


def environment(fixed: dict[str, str], runtime: Runtime) -> list[k8s.V1EnvVar]:
    """The environment of the container: plain values, the pod's own name, and secrets by reference only."""
    plain = [k8s.V1EnvVar(name=name, value=value) for name, value in fixed.items()]
    pod = k8s.V1EnvVarSource(field_ref=k8s.V1ObjectFieldSelector(field_path="metadata.name"))
    secret = [
        _secret("DATABASE_URL", runtime.database_secret, "url"),
        # Everything works without a key, and without a place to post to.
        _secret("GEMINI_API_KEY", runtime.gemini_secret, "api-key", optional=True),
        _secret("MONITORING_URL", runtime.monitoring_secret, "url", optional=True),
    ]
    named = [k8s.V1EnvVar(name="WORKER_ID", value_from=pod), *secret]
    return [*plain, *(variable for variable in named if variable.name not in fixed)]


def exit_code(pod: k8s.V1Pod | None, container: str) -> int | None:
    """How the container ended, or None when the pod does not say (evicted, never started, gone)."""
    for status in (pod.status.container_statuses or []) if pod and pod.status else []:
        if status.name == container and status.state and status.state.terminated:
            return int(status.state.terminated.exit_code)
    return None


def pod_name(stage: Stage, step: str | None) -> str:
    """The pod's name before Airflow adds a random end to it."""
    return "-".join(filter(None, ("vitality", stage.value, step)))[: POD_NAME_MAX_LENGTH - 10]


def _secret(name: str, secret: str, key: str, *, optional: bool = False) -> k8s.V1EnvVar:
    selector = k8s.V1SecretKeySelector(name=secret, key=key, optional=optional)
    return k8s.V1EnvVar(name=name, value_from=k8s.V1EnvVarSource(secret_key_ref=selector))


def _resources(size: Size) -> k8s.V1ResourceRequirements:
    # Requests equal limits: the scheduler's sums are true, and such a pod is the last to be evicted.
    amount = {"memory": size.memory, "cpu": size.cpu}
    return k8s.V1ResourceRequirements(requests=dict(amount), limits=dict(amount))


def _apart() -> k8s.V1Affinity:
    # Soft: on one node they may still stand side by side.
    near = k8s.V1PodAffinityTerm(
        label_selector=k8s.V1LabelSelector(match_labels={"app": APP}), topology_key="kubernetes.io/hostname"
    )
    return k8s.V1Affinity(
        pod_anti_affinity=k8s.V1PodAntiAffinity(
            preferred_during_scheduling_ignored_during_execution=[
                k8s.V1WeightedPodAffinityTerm(weight=100, pod_affinity_term=near)
            ]
        )
    )


def _pod_security() -> k8s.V1PodSecurityContext:
    return k8s.V1PodSecurityContext(
        run_as_non_root=True,
        run_as_user=USER,
        run_as_group=USER,
        fs_group=USER,
        seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault"),
    )


def _container_security() -> k8s.V1SecurityContext:
    return k8s.V1SecurityContext(
        allow_privilege_escalation=False,
        privileged=False,
        read_only_root_filesystem=True,
        run_as_non_root=True,
        capabilities=k8s.V1Capabilities(drop=["ALL"]),
    )


def _scratch() -> dict[str, Any]:
    # The root is read-only. Chromium writes its profile to /tmp and needs more shared memory than the usual 64 MiB.
    return {
        "volumes": [
            k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="1Gi")),
            k8s.V1Volume(name="shm", empty_dir=k8s.V1EmptyDirVolumeSource(medium="Memory", size_limit="256Mi")),
        ],
        "volume_mounts": [
            k8s.V1VolumeMount(name="tmp", mount_path="/tmp"),  # noqa: S108
            k8s.V1VolumeMount(name="shm", mount_path="/dev/shm"),  # noqa: S108
        ],
    }
