"""How the end of a pod becomes the end of its task: the real Kubernetes client against a small API on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from kubernetes.client import ApiClient
from kubernetes.client import models as k8s
from vitality_airflow.stage_operator import StageOperator

ASKED: list[str] = []
POD = "/api/v1/namespaces/vitality-workers/pods/vitality-extraction-x"


class Api(BaseHTTPRequestHandler):
    """As much of the API as an ending pod needs: it is looked at and labelled, its events are read, it is deleted."""

    def answer(self) -> None:
        path = self.path.split("?")[0]
        ASKED.append(f"{self.command} {path}")
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        events = {"kind": "EventList", "apiVersion": "v1", "items": []}
        body = json.dumps(ApiClient().sanitize_for_serialization(ended(0)) if path == POD else events).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PATCH = do_DELETE = answer  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def kubeconfig(tmp_path: Path) -> Iterator[str]:
    """A kubeconfig that leads to the small API."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ASKED.clear()
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "it",
        "clusters": [{"name": "it", "cluster": {"server": f"http://127.0.0.1:{server.server_port}"}}],
        "contexts": [{"name": "it", "context": {"cluster": "it", "user": "it"}}],
        "users": [{"name": "it", "user": {"token": "it"}}],
    }
    path = tmp_path / "kubeconfig"
    path.write_text(yaml.safe_dump(config))
    yield str(path)
    server.shutdown()
    server.server_close()


def ended(code: int) -> k8s.V1Pod:
    """A pod whose worker ended with this exit code."""
    over = k8s.V1ContainerStateTerminated(exit_code=code, message="vitality: the last words")
    status = k8s.V1ContainerStatus(
        name="base",
        image="x",
        image_id="x",
        ready=False,
        restart_count=0,
        state=k8s.V1ContainerState(terminated=over),
    )
    return k8s.V1Pod(
        metadata=k8s.V1ObjectMeta(name="vitality-extraction-x", namespace="vitality-workers", labels={}),
        spec=k8s.V1PodSpec(containers=[k8s.V1Container(name="base")]),
        status=k8s.V1PodStatus(phase="Succeeded" if code == 0 else "Failed", container_statuses=[status]),
    )


def end(kubeconfig: str, code: int) -> None:
    operator = StageOperator(task_id="it", stage="extraction", config_file=kubeconfig, in_cluster=False)
    operator.cleanup(ended(code), ended(code))


def test_a_good_end_leaves_no_pod(kubeconfig: str) -> None:
    end(kubeconfig, 0)
    assert f"DELETE {POD}" in ASKED


def test_wrong_usage_in_a_pod_is_never_retried(kubeconfig: str) -> None:
    with pytest.raises(AirflowFailException, match=r"(?s)exit code 2.*the last words"):
        end(kubeconfig, 2)
    assert f"DELETE {POD}" in ASKED


def test_try_again_later_in_a_pod_is_retried(kubeconfig: str) -> None:
    with pytest.raises(AirflowException, match="try again later") as failure:
        end(kubeconfig, 75)
    assert not isinstance(failure.value, AirflowFailException)


def test_another_failure_in_a_pod_is_retried(kubeconfig: str) -> None:
    with pytest.raises(AirflowException, match=r"(?s)exit code 137.*the last words") as failure:
        end(kubeconfig, 137)
    assert not isinstance(failure.value, AirflowFailException)
