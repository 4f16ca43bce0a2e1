"""What a worker pod can do and reach, as its own process finds it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cluster.ground import Ground
from cluster.manifests import SHUT_PORT, WEB_PORT, program
from cluster.one_task import Task
from kubernetes.client import ApiClient

pytestmark = [pytest.mark.cluster, pytest.mark.airflow, pytest.mark.timeout(300)]

METADATA = "169.254.169.254:80"


@pytest.fixture(scope="module")
def seen(place: Ground) -> Callable[[dict[str, Any], str], dict[str, Any]]:
    """What the probe sees from a pod of that shape in that namespace; the answers are kept."""

    def asked(shape: dict[str, Any], namespace: str) -> dict[str, Any]:
        targets = [
            f"{place.database_host}:5432",
            f"{place.web_host}:{WEB_PORT}",
            f"{place.web_host}:{SHUT_PORT}",
            METADATA,
        ]
        container = shape["spec"]["containers"][0]
        container["command"], container["args"] = ["python", "-c", program("probe"), *targets], []
        shape["metadata"] |= {"namespace": namespace}
        place.live.apply(shape)
        name = shape["metadata"]["name"]
        ended = place.live.ended(namespace, name)
        said = place.live.log(namespace, name)
        place.live.core.delete_namespaced_pod(name, namespace, grace_period_seconds=0)
        assert ended.status.phase == "Succeeded", said
        return dict(json.loads(said.strip().splitlines()[-1]))

    return asked


@pytest.fixture
def worker(task: Callable[..., Task], place: Ground, seen: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """What a worker's process sees: the pod is the operator's own, but for its command."""
    operator, context = task(stage="extraction", step=None)._anew()
    pod = ApiClient().sanitize_for_serialization(operator.build_pod_request_obj(context, dry_run=True))
    return {**seen(pod, place.workers), "name": pod["metadata"]["name"]}


def test_it_is_nobody_and_can_write_scratch_only(worker: dict[str, Any]) -> None:
    assert worker["ids"] == [10_001, 10_001]
    assert worker["writable"] == ["/tmp", "/dev/shm"]
    assert worker["capabilities"] == 0
    assert worker["no_new_privileges"] == 1
    assert worker["seccomp"] == 2, "filtered"
    assert not worker["token"], "a worker has no business with the Kubernetes API"
    assert worker["worker_id"] == worker["name"]
    assert worker["own_number"] != 1, "the pause process is the first, and reaps"


def test_it_reaches_the_database_and_no_other_private_address(
    worker: dict[str, Any], place: Ground, seen: Callable[..., dict[str, Any]]
) -> None:
    shut = f"{place.web_host}:{SHUT_PORT}"
    assert shut in seen(place.free_pod(), place.sample)["reached"], "who answers there"
    open_ = {f"{place.database_host}:5432", f"{place.web_host}:{WEB_PORT}"}
    reached = set(worker["reached"])
    assert open_ <= reached
    if shut in reached:
        pytest.skip("this cluster's network enforces no NetworkPolicy: a worker reached a private address")
    assert reached == open_
