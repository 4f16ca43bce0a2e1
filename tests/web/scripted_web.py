"""A scripted web on loopback: pages by host and path, whatever a server may do to a crawler, each request recorded."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from vitality_lib.settings import Settings, load


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; times in seconds of one clock, over all processes of this machine."""

    host: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    started: float
    ended: float = 0.0


@dataclass(frozen=True)
class Reply:
    """What to answer. `raw` replaces status line, headers and body; `pause` comes before the answer."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0
    raw: bytes | None = None

    def wire(self) -> bytes:
        if self.raw is not None:
            return self.raw
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


Answering = Reply | Callable[[Asked], Reply | Awaitable[Reply]]
NOT_FOUND = Reply("nothing here", 404)


class Server:
    """`pages` maps `host/path` to a reply, or to a function of the request; `asked` is the record."""

    def __init__(self) -> None:
        self.pages: dict[str, Answering] = {}
        self.asked: list[Asked] = []
        self.port = 0
        self.connections = 0
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}

    def paths(self, host: str = "") -> list[str]:
        """What was asked for, without robots.txt."""
        return [a.path for a in self.asked if a.path != "/robots.txt" and (not host or a.host == host)]

    def settings(self, **more: object) -> Settings:
        """Settings under which every host is served here, quickly."""
        quick: dict[str, object] = {"resolve": f"*=127.0.0.1:{self.port}", "pace": 0.01, "browser": "off"}
        return load(**(quick | more))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open[writer] = asyncio.current_task()
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, ssl.SSLError):
            pass  # the client went away, or spoke no HTTP
        except asyncio.CancelledError:
            pass  # hung up by us
        finally:
            writer.close()
            del self._open[writer]

    async def hang_up(self) -> None:
        """Close every connection, whatever is under way on it."""
        tasks = [task for task in self._open.values() if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        started = time.monotonic()
        method, path, version = head[0].split(" ")
        if not version.startswith("HTTP/"):
            raise ValueError(f"no HTTP: {head[0]!r}")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        asked = Asked(headers.get("host", ""), method, path, headers, body, started)
        answering = self.pages.get(asked.host + path, NOT_FOUND)
        reply = answering(asked) if callable(answering) else answering
        if not isinstance(reply, Reply):
            reply = await reply
        await asyncio.sleep(reply.pause)
        self.asked.append(Asked(asked.host, method, path, headers, body, started, time.monotonic()))
        writer.write(reply.wire())
        await writer.drain()
        return reply.raw is None


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None, port: int = 0) -> AsyncIterator[Server]:
    """A server on a port of loopback; 0: a free one."""
    server = Server()
    listening = await asyncio.start_server(server._serve, "127.0.0.1", port, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await server.hang_up()
