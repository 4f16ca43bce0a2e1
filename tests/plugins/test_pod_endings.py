"""How the end of a pod becomes the end of its task: the real clients against a small Kubernetes API on loopback.

Each test goes the whole way: execute, defer, the trigger as the triggerer runs it, and back into the operator.
"""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from airflow.sdk.definitions.retry_policy import RetryAction
from airflow.sdk.exceptions import AirflowFailException, TaskDeferred
from airflow.sdk.module_loading import import_string
from kubernetes_api import Cluster, refused, serve
from vitality_airflow.pod_operator import MOST_LOST
from vitality_airflow.retries import RetryByEnding, StageFailed
from vitality_airflow.stage_operator import StageOperator


class Store(dict):
    """What outlives a try."""

    set = dict.__setitem__


class Task:
    """One task instance, its tries run against a cluster."""

    def __init__(self, kubeconfig: str) -> None:
        self.kubeconfig, self.store, self.tries, self.deferred = kubeconfig, Store(), 0, 0
        self.operator: StageOperator

    def begin(self) -> Any:
        """Begin a try, up to where it is deferred; its trigger."""
        self.tries += 1
        with pytest.raises(TaskDeferred) as deferred:
            self._anew().execute(self._context())
        return self._rebuilt(deferred.value)

    def run(self) -> None:
        """One try from its beginning to its end, each part in a process of its own as far as the operator knows."""
        trigger = self.begin()
        while True:
            event = asyncio.run(anext(trigger.run())).payload
            try:
                self._anew().trigger_reentry(self._context(), event)
                return
            except TaskDeferred as again:
                trigger = self._rebuilt(again)

    def _rebuilt(self, deferred: TaskDeferred) -> Any:
        self.deferred += 1
        path, arguments = deferred.trigger.serialize()
        assert deferred.method_name == "trigger_reentry"
        return import_string(path)(**arguments)

    def _anew(self) -> StageOperator:
        self.operator = StageOperator(
            task_id="it",
            stage="extraction",
            diocese="Diocese of Larkspur",
            config_file=self.kubeconfig,
            in_cluster=False,
            poll_interval=0.05,
            startup_check_interval_seconds=0.02,
            execution_timeout=timedelta(hours=1),
        )
        return self.operator

    def _context(self) -> Any:
        ti = SimpleNamespace(dag_id="d", task_id="it", map_index=3, try_number=self.tries)
        ti.start_date, ti.xcom_push = datetime.now(UTC), lambda **_: None
        run = {"run_id": "manual__1", "dag": SimpleNamespace(), "task_state_store": self.store}
        return {"ti": ti, **run}


@pytest.fixture
def cluster() -> Cluster:
    return Cluster()


@pytest.fixture
def task(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Task]:
    monkeypatch.setenv("VITALITY_RUNTIME", "kubernetes")
    with ExitStack() as open_:
        path = tmp_path / "kubeconfig"
        path.write_text(yaml.safe_dump(open_.enter_context(serve(cluster))))
        yield Task(str(path))


def memory(pod: dict[str, Any]) -> str:
    resources = pod["spec"]["containers"][0]["resources"]
    assert resources["requests"] == resources["limits"]
    return str(resources["limits"]["memory"])


