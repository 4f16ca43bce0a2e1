"""The connection itself: only to addresses that the resolver has checked, with TLS verified."""
# ruff: noqa: ARG002, ASYNC109 - the signatures are httpcore's

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from vitality_lib.web.resolve import ForbiddenAddressError, Resolver

_HANDSHAKE_SECONDS = 5.0
_TLS_RECORDS = (b"\x15", b"\x16")  # alert, handshake: RFC 8446 section 5.1


class TlsError(Exception):
    """The TLS handshake failed: certificate expired, wrong host, unknown issuer, no common version ..."""


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to what the resolver says and to nothing else."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._network = httpcore.AnyIOBackend()
        self._speaks_tls: dict[tuple[str, int], bool] = {}

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        place = await self._resolver.place(host, port)
        failure: Exception = httpcore.ConnectError(f"no address of {host} answers")
        for address in place.addresses:
            try:
                stream = await self._network.connect_tcp(address, place.mapped_port or port, timeout, local_address)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            if place.mapped_port is None:
                return _Stream(stream)
            return _MappedStream(stream, self, (address, place.mapped_port))
        raise failure

    async def speaks_tls(self, target: tuple[str, int]) -> bool:
        """Whether a mapped target answers a TLS handshake; one that says nothing is taken for plain HTTP this once.

        Which certificate it shows does not matter.
        """
        if target not in self._speaks_tls:
            first = await _first_octet_after_hello(*target)
            if not first:
                return False
            self._speaks_tls[target] = first in _TLS_RECORDS
        return self._speaks_tls[target]

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise ForbiddenAddressError(f"a local socket: {path}")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection whose failed handshake can be told from a failed connection."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except httpcore.ConnectError as error:
            raise TlsError(_say_tls(error)) from error


class _MappedStream(_Stream):
    """A connection to a mapped target: TLS with any certificate, or plain HTTP where it knows no TLS."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, network: CheckedNetwork, target: tuple[str, int]) -> None:
        super().__init__(stream)
        self._network = network
        self._target = target

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if not await self._network.speaks_tls(self._target):
            return self
        return await super().start_tls(_any_certificate(), server_hostname, timeout)


async def _first_octet_after_hello(address: str, port: int) -> bytes:
    """Say hello in TLS, and end an HTTP request with the same bytes: either kind of server answers at once.

    Empty when none answers.
    """
    outgoing = ssl.MemoryBIO()
    with contextlib.suppress(ssl.SSLWantReadError):
        _any_certificate().wrap_bio(ssl.MemoryBIO(), outgoing).do_handshake()
    try:
        async with asyncio.timeout(_HANDSHAKE_SECONDS):
            reader, writer = await asyncio.open_connection(address, port)
            writer.write(outgoing.read() + b"\r\n\r\n")
            first = await reader.read(1)
    except (OSError, TimeoutError):
        return b""
    writer.close()
    return first


def _any_certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _say_tls(error: BaseException) -> str:
    """The innermost words of a failed handshake, such as `certificate has expired`."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    words = getattr(error, "verify_message", "") or getattr(error, "reason", "") or str(error)
    return str(words) or "the server ended the handshake"
