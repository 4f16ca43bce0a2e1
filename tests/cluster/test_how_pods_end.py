"""How pods end on a real cluster, and what becomes of their tasks: each test is one task with real pods."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import airflow_home
import psycopg
import pytest
import uncounted
from airflow.sdk.definitions.retry_policy import RetryAction
from airflow.sdk.exceptions import AirflowFailException
from cluster.ground import Ground
from cluster.live import limits, names, until
from cluster.one_task import MOST_SECONDS, Task
from kubernetes import client
from vitality_airflow.pod_shape import GRACE_SECONDS
from vitality_airflow.retries import RetryByEnding, StageFailed
from vitality_airflow.sizes import in_bytes

pytestmark = [pytest.mark.cluster, pytest.mark.airflow, pytest.mark.timeout(600)]

# How a pod is taken away, and the diocese that it has in hand: one that takes a dozen requests, and was never read.
TAKEN = {"deleted": "Archdiocese of Marrow Hill", "evicted": "Diocese of Bellwether"}
SLOW, QUICK = {"VITALITY_MIN_DELAY": "30"}, {"VITALITY_MIN_DELAY": "0.05"}  # seconds between two requests to a host
HELD = "SELECT worker_id FROM diocese_work_assignments WHERE status = 'processing' AND lease_until > clock_timestamp()"


@pytest.fixture
def holders(place: Ground) -> Callable[[], list[str]]:
    """The pods that have a diocese in hand now, as the database knows them."""

    def asked() -> list[str]:
        with psycopg.connect(place.url()) as connection:
            return [worker for (worker,) in connection.execute(HELD)]

    return asked


@pytest.fixture
def working(
    taken: str, place: Ground, task: Callable[..., Task], change: Callable[..., None], holders: Callable[[], list[str]]
) -> tuple[Task, object, str]:
    """A task whose pod has a diocese in hand and would have it for minutes; its trigger; the pod's name."""
    if not directories(place):
        task(step=None).run()
    change(**SLOW)
    begun = task(stage="extraction", step=None, diocese=TAKEN[taken])
    trigger = begun.begin()
    (name,) = until("a worker has a diocese", holders, MOST_SECONDS)
    assert names(place.pods()) == [name]
    change(**QUICK)
    return begun, trigger, name


@pytest.mark.parametrize("taken", TAKEN)
def test_a_pod_that_is_taken_away_gives_its_diocese_back_in_its_grace_and_another_does_the_work(
    taken: str,
    place: Ground,
    working: tuple[Task, object, str],
    holders: Callable[[], list[str]],
    say: Callable[[str], None],
) -> None:
    task, trigger, name = working
    began = time.monotonic()
    if taken == "evicted":
        eviction = client.V1Eviction(metadata={"name": name, "namespace": place.workers})
        place.live.core.create_namespaced_pod_eviction(name, place.workers, eviction)
    else:
        place.live.core.delete_namespaced_pod(name, place.workers)
    until(f"{name} gives its diocese back", lambda: name not in holders(), GRACE_SECONDS)
    given_back = time.monotonic() - began
    until("the pod is gone", lambda: place.live.pod(place.workers, name) is None, GRACE_SECONDS + 15)
    say(f"{taken}: diocese back after {given_back:.1f} s, pod gone after {time.monotonic() - began:.1f} s")
    task.finish(trigger)
    assert task.tries == 1, "it costs no try"
    with psycopg.connect(place.url()) as connection:
        found = connection.execute(
            "SELECT worker_id, reason FROM outcomes JOIN dioceses d ON d.id = unit_id "
            "WHERE stage = 'extraction' AND unit_kind = 'diocese' AND d.name = %s ORDER BY finished_at DESC LIMIT 1",
            [TAKEN[taken]],
        ).fetchone()
    assert found and found[0] != name and found[1] == "ok"
    assert holders() == []
    assert place.pods() == []


