"""Hosts that are not who they say: certificates and versions of TLS that must end the visit."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import AsyncExitStack
from pathlib import Path

from case import Case, host_of
from hostile_server import HostileServer, Visitor, tls_port
from web.certificates import Issuer

from vitality_lib.models import Reason

_HTTPS = "https://{host}/"


async def _down_to_http(visitor: Visitor) -> None:
    if visitor.number == 1:
        await visitor.reply("", 301, Location=f"http://{visitor.host}/mass")
        return
    await visitor.reply("<p>Mass")


CASES: dict[str, Case] = {
    "a good certificate": Case(Reason.OK, url=_HTTPS),
    "an expired certificate": Case(Reason.TLS_FAILURE, url=_HTTPS),
    "a certificate of next year": Case(Reason.TLS_FAILURE, url=_HTTPS),
    "a certificate of another host": Case(Reason.TLS_FAILURE, url=_HTTPS),
    "a certificate that nobody knows": Case(Reason.TLS_FAILURE, url=_HTTPS),
    "TLS of long ago": Case(Reason.TLS_FAILURE, url=_HTTPS),
    "no TLS where it was promised": Case(Reason.TLS_FAILURE, url=_HTTPS),
    "a handshake that never ends": Case(Reason.TIMEOUT, url=_HTTPS),
    "a redirect down to http": Case(Reason.OK, _down_to_http, url=_HTTPS),  # a page is public: nothing is lost by it
}


async def secured(server: HostileServer, folder: Path, stack: AsyncExitStack) -> tuple[dict[str, int], Path]:
    """Start each host's TLS; its port by host, and the file of the one issuer to trust."""
    trusted, stranger = Issuer(folder), Issuer(folder)
    contexts = {
        "a good certificate": trusted.serving,
        "an expired certificate": lambda host: trusted.serving(host, -1),
        "a certificate of next year": lambda host: trusted.serving(host, 365),
        "a certificate of another host": lambda host: trusted.serving("other.example"),
        "a certificate that nobody knows": stranger.serving,
        "TLS of long ago": lambda host: _old(trusted.serving(host)),
        "a redirect down to http": trusted.serving,
    }
    ports = {host_of(name): await tls_port(server, make(host_of(name)), stack) for name, make in contexts.items()}
    silent = await stack.enter_async_context(await asyncio.start_server(_silent, "127.0.0.1", 0))
    ports[host_of("a handshake that never ends")] = silent.sockets[0].getsockname()[1]
    plain = await stack.enter_async_context(await asyncio.start_server(_plain, "127.0.0.1", 0))
    ports[host_of("no TLS where it was promised")] = plain.sockets[0].getsockname()[1]
    file = folder / "issuer.pem"
    file.write_text(trusted.certificate)
    return ports, file


def _old(context: ssl.SSLContext) -> ssl.SSLContext:
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


async def _silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)
    writer.close()


async def _plain(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    writer.close()
