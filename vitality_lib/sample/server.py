"""An HTTP/1.1 server for all hosts of the sample web on one port of loopback (RFC 9110, RFC 9112)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace

from vitality_lib.sample.failing import Failing, Fault
from vitality_lib.sample.hosts import GARBAGE, LIST_HOSTS, REFUSAL, SERVER_ERROR, Answer, Host, hosts

_SLOW_SECONDS = 3.0
_SILENT_SECONDS = 300.0
_MOST_BODY = 64 * 1024  # bytes of a form that are read
_REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 400: "Bad Request",
            403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 421: "Misdirected Request",
            500: "Internal Server Error", 503: "Service Unavailable"}  # fmt: skip
_UNKNOWN = Answer(b"No such host in the sample web.\n", 421, {"Content-Type": "text/plain; charset=utf-8"})
_NOT_ALLOWED = Answer(b"GET, HEAD or POST, please.\n", 405, {"Allow": "GET, HEAD, POST"})
_BAD = Answer(b"That was no HTTP/1.1 request.\n", 400)
_FAULTS = {
    Fault.BROKEN: SERVER_ERROR,
    Fault.BUSY: Answer(b"Too many visitors.\n", 503, {"Retry-After": "0", "Content-Type": "text/plain"}),
    Fault.REFUSES: REFUSAL,
    Fault.GARBAGE: GARBAGE,
}


@asynccontextmanager
async def serve(pace: float = 1.0, port: int = 0, failing: float = 0.0, seed: int = 0) -> AsyncIterator[int]:
    """Serve the sample web on 127.0.0.1 while the context is open; yields the port. Port 0: any that is free.

    `pace` is a factor on how long slow sites take. A share of `failing` of all requests fails, drawn with `seed`; the
    list of dioceses is spared: without it there would be no sites to fail. Raises OSError when the port is in use.
    """
    web = _Web(hosts(), pace, Failing(failing, seed, spared=LIST_HOSTS))
    listening = await asyncio.start_server(web.converse, "127.0.0.1", port)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()
        await web.hang_up()


@dataclass(frozen=True)
class _Asked:
    method: str
    target: str
    headers: Mapping[str, str]

    @property
    def host(self) -> str:
        return self.headers.get("host", "").rpartition("@")[2].partition(":")[0].lower()

    @property
    def keep_alive(self) -> bool:
        return self.headers.get("connection", "").lower() != "close"


class _Web:
    """Answers each connection in a task of its own."""

    def __init__(self, hosts: Mapping[str, Host], pace: float, failing: Failing) -> None:
        self._hosts = hosts
        self._pace = pace
        self._failing = failing
        self._open: set[asyncio.Task[None]] = set()

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """All requests of one connection, until one side has had enough."""
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client is gone, or we are ending
        except (asyncio.LimitOverrunError, ValueError):
            with suppress(ConnectionError):
                _write(writer, _BAD, head_only=False, keep_alive=False)
        finally:
            self._open.discard(task)
            writer.close()

    async def hang_up(self) -> None:
        """End every conversation."""
        tasks = list(self._open)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether another may follow."""
        asked = await _read(reader)
        host = self._hosts.get(asked.host)
        fault = self._failing.fault(asked.host, asked.target) if host else None
        if (host and host.hangs_up) or fault is Fault.HANGS_UP:
            return False
        if fault is Fault.SILENT:
            await asyncio.sleep(_SILENT_SECONDS * self._pace)
            return False
        if host and host.slow:
            await asyncio.sleep(_SLOW_SECONDS * self._pace)
        whole = host.answer(asked.target) if host else _UNKNOWN
        answer = _FAULTS[fault] if fault in _FAULTS else _conditional(asked, _spoilt(whole, fault))
        if asked.method not in {"GET", "HEAD", "POST"}:
            answer = _NOT_ALLOWED
        keep_alive = asked.keep_alive and fault is not Fault.CUT_OFF
        _write(writer, answer, head_only=asked.method == "HEAD", keep_alive=keep_alive)
        await writer.drain()
        return keep_alive


async def _read(reader: asyncio.StreamReader) -> _Asked:
    """The next request. Raises ValueError when it is none, IncompleteReadError at the end of the connection."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, version = head[0].split(" ")
    if not version.startswith("HTTP/1."):
        raise ValueError(version)
    fields = (line.partition(":") for line in head[1:] if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in fields}
    length = int(headers.get("content-length", 0))
    if not 0 <= length <= _MOST_BODY:
        raise ValueError(f"{length} bytes of form")
    await reader.readexactly(length)
    return _Asked(method, target, headers)


def _spoilt(answer: Answer, fault: Fault | None) -> Answer:
    """The answer as it is sent when half of it gets lost, or when it is not in the coding that it claims."""
    wrong = (
        {
            Fault.CUT_OFF: {"Content-Length": str(len(answer.body))},
            Fault.NO_GZIP: {"Content-Encoding": "gzip"},
        }.get(fault)
        if fault and answer.body
        else None
    )
    if wrong is None:
        return answer
    body = answer.body[: len(answer.body) // 2] if fault is Fault.CUT_OFF else answer.body
    untagged = {name: value for name, value in answer.headers.items() if name != "ETag"}
    return replace(answer, body=body, headers={**untagged, **wrong})


def _conditional(asked: _Asked, answer: Answer) -> Answer:
    """304 where the client's copy is the one we would send (RFC 9110 section 13.1.2)."""
    tags = [tag.strip() for tag in asked.headers.get("if-none-match", "").split(",")]
    if answer.etag and (answer.etag in tags or "*" in tags):
        return Answer(b"", 304, {"ETag": answer.etag})
    return answer


def _write(writer: asyncio.StreamWriter, answer: Answer, *, head_only: bool, keep_alive: bool) -> None:
    headers = {"Content-Length": str(len(answer.body)), **answer.headers}
    if answer.status == 304:
        del headers["Content-Length"]
    if not keep_alive:
        headers["Connection"] = "close"
    lines = [f"HTTP/1.1 {answer.status} {_REASONS[answer.status]}", *(f"{k}: {v}" for k, v in headers.items())]
    writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (b"" if head_only else answer.body))
