"""The nation on one port of loopback, for whatever host is asked: HTTP/1.1, by hand, for it must outrun its guests."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from nation.sites import Web
from vitality_lib.sample.failing import Failing, Fault
from vitality_lib.sample.hosts import GARBAGE, LIST_HOSTS, REFUSAL, SERVER_ERROR, Answer

_REQUEST = re.compile(rb"[A-Z]+ ([!-\xff]+) HTTP/1\.[01]\r\n")
_HOST = re.compile(rb"\r\nhost: *([^\r:]*)", re.I)
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
_TAG = re.compile(rb"\r\nif-none-match: *([^\r]*)", re.I)
_CLOSE = re.compile(rb"\r\nconnection: *close", re.I)
_REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 400: "Bad Request",
            403: "Forbidden", 404: "Not Found", 421: "Misdirected Request", 500: "Internal Server Error",
            503: "Service Unavailable"}  # fmt: skip
_NO_HTTP = Answer(b"This is no HTTP request.\n", 400)
_NO_SUCH_HOST = Answer(b"No such host in the nation.\n", 421)
_SLOW_SECONDS = 3.0
_FAULTS = {
    Fault.BROKEN: SERVER_ERROR,
    Fault.BUSY: Answer(b"Too many visitors.\n", 503, {"Retry-After": "0", "Content-Type": "text/plain"}),
    Fault.REFUSES: REFUSAL,
    Fault.GARBAGE: GARBAGE,
}
_HANGS_UP = frozenset({Fault.HANGS_UP, Fault.SILENT, Fault.CUT_OFF, Fault.NO_GZIP})


@dataclass(frozen=True)
class Served:
    """One request as the server saw it: from when to when (seconds of a monotonic clock), and what it answered.

    `status` 0: the connection was closed without an answer.
    """

    host: str
    target: str
    began: float
    ended: float
    status: int


@dataclass(frozen=True)
class Temper:
    """How the server behaves: `pace` is a factor on each latency (0: none), `failing` what fails; `note` hears all."""

    pace: float = 0.0
    failing: Failing = field(default_factory=lambda: Failing(0.0))
    note: Callable[[Served], None] = lambda _: None


@asynccontextmanager
async def serve(web: Web, temper: Temper, port: int = 0) -> AsyncIterator[int]:
    """Serve while the context is open; yields the port."""
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: _Talk(web, temper, loop), "127.0.0.1", port, backlog=1024)
    async with listening:
        yield listening.sockets[0].getsockname()[1]


class _Talk(asyncio.Protocol):
    """One connection: a request, its answer after the host's latency, the next request."""

    def __init__(self, web: Web, temper: Temper, loop: asyncio.AbstractEventLoop) -> None:
        self._web, self._temper, self._loop = web, temper, loop
        self._waiting = b""
        self._busy = False
        self._given_up = lambda: None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._out = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever hangs up does not wait any more: what it asked for has ended."""
        self._given_up()

    def _next(self) -> None:
        end = self._waiting.find(b"\r\n\r\n")
        if self._busy or end < 0:
            return
        head = self._waiting[: end + 2]
        body = _LENGTH.search(head)
        whole = end + 4 + (int(body[1]) if body else 0)
        if len(self._waiting) < whole:
            return
        self._waiting = self._waiting[whole:]
        self._busy = True
        self._take(head)

    def _take(self, head: bytes) -> None:
        began = self._loop.time()
        named = _HOST.search(head)
        name = named[1].decode("latin-1").lower() if named else ""
        asked = _REQUEST.match(head)
        if not asked:  # no HTTP: a guest that tries whether we speak TLS
            self._out.write(_bytes(_NO_HTTP, head_only=False))
            self._out.close()
            return
        target = asked[1].decode("latin-1")
        host = self._web.host(name)
        seconds = self._web.latency(name) + (_SLOW_SECONDS if host and host.slow else 0.0)
        wait = seconds * self._temper.pace
        hangs_up = host is not None and host.hangs_up
        if wait:
            answering = self._loop.call_later(wait, self._give, head, name, target, began, hangs_up)
            self._given_up = lambda: self._end(answering, name, target, began)
        else:
            self._give(head, name, target, began, hangs_up)

    def _end(self, answering: asyncio.TimerHandle, name: str, target: str, began: float) -> None:
        answering.cancel()
        self._temper.note(Served(name, target, began, self._loop.time(), 0))

    def _give(self, head: bytes, name: str, target: str, began: float, hangs_up: bool) -> None:
        self._given_up = lambda: None
        fault = self._temper.failing.fault(name, target)
        if hangs_up or fault in _HANGS_UP:
            self._temper.note(Served(name, target, began, self._loop.time(), 0))
            self._out.close()
            return
        answer = _FAULTS[fault] if fault else self._web.answer(name, target) or _NO_SUCH_HOST
        tag = _TAG.search(head)
        if answer.etag and tag and tag[1].decode("latin-1") == answer.etag:
            answer = Answer(b"", 304, {"ETag": answer.etag})
        self._temper.note(Served(name, target, began, self._loop.time(), answer.status))
        self._out.write(_bytes(answer, head.startswith(b"HEAD")))
        if _CLOSE.search(head):
            self._out.close()
            return
        self._busy = False
        self._next()


def _bytes(answer: Answer, head_only: bool) -> bytes:
    length = "" if answer.status == 304 else f"Content-Length: {len(answer.body)}\r\n"
    fields = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    head = f"HTTP/1.1 {answer.status} {_REASONS[answer.status]}\r\n{length}{fields}\r\n".encode("latin-1")
    return head if head_only else head + answer.body


__all__ = ["LIST_HOSTS", "Served", "Temper", "serve"]
