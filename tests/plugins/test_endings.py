"""Why a pod ended, told from the pod as the API server shows it, by the rows of one table."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import kubernetes_validate
import pytest
from kubernetes.client import ApiClient
from kubernetes.client import models as k8s
from kubernetes_api import KUBERNETES, STORIES, told
from vitality_airflow.endings import ending_of, forsaken
from vitality_airflow.exit_codes import by_exit_code
from vitality_airflow.hopeless import hopeless
from vitality_airflow.retries import Rule
from vitality_airflow.stage_operator import StageOperator

NEVER, USUAL, AT_ONCE, MORE_MEMORY = Rule.NEVER, Rule.USUAL, Rule.AT_ONCE, Rule.MORE_MEMORY
ENDINGS = {
    "failed": (USUAL, "failed with exit code 1", "the database db.example:6432 does not answer"),
    "wrong-usage": (NEVER, "exit code 2", "did you mean 'Diocese of Larkspur'?"),
    "try-later": (USUAL, "exit code 75", "run `vitality db upgrade`"),
    "killed": (USUAL, "killed from outside (exit code 137, signal 9)", "41 of 96 parishes"),
    "told-to-end": (USUAL, "told to end (exit code 143, signal 15)", "the log above"),
    "oom-killed": (MORE_MEMORY, "ran out of memory", "OOMKilled"),
    "oom-child-then-failed": (MORE_MEMORY, "ran out of memory and failed with exit code 1", "OOMKilled"),
    "evicted-node-low": (AT_ONCE, "Evicted", "The node was low on resource: memory"),
    "evicted-scratch-full": (USUAL, "filled its scratch space", 'EmptyDir volume "tmp" exceeds the limit "1Gi"'),
    "drained": (AT_ONCE, "EvictionByEvictionAPI", "Eviction API: evicting"),
    "preempted": (AT_ONCE, "PreemptionByScheduler", "higher priority pod"),
    "node-gone": (AT_ONCE, "DeletionByTaintManager", "NoExecute taint"),
    "node-shut-down": (AT_ONCE, "Terminated", "imminent node shutdown"),
    "node-restarted": (AT_ONCE, "node was restarted or lost", "worker"),
    "deleted": (AT_ONCE, "the pod was deleted", ""),
    "deleted-deaf": (AT_ONCE, "the pod was deleted", ""),
    "deadline-exceeded": (USUAL, "longer than its deadline", "DeadlineExceeded"),
    "deadline-exceeded-deaf": (USUAL, "longer than its deadline", "DeadlineExceeded"),
    "out-of-cpu": (AT_ONCE, "OutOfcpu", "Node didn't have enough resource: cpu"),
    "start-error": (NEVER, "cannot be started", "VITALITY_WORKER_IMAGE"),
    "image-not-found": (NEVER, "ErrImagePull", "VITALITY_WORKER_IMAGE"),
    "image-back-off": (NEVER, "ImagePullBackOff", "0.1.0: not found"),
    "image-name-wrong": (NEVER, "InvalidImageName", "invalid reference format"),
    "image-not-loaded": (NEVER, "ErrImageNeverPull", "VITALITY_WORKER_IMAGE"),
    "registry-unreachable": (USUAL, "registry of the image cannot be reached", "network is unreachable"),
    "registry-busy": (USUAL, "did not start in time", "429 Too Many Requests"),
    "secret-missing": (NEVER, 'secret "vitality-database" not found', "`make secrets`"),
    "secret-key-missing": (NEVER, "key url in Secret vitality-workers/vitality-database", "`make secrets`"),
    "secret-not-yet-read": (USUAL, "did not start in time", "failed to sync secret cache"),
    "starting": (USUAL, "did not start in time", "kubectl --namespace vitality-workers get events"),
    "unschedulable": (USUAL, "no node has room", "2 Insufficient memory"),
    "running": (USUAL, "time was over", "goes on from there"),
}
WELL = ["succeeded", "completed-phase-still-running", "oom-child-then-completed"]
EARLY = {"image-not-found", "image-back-off", "image-name-wrong", "image-not-loaded", "secret-missing"}
EARLY |= {"secret-key-missing"}


@pytest.fixture(scope="module")
def shape() -> dict[str, Any]:
    """A pod as it is asked for."""
    operator = StageOperator(task_id="it", stage="extraction", diocese="Diocese of Larkspur")
    return ApiClient().sanitize_for_serialization(operator.build_pod_request_obj(dry_run=True))


def read(pod: dict[str, Any]) -> k8s.V1Pod:
    """The pod as the real client makes it of the API's answer."""
    return ApiClient().deserialize(SimpleNamespace(data=json.dumps(pod)), "V1Pod")


