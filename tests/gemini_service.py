"""A service on loopback that speaks the wire format of Gemini's `generateContent`: it says what a test wants said."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "AIza-this-key-is-invented"


@dataclass
class Gemini:
    """What the service will answer, and what it was asked. `answer` is JSON (or text) that the model says, or what
    makes it out of what it is shown.
    """

    answer: Any = None
    status: int = 200
    body: bytes | None = None
    seconds: float = 0.0
    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def contents(self) -> str:
        """What it was shown in its last question."""
        return self.asked[-1]["body"]["contents"][0]["parts"][0]["text"]

    def reply(self) -> tuple[int, bytes]:
        if self.body is not None:
            return self.status, self.body
        if self.status != 200:
            error = {"code": self.status, "message": f"no, and your key is {KEY}", "status": "RESOURCE_EXHAUSTED"}
            return self.status, json.dumps({"error": error}).encode()
        said = self.answer(self.contents) if callable(self.answer) else self.answer
        text = said if isinstance(said, str) else json.dumps(said)
        content = {"parts": [{"text": text}], "role": "model"}
        candidate = {"content": content, "finishReason": "STOP", "index": 0}
        usage = {"promptTokenCount": 120, "candidatesTokenCount": 9, "totalTokenCount": 129}
        reply = {"candidates": [candidate], "usageMetadata": usage, "modelVersion": "gemini-flash-9"}
        return 200, json.dumps(reply).encode()


@contextmanager
def serving() -> Iterator[Gemini]:
    """The service, while it runs."""
    service = Gemini()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            service.asked.append({"path": self.path, "headers": dict(self.headers), "body": body})
            time.sleep(service.seconds)
            status, reply = service.reply()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield service
    server.shutdown()
    server.server_close()
