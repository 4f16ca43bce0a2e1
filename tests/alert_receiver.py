"""A receiver of alerts on loopback: a real HTTP server that remembers what was posted to it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Posted:
    """One request: its path with the query, its headers by lower-case name, its body."""

    path: str
    headers: dict[str, str]
    told: dict[str, Any]


@dataclass
class Receiver:
    """What came. It answers with `status`, after so many seconds of silence."""

    status: int = 200
    silence: float = 0.0
    port: int = 0
    posted: list[Posted] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return [one.told["kind"] for one in self.posted]


@contextmanager
def listening(status: int = 200, silence: float = 0.0) -> Iterator[Receiver]:
    receiver = Receiver(status, silence)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.posted.append(Posted(self.path, headers, json.loads(body)))
            time.sleep(receiver.silence)
            self.send_response(receiver.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield receiver
        finally:
            server.shutdown()