class Heard:
    """What is logged, whatever other tests made of the logging of this process."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __getattr__(self, level: str) -> Any:
        return lambda text, *arguments, **_: self.lines.append(str(text) % arguments if arguments else str(text))


def test_a_good_end_leaves_no_pod_and_its_log_is_the_tasks(
    cluster: Cluster, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard()
    monkeypatch.setattr(StageOperator, "log", heard)
    cluster.stories, cluster.log = [["starting", "running", "succeeded"]], "96 parishes\n"
    task.run()
    assert cluster.pods == {}
    assert any("96 parishes" in line for line in heard.lines)
    (pod,) = cluster.created
    assert pod["metadata"]["labels"]["run"] == "manual__1"


@pytest.mark.parametrize(
    ("story", "says"),
    [
        ("image-not-found", "the image cannot be had .*VITALITY_WORKER_IMAGE"),
        ("image-back-off", "the image cannot be had"),
        ("secret-missing", 'secret "vitality-database" not found.*make secrets'),
        ("start-error", "cannot be started"),
        ("wrong-usage", "exit code 2.*did you mean"),
    ],
)
def test_what_no_try_can_mend_fails_at_once_and_for_good(story: str, says: str, cluster: Cluster, task: Task) -> None:
    cluster.stories = [["starting", story]]
    with pytest.raises(AirflowFailException, match=says):
        task.run()
    assert cluster.pods == {}, "not left behind"
    assert len(cluster.created) == 1


@pytest.mark.parametrize(
    ("story", "says"),
    [
        ("failed", "exit code 1.*does not answer"),
        ("try-later", "exit code 75"),
        ("killed", "signal 9"),
        ("deadline-exceeded", "longer than its deadline"),
        ("evicted-scratch-full", "filled its scratch space"),
        ("registry-unreachable", "registry of the image cannot be reached"),
    ],
)
def test_what_another_try_may_mend_is_tried_again(story: str, says: str, cluster: Cluster, task: Task) -> None:
    cluster.stories = [["running", story]]
    with pytest.raises(StageFailed, match=says) as failure:
        task.run()
    assert RetryByEnding().evaluate(failure.value, 1, 2).action is RetryAction.DEFAULT
    assert cluster.pods == {}


def test_a_pod_that_finds_no_node_says_what_is_lacking(
    cluster: Cluster, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.stories = [["unschedulable"]]
    trigger = task.begin()
    trigger.schedule_timeout = 0
    event = asyncio.run(anext(trigger.run())).payload
    with pytest.raises(StageFailed, match=r"no node has room.*2 Insufficient memory"):
        task._anew().trigger_reentry(task._context(), event)
    assert cluster.pods == {}


def test_a_pod_that_does_not_start_says_what_the_cluster_complained_of(cluster: Cluster, task: Task) -> None:
    cluster.stories = [["starting"]]
    cluster.events = [
        {"type": "Normal", "reason": "Scheduled", "message": "assigned", "eventTime": "2026-11-27T05:05:09.123456Z"},
        {
            "type": "Warning",
            "reason": "FailedCreatePodSandBox",
            "message": "no IP addresses left",
            "lastTimestamp": "2026-11-27T05:05:20Z",
        },
        {"type": "Warning", "reason": "FailedMount", "message": "not yet", "lastTimestamp": "2026-11-27T05:05:10Z"},
    ]
    trigger = task.begin()
    trigger.startup_timeout = 0
    event = asyncio.run(anext(trigger.run())).payload
    with pytest.raises(StageFailed, match=r"did not start in time .FailedCreatePodSandBox: no IP addresses left"):
        task._anew().trigger_reentry(task._context(), event)


@pytest.mark.parametrize("story", ["completed-phase-still-running", "oom-child-then-completed"])
def test_a_worker_that_is_done_when_the_tasks_time_is_over_has_done_its_work(
    story: str, cluster: Cluster, task: Task
) -> None:
    """The one case in which the provider does not wait until the pod's phase has caught up with its container."""
    cluster.stories = [[story]]
    trigger = task.begin()
    trigger.trigger_kwargs["_execution_deadline"] = 0
    event = asyncio.run(anext(trigger.run())).payload
    assert event["status"] == "timeout"
    task._anew().trigger_reentry(task._context(), event)
    assert cluster.pods == {}


@pytest.mark.parametrize("story", ["evicted-node-low", "drained", "preempted", "node-gone", "node-restarted", "gone"])
def test_a_pod_that_the_cluster_takes_away_costs_no_try(story: str, cluster: Cluster, task: Task) -> None:
    cluster.stories = [["running", story], ["running", "running", story], ["running", "succeeded"]]
    task.run()
    assert (task.tries, len(cluster.created), task.deferred) == (1, 3, 3)
    assert len({pod["metadata"]["name"] for pod in cluster.created}) == 3
    assert cluster.pods == {}


def test_a_cluster_that_takes_every_pod_away_ends_the_try(cluster: Cluster, task: Task) -> None:
    cluster.stories = [["evicted-node-low"]]
    with pytest.raises(StageFailed, match=r"Evicted: .*pod 6 of this try"):
        task.run()
    assert len(cluster.created) == MOST_LOST + 1


