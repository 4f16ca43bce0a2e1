"""Kept connections: one an origin, found by its name, and not by looking through all that are open."""

from __future__ import annotations

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpcore

MOST_IDLE = 128
IDLE_SECONDS = 20.0


class Connections:
    """HTTP/1.1 connections over `network`. An idle one is kept for 20 seconds, 128 of them at most."""

    def __init__(self, tls: ssl.SSLContext, network: httpcore.AsyncNetworkBackend) -> None:
        self._tls = tls
        self._network = network
        self._idle: OrderedDict[str, tuple[float, httpcore.AsyncHTTPConnection]] = OrderedDict()  # longest idle first

    @asynccontextmanager
    async def response(self, origin: str, request: httpcore.Request) -> AsyncIterator[httpcore.Response]:
        """The answer to a request of this origin; its body may be read inside the block. Raises what httpcore does."""
        connection = await self._kept(origin) or self._new(request.url.origin)
        try:
            response = await connection.handle_async_request(request)
            try:
                yield response
            finally:
                await response.aclose()
        finally:
            await self._put_back(origin, connection)

    async def close(self) -> None:
        """Close all that are idle."""
        while self._idle:
            await self._close_longest_idle()

    def _new(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        return httpcore.AsyncHTTPConnection(
            origin, self._tls, keepalive_expiry=IDLE_SECONDS, network_backend=self._network
        )

    async def _kept(self, origin: str) -> httpcore.AsyncHTTPConnection | None:
        _, connection = self._idle.pop(origin, (0.0, None))
        if connection is None or not connection.has_expired():
            return connection
        await connection.aclose()
        return None

    async def _put_back(self, origin: str, connection: httpcore.AsyncHTTPConnection) -> None:
        now = asyncio.get_running_loop().time()
        if connection.is_closed():
            pass
        elif connection.is_idle() and origin not in self._idle and not _said_more(connection):
            self._idle[origin] = (now, connection)
        else:
            await connection.aclose()
        while self._idle and (len(self._idle) > MOST_IDLE or self._longest_idle() < now - IDLE_SECONDS):
            await self._close_longest_idle()

    def _longest_idle(self) -> float:
        return next(iter(self._idle.values()))[0]

    async def _close_longest_idle(self) -> None:
        _, (_, connection) = self._idle.popitem(last=False)
        await connection.aclose()


def _said_more(connection: httpcore.AsyncHTTPConnection) -> bool:
    """Whether more came than was asked for: it must not pass for the next request's answer (RFC 9112 section 9.2).

    Servers that mean no harm do it, too: a 304 with a body. httpcore looks at the socket alone, and not at what it has
    read from it already.
    """
    state = getattr(getattr(connection, "_connection", None), "_h11_state", None)
    return state is not None and bool(state.trailing_data[0])
