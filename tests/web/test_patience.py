"""How long the browser is waited for follows how fast it is here; the driver is a server that answers late."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace

import pytest
from selenium.webdriver import ChromeOptions, Remote

from vitality_lib.web.patience import Patience, measured
from vitality_lib.web.stillness import settled

TAB = {"handle": "tab", "type": "tab"}


@contextmanager
def driver(pause: float) -> Iterator[Remote]:
    """A WebDriver whose answers to all but the first command come after so many seconds."""

    class Driver(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, value: object) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = json.dumps({"value": value}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            time.sleep(pause)
            self.answer("first")

        def do_POST(self) -> None:
            if self.path == "/session":
                self.answer({"sessionId": "1", "capabilities": {"browserName": "chrome"}})
                return
            time.sleep(pause)
            self.answer(TAB if self.path.endswith("/new") else None)

        def do_DELETE(self) -> None:
            time.sleep(pause)
            self.answer(["first"])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Driver)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Remote(f"http://127.0.0.1:{server.server_port}", options=ChromeOptions())
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("pause", "least", "most"), [(0.0, 1.0, 3.0), (0.2, 2.0, 4.0), (0.6, 4.0, 4.0)])
def test_a_slow_browser_is_waited_for_longer_but_not_for_ever(pause: float, least: float, most: float) -> None:
    with driver(pause) as slow:
        assert least <= measured(slow).times <= most


def test_every_wait_is_longer_where_the_browser_is_slow() -> None:
    usual, slow = Patience(), Patience(4.0)
    for name in ("answer", "quiet", "restless", "hopeless"):
        assert getattr(slow, name) == 4 * getattr(usual, name)


def test_a_page_is_not_given_up_because_nothing_was_asked_for_before_it_was_shown() -> None:
    states = iter([["loading", "about:blank", "", 0]] * 3)
    page = ["complete", "http://www.st-brendan.example/", "<html></html>", 13]

    def evaluate(**_: object) -> dict[str, object]:
        return {"type": "success", "result": {"value": json.dumps(next(states, page))}}

    late = SimpleNamespace(script=SimpleNamespace(evaluate=evaluate))
    state = settled(late, "tab", lambda _: 60.0, 1000, Patience())  # type: ignore[arg-type]
    assert state.url == "http://www.st-brendan.example/"
