"""The pod of each stage, held against the Kubernetes schemas and against the table of the design."""

import json
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import kubernetes_validate
import pytest
import yaml
from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator  # noqa: F401 - registers the models
from airflow_home import ROOT
from kubernetes.client import ApiClient
from vitality_airflow.runtime import Where, runtime
from vitality_airflow.sizes import DESIGN
from vitality_airflow.stage_operator import StageOperator

from vitality_lib.models import Stage

KUBERNETES = "1.36"
SPOT = '[{"key": "spot", "operator": "Equal", "value": "true", "effect": "NoSchedule"}]'
HELM = ROOT / "helm-values"
VALUES = sorted(HELM.glob("values*.yaml"))
STAGES = [stage for stage in Stage if stage is not Stage.ALL]
TABLE = {  # DESIGN: requests and limits per stage
    Stage.DISCOVERY: ("512Mi", "200m"),
    Stage.EXTRACTION: ("2.2Gi", "800m"),
    Stage.SCHEDULE: ("1.5Gi", "600m"),
    Stage.REPORTING: ("512Mi", "200m"),
}


def pod(stage: Stage, **kwargs: Any) -> dict[str, Any]:
    """The pod as it would be sent to the Kubernetes API."""
    operator = StageOperator(task_id="it", stage=stage.value, execution_timeout=timedelta(hours=1), **kwargs)
    return ApiClient().sanitize_for_serialization(operator.build_pod_request_obj(dry_run=True))


def container(stage: Stage, **kwargs: Any) -> dict[str, Any]:
    (only,) = pod(stage, **kwargs)["spec"]["containers"]
    return only


def environment(stage: Stage) -> dict[str, dict[str, Any]]:
    return {variable["name"]: variable for variable in container(stage)["env"]}


@pytest.mark.parametrize("stage", STAGES)
def test_the_pod_is_valid_by_the_strict_schema(stage: Stage) -> None:
    kubernetes_validate.validate(pod(stage, diocese="Diocese of Larkspur"), KUBERNETES, strict=True)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("values", VALUES, ids=lambda path: path.stem)
