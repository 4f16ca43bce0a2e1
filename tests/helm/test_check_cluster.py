"""What a cluster lacks, as the real `kubectl` finds it at an API server on loopback that speaks the real format."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from check_cluster import main
from cluster_environment import environment
from cluster_secrets import wanted

MISSING = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "reason": "NotFound", "code": 404}
APPLY = "kubectl apply -f helm-values/workers/workers.yaml -f helm-values/workers/production.yaml"
WORKERS = "/api/v1/namespaces/vitality-workers"


@dataclass
class Api:
    """What stands in the cluster, by path; and which service accounts may start pods."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    allowed: set[str] = field(default_factory=set)

    def answer(self, path: str) -> tuple[int, dict[str, Any]]:
        *_, kind, name = path.split("/")
        message = f'{kind} "{name}" not found'
        return (200, self.objects[path]) if path in self.objects else (404, {**MISSING, "message": message})

    def review(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert asked["spec"]["resourceAttributes"] == {
            "namespace": "vitality-workers",
            "verb": "create",
            "resource": "pods",
        }
        return {**asked, "status": {"allowed": asked["spec"]["user"] in self.allowed}}


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """A cluster in which production lacks nothing, as the current context of kubectl."""
    if not shutil.which("kubectl"):
        pytest.skip("no kubectl on this machine")
    state = complete()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send(*state.answer(self.path))

        def do_POST(self) -> None:
            assert self.headers["Transfer-Encoding"] == "chunked"  # kubectl streams what it is given
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.send(201, state.review(json.loads(body)))

        def send(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path, server.server_address[1])))
    yield state
    server.shutdown()
    server.server_close()


def kubeconfig(folder: Path, port: int) -> Path:
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "here",
        "clusters": [{"name": "here", "cluster": {"server": f"http://127.0.0.1:{port}"}}],
        "contexts": [{"name": "here", "context": {"cluster": "here", "user": "nobody"}}],
        "users": [{"name": "nobody", "user": {}}],
    }
    path = folder / "kubeconfig"
    path.write_text(json.dumps(config), encoding="utf-8")
    return path


def complete() -> Api:
    names = ("/api/v1/namespaces/airflow", WORKERS, f"{WORKERS}/serviceaccounts/vitality-worker")
    objects: dict[str, dict[str, Any]] = {path: {"metadata": {"name": path.split("/")[-1]}} for path in names}
    for one in wanted(environment("production")):
        objects[f"/api/v1/namespaces/{one.namespace}/secrets/{one.name}"] = {"data": {one.key: "YQ=="}}
    objects[f"{WORKERS}/resourcequotas"] = {"items": [quota("16.5Gi")]}
    users = {f"system:serviceaccount:airflow:airflow-{name}" for name in ("scheduler", "triggerer")}
    return Api(objects, users)


def quota(used: str) -> dict[str, Any]:
    status = {"hard": {"requests.memory": "24Gi"}, "used": {"requests.memory": used}}
    return {"metadata": {"name": "vitality-workers"}, "status": status}


def told(capsys: pytest.CaptureFixture[str], code: int) -> list[str]:
    assert main(["production"]) == code
    return capsys.readouterr().out.splitlines()


def test_nothing_is_missing(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, 0) == ["production: nothing is missing"]


def test_a_namespace_that_is_missing_is_the_one_thing_told_of_it(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.objects = {path: one for path, one in api.objects.items() if not path.startswith(WORKERS)}
    assert told(capsys, 1) == [f"namespace vitality-workers is missing: {APPLY}"]


def test_a_secret_or_its_key_that_is_missing(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    del api.objects[f"{WORKERS}/secrets/vitality-database"]
    api.objects["/api/v1/namespaces/airflow/secrets/vitality-airflow-jwt"] = {"data": {"jwt": "YQ=="}}
    assert told(capsys, 1) == [
        "Secret vitality-airflow-jwt has no key jwt-secret in airflow: make secrets ENVIRONMENT=production",
        "Secret vitality-database is missing in vitality-workers: make secrets ENVIRONMENT=production",
    ]


def test_an_optional_secret_is_not_missed(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    del api.objects[f"{WORKERS}/secrets/vitality-gemini"]
    assert told(capsys, 0) == ["production: nothing is missing"]


def test_rights_that_are_missing(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.allowed.remove("system:serviceaccount:airflow:airflow-triggerer")
    del api.objects[f"{WORKERS}/serviceaccounts/vitality-worker"]
    assert told(capsys, 1) == [
        f"service account vitality-worker is missing in vitality-workers: {APPLY}",
        f"service account airflow/airflow-triggerer may not start pods in vitality-workers: {APPLY}",
    ]


def test_a_full_quota(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    api.objects[f"{WORKERS}/resourcequotas"] = {"items": [quota("24576Mi")]}
    assert told(capsys, 1) == [
        "quota vitality-workers is full, requests.memory 24576Mi of 24Gi: kubectl --namespace vitality-workers get pods"
    ]


def test_a_cluster_that_does_not_answer(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path, 9)))
    assert main(["production"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("check_cluster: ") and "127.0.0.1:9" in said.err and said.err.count("\n") == 1
