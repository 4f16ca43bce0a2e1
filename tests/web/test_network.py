"""The connection itself: only where the resolver says, TLS verified unless the operator mapped the host."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpcore
import pytest
from certificates import Issuer
from scripted_web import Reply, Server, serving

from vitality_lib.models import Outcome, Reason
from vitality_lib.settings import load
from vitality_lib.web.client import Answer, Call, open_client
from vitality_lib.web.network import CheckedNetwork, TlsError
from vitality_lib.web.resolve import ForbiddenAddressError, Place, Resolver
from vitality_lib.web.url import canonical

HOST = "www.st-brendan.example"


class LoopbackIsPublic(Resolver):
    """A name system in which a host of no mapping is here, as if loopback were a public network."""

    def __init__(self, *addresses: str) -> None:
        super().__init__(load())
        self._addresses = addresses or ("127.0.0.1",)

    async def place(self, host: str, port: int) -> Place:
        return Place(self._addresses, ())


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    return Issuer(tmp_path)


@pytest.fixture
async def plain() -> AsyncIterator[Server]:
    async with serving() as web:
        web.pages[f"{HOST}/"] = Reply("<h1>Mass Times")
        yield web


async def handshake(port: int, trusting: ssl.SSLContext) -> None:
    """Connect to HOST at a port of this machine and verify its certificate."""
    stream = await CheckedNetwork(LoopbackIsPublic()).connect_tcp(HOST, port, timeout=5)
    try:
        secured = await stream.start_tls(trusting, HOST, timeout=5)
        await secured.aclose()
    finally:
        await stream.aclose()


async def test_a_good_certificate_is_good(issuer: Issuer) -> None:
    async with serving(issuer.serving(HOST)) as web:
        await handshake(web.port, issuer.trusting())
        assert web.connections == 1


BAD_CERTIFICATES = {
    "it has expired": (HOST, -1, "certificate has expired"),
    "it is not valid yet": (HOST, 200, "certificate is not yet valid"),
    "it is another host's": ("www.st-clement.example", 30, "Hostname mismatch"),
}


@pytest.mark.parametrize("case", BAD_CERTIFICATES)
async def test_a_bad_certificate_ends_the_connection_and_the_error_says_why(issuer: Issuer, case: str) -> None:
    host, days, words = BAD_CERTIFICATES[case]
    async with serving(issuer.serving(host, days)) as web:
        with pytest.raises(TlsError, match=words):
            await handshake(web.port, issuer.trusting())


async def test_an_issuer_nobody_knows_ends_it(issuer: Issuer) -> None:
    async with serving(issuer.serving(HOST)) as web:
        with pytest.raises(TlsError, match="unable to get local issuer certificate"):
            await handshake(web.port, ssl.create_default_context())


async def test_no_common_version_of_tls_ends_it(issuer: Issuer) -> None:
    newest_only = issuer.trusting()
    newest_only.minimum_version = ssl.TLSVersion.TLSv1_3
    old = issuer.serving(HOST)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    async with serving(old) as web:
        with pytest.raises(TlsError):
            await handshake(web.port, newest_only)


async def test_a_server_that_answers_in_plain_ends_it(issuer: Issuer) -> None:
    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as listening:
        with pytest.raises(TlsError, match="WRONG_VERSION_NUMBER"):
            await handshake(listening.sockets[0].getsockname()[1], issuer.trusting())


async def test_the_client_gives_the_outcome_of_a_bad_certificate(issuer: Issuer) -> None:
    async with serving(issuer.serving(HOST)) as web, open_client(web.settings(), LoopbackIsPublic()) as client:
        outcome = await client.exchange(Call(canonical(f"https://{HOST}:{web.port}/")))
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.TLS_FAILURE
    assert outcome.detail.endswith("unable to get local issuer certificate")
    assert not web.asked


async def test_the_next_address_is_tried_when_the_first_does_not_answer(plain: Server) -> None:
    network = CheckedNetwork(LoopbackIsPublic("127.0.0.2", "127.0.0.1"))  # the server listens on the second alone
    stream = await network.connect_tcp(HOST, plain.port, timeout=5)
    await stream.aclose()


async def test_when_no_address_answers_the_connection_failed(plain: Server) -> None:
    with pytest.raises(httpcore.ConnectError):
        await CheckedNetwork(LoopbackIsPublic("127.0.0.2")).connect_tcp(HOST, plain.port, timeout=5)


async def test_an_address_that_is_not_public_is_never_connected_to(plain: Server) -> None:
    with pytest.raises(ForbiddenAddressError):
        await CheckedNetwork(Resolver(load())).connect_tcp("127.0.0.1", plain.port, timeout=5)
    assert plain.connections == 0


async def test_a_local_socket_is_never_connected_to() -> None:
    with pytest.raises(ForbiddenAddressError):
        await CheckedNetwork(Resolver(load())).connect_unix_socket("/var/run/docker.sock")


async def fetched(web: Server, url: str) -> Answer:
    settings = web.settings()
    async with open_client(settings, Resolver(settings)) as client:
        answers = await asyncio.gather(*(client.exchange(Call(canonical(url))) for _ in range(3)))
    for answer in answers:
        assert isinstance(answer, Answer), answer
    return answers[0]


async def test_a_mapped_target_without_tls_serves_https_addresses_in_plain(plain: Server) -> None:
    assert (await fetched(plain, f"https://{HOST}/")).body == b"<h1>Mass Times"


@pytest.mark.parametrize("days", [30, -1])
async def test_a_mapped_target_with_tls_may_show_any_certificate(issuer: Issuer, days: int) -> None:
    async with serving(issuer.serving("anything.example", days)) as web:
        web.pages[f"{HOST}/"] = Reply("<h1>Mass Times")
        assert (await fetched(web, f"https://{HOST}/")).body == b"<h1>Mass Times"


async def test_http_addresses_of_a_mapped_target_are_never_asked_for_tls(plain: Server) -> None:
    assert (await fetched(plain, f"http://{HOST}/")).body == b"<h1>Mass Times"
    assert {asked.path for asked in plain.asked} == {"/"}


async def test_a_mapped_server_that_was_silent_once_is_asked_again(issuer: Issuer) -> None:
    async with serving(issuer.serving(HOST)) as web:
        target = ("127.0.0.1", web.port)
        network = CheckedNetwork(Resolver(web.settings()))
    assert not await network.speaks_tls(target)
    async with serving(issuer.serving(HOST), target[1]):
        assert await network.speaks_tls(target)
