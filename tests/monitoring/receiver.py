"""A receiver of events on loopback, in a thread of its own, that behaves as receivers do: well, badly, not at all."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

EVENTS = "/api/monitoring/events"


@dataclass(frozen=True)
class Posted:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def facts(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass
class Receiver:
    """`status` is what it answers, on `special` paths (by their last word) another, and the `first` times one after the
    other those; `headers` go with every answer.
    """

    url: str = ""
    status: int = 200
    special: dict[str, int] = field(default_factory=dict)
    first: dict[str, list[int]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    posted: list[Posted] = field(default_factory=list)

    def events(self, kind: str = "") -> list[dict[str, Any]]:
        """The events of ours that came, in their order."""
        came = [one.facts for one in self.posted if one.path.endswith(EVENTS)]
        return [one for one in came if not kind or one["kind"] == kind]

    def at(self, word: str) -> list[Posted]:
        """What came on the paths that end in this word."""
        return [one for one in self.posted if one.path.rsplit("/", 1)[-1] == word]

    def wait(self, until: int, word: str = "events", seconds: float = 10.0) -> None:
        """Wait for so many posts; fails when they do not come."""
        end = time.monotonic() + seconds
        while len(self.at(word)) < until:
            assert time.monotonic() < end, f"only {len(self.at(word))} of {until} posts to {word} came"
            time.sleep(0.005)


@contextmanager
def receiving(port: int = 0, **behaviour: Any) -> Iterator[Receiver]:
    """A receiver that answers."""
    receiver = Receiver(**behaviour)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            word = self.path.partition("?")[0].rsplit("/", 1)[-1]
            receiver.posted.append(Posted(self.path, dict(self.headers), body))
            time.sleep(receiver.pause)
            first = receiver.first.get(word)
            self.send_response(first.pop(0) if first else receiver.special.get(word, receiver.status))
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass  # a client that went away

    server = Quiet(("127.0.0.1", port), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def accepting_and_silent() -> Iterator[str]:
    """Its address: it takes every connection, reads, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    held.append(listening.accept()[0])

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        for one in held:
            one.close()


@contextmanager
def hanging_up() -> Iterator[str]:
    """Its address: it hangs up in the middle of its answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 O")
                    connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def refusing() -> Iterator[str]:
    """An address at which nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
