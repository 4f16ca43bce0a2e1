"""The server that means ill: each host has one behaviour, written in octets; and the canary that nobody may touch."""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

_LONGEST_VISIT = 45.0


@dataclass(frozen=True)
class Visitor:
    """One request, and the connection to ill-treat. `number` counts the requests to this host, from 1."""

    host: str
    method: str
    path: str
    number: int
    canary: int
    writer: asyncio.StreamWriter

    async def send(self, octets: bytes) -> None:
        self.writer.write(octets)
        await self.writer.drain()

    async def reply(self, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        """A well-formed answer; header names with `_` for `-`."""
        content = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content))}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in named.items())]
        await self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content)


Behaviour = Callable[[Visitor], Awaitable[None]]


@dataclass
class HostileServer:
    """`behaviours` by host; one that has no robots.txt of its own (`with_robots`) answers 404 to the request for it."""

    behaviours: Mapping[str, Behaviour]
    with_robots: frozenset[str]
    canary: int = 0
    port: int = 0
    asked: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_LONGEST_VISIT):
                while not writer.is_closing():
                    await self._one(reader, writer)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass  # the visitor left, as it should
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        await reader.readexactly(int(headers.get("content-length", 0)))
        host = headers.get("host", "").partition(":")[0]
        self.asked.append(f"{method} {host}{path}")
        self._counts[host] += path != "/robots.txt"
        visitor = Visitor(host, method, path, self._counts[host], self.canary, writer)
        if host not in self.behaviours or (path == "/robots.txt" and host not in self.with_robots):
            await visitor.reply("no such thing", 404)
        else:
            await self.behaviours[host](visitor)

    async def touch(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.touched.append("a connection")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nthe-secret")
        writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: HostileServer) -> None:
        self._server = server

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._server.touched.append("a datagram")


@asynccontextmanager
async def hostile(behaviours: Mapping[str, Behaviour], with_robots: frozenset[str]) -> AsyncIterator[HostileServer]:
    """The server and its canary (TCP and UDP of one port, on the loopbacks of IPv4 and IPv6)."""
    server = HostileServer(behaviours, with_robots)
    async with AsyncExitStack() as stack:
        listening = await stack.enter_async_context(await asyncio.start_server(server.serve, "127.0.0.1", 0))
        canary = await asyncio.start_server(server.touch, "127.0.0.1", 0)
        await stack.enter_async_context(canary)
        server.port = listening.sockets[0].getsockname()[1]
        server.canary = canary.sockets[0].getsockname()[1]
        await stack.enter_async_context(await asyncio.start_server(server.touch, "::1", server.canary))
        where = ("127.0.0.1", server.canary)
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: _Datagrams(server), where)
        stack.callback(transport.close)
        yield server


async def tls_port(server: HostileServer, context: ssl.SSLContext, stack: AsyncExitStack) -> int:
    """A port on which the same behaviours are had over TLS."""
    listening = await stack.enter_async_context(await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=context))
    return int(listening.sockets[0].getsockname()[1])
