"""What the pod of a stage looks like. Every default has its reason beside it."""

from __future__ import annotations

from typing import Any

from airflow.providers.cncf.kubernetes.kubernetes_helper_functions import POD_NAME_MAX_LENGTH
from airflow.providers.cncf.kubernetes.pod_generator import make_safe_label_value
from kubernetes.client import models as k8s

from vitality_airflow.placement import tolerations
from vitality_airflow.runtime import Runtime
from vitality_airflow.sizes import Size
from vitality_lib.models import Stage

APP = "pipeline"
USER = 10_001  # above 10,000, so that it is nobody on the node, whatever users the node has
GRACE_SECONDS = 30  # the worker gives its diocese back and ends within 25 s of SIGTERM


def pod_settings(stage: Stage, runtime: Runtime) -> dict[str, Any]:
    """The arguments of KubernetesPodOperator that make a stage's pod what it is."""
    return {
        "namespace": runtime.namespace,
        "image": runtime.image,
        "image_pull_policy": runtime.image_pull_policy.value,
        "image_pull_secrets": [k8s.V1LocalObjectReference(name) for name in [runtime.image_pull_secret] if name],
        "node_selector": dict(runtime.node_selector),
        "tolerations": tolerations(runtime.tolerations),
        "service_account_name": runtime.service_account,
        # A worker reads websites: it has no business with the Kubernetes API.
        "automount_service_account_token": False,
        "container_resources": _resources(runtime.size(stage)),
        "affinity": _apart(),
        "security_context": _pod_security(),
        "container_security_context": _container_security(),
        **_scratch(),
        "termination_grace_period": GRACE_SECONDS,
        # A node that has never had the image pulls one with a browser in it: minutes, not the default's 120 s.
        "startup_timeout_seconds": runtime.startup_seconds,
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


def pod_name(stage: Stage, step: str | None) -> str:
    """The pod's name before Airflow adds a random end to it."""
    return "-".join(filter(None, ("vitality", stage.value, step)))[: POD_NAME_MAX_LENGTH - 10]


def command(stage: Stage, step: str | None, diocese: str | None) -> dict[str, list[str]]:
    """The worker's command. It stands in the pod, so any image that holds the library will do."""
    chosen = (("--type", stage.value), ("--step", step), ("--diocese", diocese))
    return {
        "cmds": ["python", "-m", "vitality_lib"],
        "arguments": ["worker", *(part for option, value in chosen if value for part in (option, value))],
    }


def labels(stage: Stage, diocese: str | None) -> dict[str, str]:
    """What finds the pod: `kubectl get pods -l app=pipeline,worker-type=extraction`."""
    found_by = {"app": APP, "worker-type": stage.value}
    return {**found_by, "diocese": make_safe_label_value(diocese)} if diocese else found_by


def complete(pod: k8s.V1Pod, run: str | None) -> k8s.V1Pod:
    """Add what KubernetesPodOperator has no parameter for; `run` is the id of the DAG run, where there is one."""
    # The pause process is the init of all: it reaps what Chromium leaves, and no worker is a PID 1 deaf to SIGTERM.
    pod.spec.share_process_namespace = True
    pod.spec.enable_service_links = False  # else the address of every Service stands in the worker's environment
    if run:
        pod.metadata.labels["run"] = make_safe_label_value(run)
    return pod


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
