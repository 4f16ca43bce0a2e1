"""One HTTP exchange: a request out, an answer or an outcome back, within limits of size and time. No manners here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import MappingProxyType

import httpcore
import httpx

from vitality_lib.models import Outcome, Reason
from vitality_lib.settings import Settings
from vitality_lib.web.connections import Connections
from vitality_lib.web.decode import ACCEPTED, OversizedError, UndecodableError, decoded
from vitality_lib.web.network import CheckedNetwork, TlsError
from vitality_lib.web.resolve import ForbiddenAddressError, NameNotFoundError, Resolver
from vitality_lib.web.url import Address

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_ACCEPT = "text/html,application/xhtml+xml,application/json;q=0.9,application/xml;q=0.9,application/pdf;q=0.8,*/*;q=0.7"
_PDF_TYPES = frozenset({"application/pdf", "application/x-pdf", "application/octet-stream"})
_MEDIA = ("image/", "audio/", "video/", "font/")
_ERROR_PAGE_BYTES = 256 * 1024  # of a page that says no, enough to see why
_FAILURES: dict[type[Exception], Reason] = {  # the first that fits
    NameNotFoundError: Reason.DNS_FAILURE,
    ForbiddenAddressError: Reason.FORBIDDEN_ADDRESS,
    TlsError: Reason.TLS_FAILURE,
    TimeoutError: Reason.TIMEOUT,
    httpcore.TimeoutException: Reason.TIMEOUT,
    httpcore.NetworkError: Reason.CONNECTION_FAILURE,
    httpcore.ProtocolError: Reason.CONNECTION_FAILURE,
    OSError: Reason.CONNECTION_FAILURE,
    OversizedError: Reason.TOO_LARGE,
    UndecodableError: Reason.UNREADABLE,
}


@dataclass(frozen=True)
class Call:
    """One request to make. `limit` caps the decoded body (None: by type); with `truncate` the rest is left unread."""

    address: Address
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=lambda: _NO_HEADERS)
    body: bytes | None = None
    limit: int | None = None
    truncate: bool = False


@dataclass(frozen=True)
class Answer:
    """What a server sent: status, lower-case headers (repeated ones joined by a comma, X-Robots-Tag by a line's end),
    decoded body.
    """

    address: Address
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


class Client:
    """Makes exchanges over kept connections. Open it with `open_client`."""

    def __init__(self, settings: Settings, connections: Connections) -> None:
        self._settings = settings
        self._connections = connections

    async def exchange(self, call: Call) -> Answer | Outcome:
        """Make the request. An unhappy end is an outcome: no name, no connection, TLS, timeout, size, coding."""
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                return await self._exchange(call)
        except tuple(_FAILURES) as error:
            reason = next(reason for failure, reason in _FAILURES.items() if isinstance(error, failure))
            return Outcome(reason, f"{call.address}: {str(error) or type(error).__name__}")

    async def _exchange(self, call: Call) -> Answer | Outcome:
        headers = {
            "Host": call.address.authority,
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT,
            "Accept-Language": "en-US,en;q=0.9,es;q=0.5",
            "Accept-Encoding": ACCEPTED,
            **({} if call.body is None else {"Content-Length": str(len(call.body))}),
            **call.headers,
        }
        request = httpcore.Request(call.method, _url(call.address), headers=_raw(headers), content=call.body)
        async with self._connections.response(call.address.origin, request) as response:
            answered = _headers(response)
            answer = Answer(call.address, response.status, answered, b"")
            if response.status == 200 and answer.content_type.startswith(_MEDIA):
                return Outcome(Reason.UNREADABLE, f"{call.address}: {answer.content_type}, no text")
            limit, truncate = self._limit(call, answer)
            raw = await _read(response, answered.get("content-length", ""), limit, truncate)
        body = decoded(raw, answered.get("content-encoding", ""), limit, truncate)
        return Answer(call.address, response.status, answered, body)

    def _limit(self, call: Call, answer: Answer) -> tuple[int, bool]:
        if call.limit is not None:
            return call.limit, call.truncate
        if not 200 <= answer.status < 300:
            return _ERROR_PAGE_BYTES, True
        is_pdf = answer.content_type in _PDF_TYPES or call.address.path.lower().endswith(".pdf")
        return (self._settings.max_pdf_bytes if is_pdf else self._settings.max_html_bytes), False


@asynccontextmanager
async def open_client(settings: Settings, resolver: Resolver) -> AsyncIterator[Client]:
    """A client whose connections all go where `resolver` allows, TLS verified by the Mozilla list of issuers."""
    connections = Connections(httpx.create_ssl_context(trust_env=False), CheckedNetwork(resolver))
    try:
        yield Client(settings, connections)
    finally:
        await connections.close()


def _url(address: Address) -> httpcore.URL:
    return httpcore.URL(
        scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=address.path.encode()
    )


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Header fields as octets: an ETag beyond ASCII goes back as it came."""
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]


def _headers(response: httpcore.Response) -> Mapping[str, str]:
    merged: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("ascii", "replace").lower(), raw_value.decode("latin-1").replace("\x00", "")
        between = "\n" if name == "x-robots-tag" else ", "  # a crawler's name in one does not hold for the next
        merged[name] = f"{merged[name]}{between}{value}" if name in merged else value
    return MappingProxyType(merged)


async def _read(response: httpcore.Response, announced: str, limit: int, truncate: bool) -> bytes:
    if announced.isdigit() and int(announced[:15]) > limit and not truncate:
        raise OversizedError(f"{announced} bytes announced, {limit} allowed")
    raw = bytearray()
    async for chunk in response.aiter_stream():
        raw += chunk
        if len(raw) > limit:
            if truncate:
                break
            raise OversizedError(f"more than {limit} bytes")
    return bytes(raw)