def ended_with(code: int, pod: dict[str, Any]) -> dict[str, Any]:
    """The pod, with another exit code of its worker."""
    pod["status"]["containerStatuses"][0]["state"]["terminated"]["exitCode"] = code
    return pod


def test_each_story_has_its_ending() -> None:
    assert {path.stem for path in STORIES.glob("*.json")} == {*ENDINGS, *WELL}


@pytest.mark.parametrize("name", [*ENDINGS, *WELL])
def test_each_story_is_a_pod_by_the_strict_schema(name: str, shape: dict[str, Any]) -> None:
    kubernetes_validate.validate(told(shape, name), KUBERNETES, strict=True)


@pytest.mark.parametrize("name", ENDINGS)
def test_a_pod_says_why_and_what_follows(name: str, shape: dict[str, Any], has_row: Callable[[str], bool]) -> None:
    rule, why, mend = ENDINGS[name]
    ending = ending_of(read(told(shape, name)))
    assert ending is not None
    assert ending.rule is rule
    assert why in ending.line
    assert mend in ending.line
    assert "\n" not in ending.line
    assert has_row(ending.why)


@pytest.mark.parametrize("name", WELL)
def test_a_good_end_is_no_failure(name: str, shape: dict[str, Any]) -> None:
    assert ending_of(read(told(shape, name))) is None


@pytest.mark.parametrize("name", ["deadline-exceeded", "deleted", "drained", "oom-killed"])
def test_a_worker_that_did_all_it_was_asked_for_counts_whatever_befell_its_pod(
    name: str, shape: dict[str, Any]
) -> None:
    assert ending_of(read(ended_with(0, told(shape, name)))) is None


@pytest.mark.parametrize(("code", "rule"), [(1, USUAL), (2, NEVER), (75, USUAL), (137, USUAL)])
def test_a_pod_whose_phase_is_behind_is_told_by_the_exit_code(code: int, rule: Rule, shape: dict[str, Any]) -> None:
    ending = ending_of(read(ended_with(code, told(shape, "completed-phase-still-running"))))
    assert ending and ending.rule is rule
    assert f"exit code {code}" in ending.line


def test_a_pod_that_says_nothing_is_told_by_the_clusters_last_warning(shape: dict[str, Any]) -> None:
    ending = ending_of(read(told(shape, "starting")), 'FailedMount: MountVolume.SetUp failed for volume "tmp"')
    assert ending and "FailedMount: MountVolume.SetUp failed" in ending.line


@pytest.mark.parametrize("name", [*ENDINGS, *WELL])
def test_only_what_no_waiting_helps_is_given_up_early(name: str, shape: dict[str, Any]) -> None:
    assert (hopeless(read(told(shape, name))) is not None) == (name in EARLY)


def test_a_pod_whose_node_is_silent_is_given_up_two_minutes_after_its_grace(shape: dict[str, Any]) -> None:
    pod = read(told(shape, "node-gone"))  # its grace was over at 05:41:30
    assert forsaken(pod, datetime(2026, 11, 27, 5, 43, 0, tzinfo=UTC)) is None
    ending = forsaken(pod, datetime(2026, 11, 27, 5, 44, 0, tzinfo=UTC))
    assert ending and ending.rule is AT_ONCE
    assert "node-2" in ending.line
    assert forsaken(read(told(shape, "deleted"))) is None, "that one has ended"
    assert forsaken(read(told(shape, "running"))) is None


@pytest.mark.parametrize(
    ("code", "rule", "says"),
    [
        (1, USUAL, "exit code 1"),
        (2, NEVER, "not tried again"),
        (75, USUAL, "try again later"),
        (137, USUAL, "signal 9"),
        (143, USUAL, "signal 15"),
        (139, USUAL, "signal 11"),
        (-9, USUAL, "signal 9"),
        (-15, USUAL, "signal 15"),
        (255, USUAL, "exit code 255"),
    ],
)
def test_an_exit_code_means(code: int, rule: Rule, says: str) -> None:
    ending = by_exit_code(code, "the last words")
    assert ending.rule is rule
    assert says in ending.line
    assert ending.line.endswith("the last words")


def test_the_last_words_of_a_worker_give_no_orders_to_the_log(shape: dict[str, Any]) -> None:
    pod = told(shape, "failed")
    pod["status"]["containerStatuses"][0]["state"]["terminated"]["message"] = "first\n\x1b[2J\u202elast " + "x" * 9000
    ending = ending_of(read(pod))
    assert ending and len(ending.line) < 600
    assert "first" not in ending.line
    assert "\x1b" not in ending.line
    assert "\u202e" not in ending.line