def test_a_pod_out_of_memory_is_tried_again_with_more_until_it_is_enough(
    place: Ground, task: Callable[..., Task], change: Callable[..., None], say: Callable[[str], None]
) -> None:
    change(VITALITY_DISCOVERY_MEMORY="64Mi", VITALITY_MEMORY_CAP="1Gi")
    one, given = task(), []
    while True:
        trigger = one.begin()
        given += [limits(pod)["memory"] for pod in place.pods()]
        try:
            one.finish(trigger)
            break
        except StageFailed as failure:
            assert "OOMKilled" in str(failure), failure
            assert RetryByEnding().evaluate(failure, one.tries, 9).action is RetryAction.RETRY
    say(f"memory of its tries: {given}")
    assert len(given) > 1
    assert [in_bytes(amount) for amount in given] == sorted({in_bytes(amount) for amount in given})


def test_memory_ends_at_the_cap(task: Callable[..., Task], change: Callable[..., None]) -> None:
    change(VITALITY_DISCOVERY_MEMORY="64Mi", VITALITY_MEMORY_CAP="64Mi")
    with pytest.raises(AirflowFailException, match=r"limit of 64Mi.*VITALITY_MEMORY_CAP"):
        task().run()


def test_a_task_whose_process_is_killed_finds_its_pod_again(
    place: Ground, task: Callable[..., Task], kubeconfig: Path, tmp_path: Path, change: Callable[..., None]
) -> None:
    command = [sys.executable, "-m", "cluster.one_task", str(kubeconfig), str(tmp_path / "store.json"), "{}"]
    path = os.pathsep.join([str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        command, cwd=airflow_home.ROOT, env={**uncounted.environment(), "PYTHONPATH": path}
    ) as process:
        try:
            (pod,) = until("its pod is made", place.pods, 60)
        finally:
            process.kill()
    again = task()
    again.tries = 1
    trigger = again.begin()
    assert names(place.pods()) == [pod.metadata.name]
    again.finish(trigger)
    assert place.pods() == []


def test_an_image_that_is_not_there_fails_early_and_for_good(
    task: Callable[..., Task], change: Callable[..., None]
) -> None:
    change(VITALITY_WORKER_IMAGE="diocesan-vitality/none:0", VITALITY_IMAGE_PULL_POLICY="Never")
    fails_early(task(), r"image cannot be had .*diocesan-vitality/none:0.*VITALITY_WORKER_IMAGE")


def test_a_secret_that_is_not_there_fails_early_and_for_good(
    task: Callable[..., Task], change: Callable[..., None]
) -> None:
    change(VITALITY_DATABASE_SECRET="vitality-nowhere")
    fails_early(task(), r'secret "vitality-nowhere" not found.*make secrets')


def test_a_namespace_without_rights_fails_early_and_for_good(
    place: Ground, task: Callable[..., Task], tmp_path: Path
) -> None:
    stranger = place.live.kubeconfig_of("stranger", place.airflow, tmp_path / "stranger")
    fails_early(task(kubeconfig=stranger), f"may not start pods in the namespace {place.workers} .*workers.yaml")


def test_a_database_that_is_not_migrated_is_named_with_what_migrates_it(
    task: Callable[..., Task], change: Callable[..., None]
) -> None:
    change(VITALITY_DATABASE_SECRET="vitality-empty")
    with pytest.raises((StageFailed, AirflowFailException), match=r"vitality db upgrade"):
        task().run()


def test_a_full_quota_is_named_and_tried_again_later(place: Ground, task: Callable[..., Task]) -> None:
    body = {"metadata": {"name": "full"}, "spec": {"hard": {"pods": "0"}}}
    place.live.core.create_namespaced_resource_quota(place.workers, body)
    try:
        read = place.live.core.read_namespaced_resource_quota
        until("the quota counts", lambda: read("full", place.workers).status.hard, 60)
        with pytest.raises(
            StageFailed, match=rf"quota of the namespace {place.workers} is full .*describe quota"
        ) as failure:
            task().begin()
    finally:
        place.live.core.delete_namespaced_resource_quota("full", place.workers)
    assert RetryByEnding().evaluate(failure.value, 1, 2).retry_delay.total_seconds() == 600


def directories(place: Ground) -> int:
    with psycopg.connect(place.url()) as connection:
        return connection.execute("SELECT count(*) FROM directories").fetchone()[0]


def fails_early(task: Task, says: str) -> None:
    """Long before its time to start is over."""
    began = time.monotonic()
    with pytest.raises(AirflowFailException, match=says):
        task.run()
    assert time.monotonic() - began < 60