def test_a_pod_out_of_memory_is_tried_again_with_more_up_to_the_cap(cluster: Cluster, task: Task) -> None:
    cluster.stories = [["running", "oom-killed"]]
    for had, says in (("2253Mi", "3380Mi"), ("3380Mi", "4Gi")):
        with pytest.raises(StageFailed, match=f"limit of {had}.*the next try gets {says}") as failure:
            task.run()
        decision = RetryByEnding().evaluate(failure.value, 1, 2)
        assert (decision.action, decision.retry_delay) == (RetryAction.RETRY, timedelta(0))
    with pytest.raises(AirflowFailException, match=r"limit of 4Gi.*VITALITY_MEMORY_CAP"):
        task.run()
    assert [memory(pod) for pod in cluster.created] == ["2.2Gi", "3380Mi", "4Gi"]


@pytest.mark.parametrize(
    ("code", "message", "says"),
    [
        (403, 'pods is forbidden: User "u" cannot create resource "pods" in API group ""', "workers.yaml"),
        (404, 'namespaces "vitality-workers" not found', "workers.yaml"),
    ],
)
def test_a_namespace_that_is_not_ours_is_named_with_what_mends_it(
    code: int, message: str, says: str, cluster: Cluster, task: Task
) -> None:
    cluster.answers["POST"] = refused(code, message)
    with pytest.raises(AirflowFailException, match=f"namespace vitality-workers .*{says}"):
        task._anew().execute(task._context())


def test_a_full_quota_is_tried_again_when_there_may_be_room(cluster: Cluster, task: Task) -> None:
    message = 'pods "x" is forbidden: exceeded quota: workers, requested: pods=1, used: pods=9, limited: pods=9'
    cluster.answers["POST"] = refused(403, message)
    with pytest.raises(StageFailed, match=r"quota of .* vitality-workers is full .*describe quota") as failure:
        task._anew().execute(task._context())
    assert RetryByEnding().evaluate(failure.value, 1, 2).retry_delay == timedelta(minutes=10)


def test_a_quota_that_is_not_counted_yet_is_tried_again_soon(cluster: Cluster, task: Task) -> None:
    message = 'pods "x" is forbidden: status unknown for quota: workers, resources: limits.memory,pods'
    cluster.answers["POST"] = refused(403, message)
    with pytest.raises(StageFailed, match=r"quota of .* vitality-workers is not counted yet") as failure:
        task._anew().execute(task._context())
    assert RetryByEnding().evaluate(failure.value, 1, 2).retry_delay == timedelta(seconds=30)


def test_a_task_whose_process_died_finds_its_pod_again(cluster: Cluster, task: Task) -> None:
    cluster.stories = [["running", "running", "succeeded"]]
    task.begin()  # and its process is gone: what was deferred is lost
    task.run()
    assert (task.tries, len(cluster.created)) == (2, 1)
    assert cluster.pods == {}


def test_a_trigger_whose_triggerer_died_goes_on_in_another(cluster: Cluster, task: Task) -> None:
    cluster.stories = [["running"]]
    first = task.begin()

    async def die() -> None:
        watching = asyncio.ensure_future(anext(first.run()))
        await asyncio.sleep(0.3)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await first.cleanup()

    asyncio.run(die())
    (name,) = cluster.pods
    assert cluster.deleted == [], "a triggerer that ends leaves the pods alone"
    cluster._to_come[name] = ["succeeded"]
    event = asyncio.run(anext(task._rebuilt(SimpleNamespace(trigger=first, method_name="trigger_reentry")).run()))
    task._anew().trigger_reentry(task._context(), event.payload)
    assert len(cluster.created) == 1


def test_a_task_that_a_person_ends_takes_its_pod_with_it(cluster: Cluster, task: Task) -> None:
    cluster.stories = [["running"]]
    task.begin()
    task.operator.on_kill()
    assert cluster.pods == {}
    asyncio.run(task.begin().on_kill())  # while it is deferred
    assert cluster.pods == {}
    assert len(cluster.deleted) == 2


def test_no_event_comes_sooner_than_airflow_can_take_it(cluster: Cluster, task: Task) -> None:
    cluster.stories = [["image-not-loaded"]]
    trigger = task.begin()
    trigger.poll_interval = 1.5
    asyncio.run(anext(trigger.run()))
    assert (datetime.now(UTC) - trigger.trigger_start_time).total_seconds() >= 1.5
    assert StageOperator(task_id="it", stage="extraction").poll_interval >= 10, "twice what Airflow needs"
