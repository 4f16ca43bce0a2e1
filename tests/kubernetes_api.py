"""A small Kubernetes API on loopback: pods are created, listed, read, labelled and deleted, with logs and events.

It speaks the real wire format: what it is given is held against the strict schema, amounts come back as they are kept
(2.2Gi as 2362232012800m), what it refuses is a Status object, and what becomes of a pod is told by the files in
`plugins/pods/`, one after the other, each time that the pod is read.
"""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import kubernetes_validate
from kubernetes.utils.quantity import parse_quantity

KUBERNETES = "1.36"
STORIES = Path(__file__).parent / "plugins" / "pods"
_POD = re.compile(r"/api/v1/namespaces/(?P<namespace>[\w-]+)/(?P<kind>pods|events)(?:/(?P<name>[\w-]+))?(?P<log>/log)?")
_UNITS = ((30, "Gi"), (20, "Mi"), (10, "Ki"), (0, ""))
_REASONS = {400: "BadRequest", 403: "Forbidden", 404: "NotFound", 422: "Invalid", 500: "InternalError"}

Answer = tuple[int, dict[str, Any] | str]


def story(name: str) -> dict[str, Any]:
    """The part of a pod that the cluster writes, as the API server shows it."""
    return dict(json.loads((STORIES / f"{name}.json").read_text(encoding="utf-8")))


def told(pod: dict[str, Any], name: str) -> dict[str, Any]:
    """The pod with this story's part in it."""
    part = story(name)
    return {**pod, **{section: {**pod.get(section, {}), **given} for section, given in part.items()}}


def stored(quantity: str) -> str:
    """An amount as the API server keeps it: in the largest unit of which it has a whole number, or in thousandths."""
    amount = parse_quantity(quantity)
    if amount % 1:
        return f"{int(amount * 1000)}m"
    if quantity.endswith("i"):
        return next(f"{amount // 2**bits:f}{unit}" for bits, unit in _UNITS if not amount % 2**bits)
    return quantity


def refused(code: int, message: str) -> Answer:
    """A Status object, as the API server sends it."""
    body = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message}
    return code, {**body, "reason": _REASONS[code], "code": code}


@dataclass
class Cluster:
    """What the API server keeps, and what is to become of the pods: `stories` has a list for each, in their order.

    `gone` as a story is a pod that is there no longer. `answers` are given instead, by the method they are for.
    """

    stories: list[list[str]] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    events: list[dict[str, str]] = field(default_factory=list)
    log: str = ""
    pods: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    created: list[dict[str, Any]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    _to_come: dict[str, list[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, method: str, target: str, body: Any) -> Answer:
        url = urlsplit(target)
        asked, query = _POD.fullmatch(url.path), parse_qs(url.query)
        with self._lock:
            self.asked.append(f"{method} {url.path}")
            if method in self.answers:
                return self.answers[method]
            if not asked:
                return refused(404, "the server could not find the requested resource")
            if asked["kind"] == "events":
                return 200, self._events(query.get("fieldSelector", [""])[0])
            if not asked["name"]:
                return self._create(body) if method == "POST" else (200, self._list(query["labelSelector"][0]))
            return self._one(method, asked["name"], bool(asked["log"]), body)

    def _create(self, body: dict[str, Any]) -> Answer:
        kubernetes_validate.validate(body, KUBERNETES, strict=True)
        pod = deepcopy(body)
        pod["metadata"] |= {"uid": str(uuid.uuid4()), "creationTimestamp": "2026-11-27T05:05:09Z"}
        for container in pod["spec"]["containers"]:
            for amounts in container["resources"].values():
                amounts.update({name: stored(amount) for name, amount in amounts.items()})
        pod["status"] = {"phase": "Pending", "qosClass": "Guaranteed"}
        name = pod["metadata"]["name"]
        self._to_come[name] = list(self.stories[min(len(self.created), len(self.stories) - 1)])
        self.created.append(body)
        self.pods[name] = pod
        return 201, pod

    def _one(self, method: str, name: str, log: bool, body: Any) -> Answer:
        if method == "GET" and not log and len(self._to_come.get(name, [])) > 0:
            self._go_on(name)
        pod = self.pods.get(name)
        if not pod:
            return refused(404, f'pods "{name}" not found')
        if log:
            return self._log(pod)
        if method == "PATCH":
            pod["metadata"]["labels"] |= body["metadata"]["labels"]
        if method == "DELETE":
            self.deleted.append(name)
            del self.pods[name]
        return 200, pod

    def _go_on(self, name: str) -> None:
        coming = self._to_come[name]
        now = coming.pop(0) if len(coming) > 1 else coming[0]
        if now == "gone":
            self.pods.pop(name, None)
        elif name in self.pods:
            self.pods[name] = told(self.pods[name], now)

    def _log(self, pod: dict[str, Any]) -> Answer:
        states = [status["state"] for status in pod["status"].get("containerStatuses", [])]
        if not states or "waiting" in states[0]:
            return refused(400, f'container "base" in pod "{pod["metadata"]["name"]}" is waiting to start')
        return 200, self.log

    def _list(self, selector: str) -> dict[str, Any]:
        items = [pod for pod in self.pods.values() if _selected(pod["metadata"]["labels"], selector)]
        return {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "7"}, "items": items}

    def _events(self, selector: str) -> dict[str, Any]:
        name = selector.partition("involvedObject.name=")[2]
        about = {"kind": "Pod", "namespace": "vitality-workers", "name": name}
        items = [
            {"metadata": {"name": f"{name}.{n}"}, "involvedObject": about, **event}
            for n, event in enumerate(self.events)
        ]
        return {"kind": "EventList", "apiVersion": "v1", "metadata": {"resourceVersion": "7"}, "items": items}


def _selected(labels: dict[str, str], selector: str) -> bool:
    for term in selector.split(","):
        name, differs, value = term.partition("!=")
        equal, equals, wanted = term.partition("=")
        if term.startswith("!"):
            fits = term[1:] not in labels
        elif differs:
            fits = labels.get(name) != value
        else:
            fits = bool(equals) and labels.get(equal) == wanted
        if not fits:
            return False
    return True


@contextmanager
def serve(cluster: Cluster) -> Iterator[dict[str, Any]]:
    """Serve the cluster on loopback; the kubeconfig that leads to it."""

    class Api(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            code, body = cluster.answer(self.command, self.path, json.loads(sent) if sent else None)
            kind = "text/plain" if isinstance(body, str) else "application/json"
            content = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "it",
            "clusters": [{"name": "it", "cluster": {"server": f"http://127.0.0.1:{server.server_port}"}}],
            "contexts": [{"name": "it", "context": {"cluster": "it", "user": "it"}}],
            "users": [{"name": "it", "user": {"token": "it"}}],
        }
    finally:
        server.shutdown()
        server.server_close()