def test_the_pod_of_each_environment_is_valid(values: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Helm replaces a list of the shared values by that of the environment; without one the shared list stands."""
    shared, own = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in (HELM / "values.yaml", values))
    for one in own.get("env") or shared["env"]:
        monkeypatch.setenv(one["name"], str(one["value"]))
    built = pod(stage, diocese="Diocese of Larkspur")
    kubernetes_validate.validate(built, KUBERNETES, strict=True)
    assert runtime().where is Where.KUBERNETES
    size = runtime().size(stage)
    assert built["spec"]["containers"][0]["resources"]["limits"] == {"memory": size.memory, "cpu": size.cpu}


def test_the_strict_schema_would_find_a_fault() -> None:
    wrong = pod(Stage.DISCOVERY)
    wrong["spec"]["containers"][0]["imagePullPolicyy"] = "Always"
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)


@pytest.mark.parametrize("stage", STAGES)
def test_memory_and_cpu_are_those_of_the_design(stage: Stage) -> None:
    memory, cpu = TABLE[stage]
    amount = {"memory": memory, "cpu": cpu}
    assert container(stage)["resources"] == {"requests": amount, "limits": amount}
    assert set(DESIGN) == set(TABLE)


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_runs_as_root_or_may_become_root(stage: Stage) -> None:
    whole, one = pod(stage)["spec"]["securityContext"], container(stage)["securityContext"]
    assert whole["runAsNonRoot"] is True
    assert min(whole["runAsUser"], whole["runAsGroup"], whole["fsGroup"]) > 10_000
    assert whole["seccompProfile"] == {"type": "RuntimeDefault"}
    assert one["allowPrivilegeEscalation"] is False
    assert one["privileged"] is False
    assert one["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.parametrize("stage", STAGES)
def test_the_root_is_read_only_and_scratch_space_is_bounded(stage: Stage) -> None:
    spec = pod(stage)["spec"]
    assert container(stage)["securityContext"]["readOnlyRootFilesystem"] is True
    mounts = {mount["mountPath"]: mount["name"] for mount in container(stage)["volumeMounts"]}
    volumes = {volume["name"]: volume["emptyDir"] for volume in spec["volumes"]}
    assert set(mounts) == {"/tmp", "/dev/shm"}
    assert all(volumes[name]["sizeLimit"] for name in mounts.values())
    assert volumes[mounts["/dev/shm"]]["medium"] == "Memory"


@pytest.mark.parametrize("stage", STAGES)
def test_secrets_are_named_and_never_written(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:hush-hush@db/x")
    monkeypatch.setenv("GEMINI_API_KEY", "hush-hush")
    monkeypatch.setenv("MONITORING_URL", "https://monitor.example/in?token=hush-hush")
    monkeypatch.setenv("MONITORING_TOKEN", "hush-hush")
    for name in ("DATABASE_URL", "GEMINI_API_KEY", "MONITORING_URL", "MONITORING_TOKEN"):
        assert set(environment(stage)[name]) == {"name", "valueFrom"}
        assert environment(stage)[name]["valueFrom"]["secretKeyRef"]["name"].startswith("vitality-")
    assert "hush-hush" not in str(pod(stage))
    assert StageOperator(task_id="it", stage=stage).log_pod_spec_on_failure is False


@pytest.mark.parametrize("name", ["GEMINI_API_KEY", "MONITORING_URL", "MONITORING_TOKEN"])
def test_everything_works_without_the_secret_of(name: str) -> None:
    assert environment(Stage.SCHEDULE)[name]["valueFrom"]["secretKeyRef"]["optional"] is True


def test_an_address_that_holds_no_secret_reaches_the_pod_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITORING_URL", "https://monitor.example/in")
    assert environment(Stage.SCHEDULE)["MONITORING_URL"] == {
        "name": "MONITORING_URL",
        "value": "https://monitor.example/in",
    }


def test_no_name_stands_twice_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITORING_URL", "https://monitor.example/in")
    names = [variable["name"] for variable in container(Stage.SCHEDULE)["env"]]
    assert len(names) == len(set(names))


def test_a_worker_is_named_after_its_pod() -> None:
    assert environment(Stage.DISCOVERY)["WORKER_ID"]["valueFrom"] == {"fieldRef": {"fieldPath": "metadata.name"}}


def test_the_settings_of_the_crawl_reach_the_pod(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITALITY_USCCB_URL", "http://list.example/all")
    monkeypatch.setenv("VITALITY_FORCE", "true")
    variables = environment(Stage.DISCOVERY)
    assert variables["VITALITY_USCCB_URL"]["value"] == "http://list.example/all"
    assert "params.force" in variables["VITALITY_FORCE"]["value"], "the trigger form decides this one"
    assert "VITALITY_PACE" not in variables, "what is not set stays the worker's own default"


def test_pods_of_the_pipeline_prefer_different_nodes() -> None:
    (rule,) = pod(Stage.EXTRACTION)["spec"]["affinity"]["podAntiAffinity"][
        "preferredDuringSchedulingIgnoredDuringExecution"
    ]
    assert rule["podAffinityTerm"]["topologyKey"] == "kubernetes.io/hostname"
    assert (
        rule["podAffinityTerm"]["labelSelector"]["matchLabels"].items()
        <= pod(Stage.EXTRACTION)["metadata"]["labels"].items()
    )


@pytest.mark.parametrize("stage", STAGES)
def test_a_pod_has_no_business_with_the_api_and_ends_in_time(stage: Stage) -> None:
    spec = pod(stage)["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["terminationGracePeriodSeconds"] == 30
    assert spec["activeDeadlineSeconds"] > timedelta(hours=1).total_seconds()
    assert spec["restartPolicy"] == "Never"
    assert container(stage)["terminationMessagePolicy"] == "FallbackToLogsOnError"


@pytest.mark.parametrize("stage", STAGES)
def test_the_pause_process_is_the_init_of_all(stage: Stage) -> None:
    assert pod(stage)["spec"]["shareProcessNamespace"] is True


def test_the_home_of_a_pod_is_in_its_scratch_space(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITALITY_HOME", "/home/ann/.vitality")  # Airflow's own
    assert environment(Stage.SCHEDULE)["VITALITY_HOME"] == {"name": "VITALITY_HOME", "value": "/tmp/vitality"}


def test_where_a_pod_may_run_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITALITY_NODE_SELECTOR", '{"pool": "crawl"}')
    monkeypatch.setenv("VITALITY_TOLERATIONS", SPOT)
    monkeypatch.setenv("VITALITY_IMAGE_PULL_SECRET", "registry")
    monkeypatch.setenv("VITALITY_IMAGE_PULL_POLICY", "Always")
    monkeypatch.setenv("VITALITY_STARTUP_SECONDS", "90")
    spec = pod(Stage.EXTRACTION)["spec"]
    assert spec["nodeSelector"] == {"pool": "crawl"}
    assert spec["tolerations"] == json.loads(SPOT)
    assert spec["imagePullSecrets"] == [{"name": "registry"}]
    assert spec["containers"][0]["imagePullPolicy"] == "Always"
    kubernetes_validate.validate(pod(Stage.EXTRACTION), KUBERNETES, strict=True)
    operator = StageOperator(task_id="it", stage="extraction")
    assert (operator.startup_timeout_seconds, operator.schedule_timeout_seconds) == (90, 90)


def test_the_command_is_the_workers() -> None:
    of = container(Stage.EXTRACTION, diocese="Diocese of {{ 7 * 7 }}")
    assert of["command"] == ["python", "-m", "vitality_lib"]
    assert of["args"] == ["worker", "--type", "extraction", "--diocese", "Diocese of {{ 7 * 7 }}"]
    assert container(Stage.DISCOVERY, step="directories")["args"][-2:] == ["--step", "directories"]
    assert "arguments" not in StageOperator.template_fields, "a diocese's name is data, never a template"


def test_pods_are_found_by_their_labels() -> None:
    context: Any = {
        "ti": SimpleNamespace(dag_id="vitality_all", task_id="schedule.diocese", map_index=3, try_number=1),
        "run_id": "scheduled__2026-11-27T05:00:00+00:00",
        "dag": SimpleNamespace(),
    }
    operator = StageOperator(task_id="it", stage="schedule", diocese="Diocese of St. Mary's (East)")
    built = ApiClient().sanitize_for_serialization(operator.build_pod_request_obj(context, dry_run=True))
    kubernetes_validate.validate(built, KUBERNETES, strict=True)
    labels = built["metadata"]["labels"]
    assert labels["app"] == "pipeline"
    assert labels["worker-type"] == "schedule"
    assert labels["diocese"].startswith("DioceseofSt.MarysEast")
    assert labels["run"].startswith("scheduled__2026-11-27T0500000000-")
    assert all(re.fullmatch(r"([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?", value) for value in labels.values())


def test_names_of_pods_differ() -> None:
    assert pod(Stage.DISCOVERY)["metadata"]["name"] != pod(Stage.DISCOVERY)["metadata"]["name"]


def test_waiting_for_a_pod_holds_no_slot_and_loses_no_result() -> None:
    operator = StageOperator(task_id="it", stage="extraction")
    assert operator.deferrable
    assert not operator.do_xcom_push
    assert operator.startup_timeout_seconds == 600
