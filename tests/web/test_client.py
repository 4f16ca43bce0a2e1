"""One HTTP exchange: what goes out, what comes back, and the limits of size and time."""

import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Callable

import pytest
from scripted_web import Asked, Reply, Server

from vitality_lib.models import Outcome, Reason
from vitality_lib.web.client import Answer, Call, Client, open_client
from vitality_lib.web.resolve import Resolver
from vitality_lib.web.url import canonical

HOST = "www.st-brendan.example"
KIB = 1024


@pytest.fixture
async def client(web: Server) -> AsyncIterator[Client]:
    """A client with small limits: pages of 64 KiB, PDFs of 128 KiB, a second for one request."""
    settings = web.settings(timeout_seconds=1, max_html_bytes=64 * KIB, max_pdf_bytes=128 * KIB)
    async with open_client(settings, Resolver(settings)) as opened:
        yield opened


def page(path: str = "/") -> Call:
    return Call(canonical(f"http://{HOST}{path}"))


async def answered(client: Client, call: Call) -> Answer:
    answer = await client.exchange(call)
    assert isinstance(answer, Answer), answer
    return answer


async def reason(client: Client, call: Call) -> Reason:
    outcome = await client.exchange(call)
    assert isinstance(outcome, Outcome), outcome
    assert outcome.detail.startswith(str(call.address))
    return outcome.reason


# --- what goes out


async def test_a_request_says_who_we_are_and_what_we_read(web: Server, client: Client) -> None:
    await client.exchange(page())
    headers = web.asked[0].headers
    assert headers["user-agent"] == web.settings().user_agent
    assert headers["accept"].startswith("text/html")
    assert headers["accept-language"].startswith("en-US")
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert not {"cookie", "referer", "authorization"} & headers.keys()


async def test_the_host_names_a_port_only_where_it_is_not_the_schemes_own(web: Server, client: Client) -> None:
    for url in (f"http://{HOST}:80/", f"http://{HOST}:8080/", f"https://{HOST}:443/"):
        await client.exchange(Call(canonical(url)))
    assert [asked.host for asked in web.asked] == [HOST, f"{HOST}:8080", HOST]


async def test_a_body_is_sent_with_its_headers(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = lambda asked: Reply(f"{asked.method} {asked.headers['content-type']} {asked.body.decode()}")
    headers = {"Content-Type": "text/plain", "Content-Length": "4"}
    answer = await answered(client, Call(canonical(f"http://{HOST}/"), "POST", headers, b"Mass"))
    assert answer.body == b"POST text/plain Mass"


async def test_a_header_goes_back_as_it_came_whatever_its_octets(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = Reply("<h1>Mass", headers={"ETag": '"españa"'})
    etag = (await answered(client, page())).headers["etag"]
    await answered(client, Call(canonical(f"http://{HOST}/"), headers={"If-None-Match": etag}))
    assert web.asked[1].headers["if-none-match"] == '"españa"'


async def test_cookies_are_not_kept(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = Reply("<h1>Mass", headers={"Set-Cookie": "visitor=1"})
    for _ in range(2):
        await client.exchange(page())
    assert "cookie" not in web.asked[1].headers


async def test_connections_are_kept(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = Reply("<h1>Mass")
    for _ in range(3):
        await client.exchange(page())
    assert web.connections == 1


async def test_a_redirect_is_an_answer_and_not_followed(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = Reply("", 302, {"Location": "/mass"})
    answer = await answered(client, page())
    assert (answer.status, answer.headers["location"]) == (302, "/mass")
    assert len(web.asked) == 1


# --- what comes back


async def test_header_names_are_in_lower_case_and_repeated_ones_joined(web: Server, client: Client) -> None:
    raw = (
        b"HTTP/1.1 200 OK\r\nLink: <a>\r\nLINK: <b>\r\nContent-Type: Text/HTML; charset=x\r\nContent-Length: 0\r\n\r\n"
    )
    web.pages[f"{HOST}/"] = Reply(raw=raw)
    answer = await answered(client, page())
    assert answer.headers["link"] == "<a>, <b>"
    assert answer.content_type == "text/html"


async def test_a_body_in_chunks_is_one_body(web: Server, client: Client) -> None:
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<h1>M\r\n3\r\nass\r\n0\r\n\r\n"
    web.pages[f"{HOST}/"] = Reply(raw=raw)
    assert (await answered(client, page())).body == b"<h1>Mass"


async def test_a_body_without_length_ends_with_its_connection(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = Reply(raw=b"HTTP/1.0 200 OK\r\n\r\n<h1>Mass")
    assert (await answered(client, page())).body == b"<h1>Mass"


@pytest.mark.parametrize("kind", ["image/png", "audio/mpeg", "video/mp4", "font/woff2", "IMAGE/JPEG; x=y"])
async def test_media_are_not_read(web: Server, client: Client, kind: str) -> None:
    web.pages[f"{HOST}/"] = Reply(b"\x89PNG" * KIB, headers={"Content-Type": kind})
    assert await reason(client, page()) is Reason.UNREADABLE


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/json", "application/octet-stream", ""])
async def test_anything_else_is(web: Server, client: Client, kind: str) -> None:
    web.pages[f"{HOST}/"] = Reply("<h1>Mass", headers={"Content-Type": kind})
    assert (await answered(client, page())).body == b"<h1>Mass"


# --- limits of size


def announced(size: int) -> Reply:
    return Reply(b"x" * size)


def unannounced(size: int) -> Reply:
    return Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"x" * size)


def compressed(size: int) -> Reply:
    body = gzip.compress(b"".join(b"%d" % (number * number) for number in range(size // 9)))
    return Reply(body, headers={"Content-Encoding": "gzip"})


SIZES: dict[str, Callable[[int], Reply]] = {
    "announced": announced,
    "unannounced": unannounced,
    "compressed": compressed,
}


@pytest.mark.parametrize("case", SIZES)
async def test_a_page_within_the_limit_is_read(web: Server, client: Client, case: str) -> None:
    web.pages[f"{HOST}/"] = SIZES[case](64 * KIB)
    assert len((await answered(client, page())).body) > 32 * KIB


@pytest.mark.parametrize("case", SIZES)
async def test_a_page_beyond_it_is_not(web: Server, client: Client, case: str) -> None:
    web.pages[f"{HOST}/"] = SIZES[case](100 * KIB)
    assert await reason(client, page()) is Reason.TOO_LARGE


@pytest.mark.parametrize("case", SIZES)
async def test_of_a_call_that_truncates_the_beginning_is_read(web: Server, client: Client, case: str) -> None:
    web.pages[f"{HOST}/"] = SIZES[case](100 * KIB)
    answer = await answered(client, Call(canonical(f"http://{HOST}/"), limit=KIB, truncate=True))
    assert 0 < len(answer.body) <= KIB


async def test_an_endless_page_is_left_at_the_limit(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n" + b"x" * 100)
    assert await reason(client, page()) is Reason.TOO_LARGE


PDFS = {
    "by its type": ("/bulletin", "application/pdf"),
    "by its name": ("/bulletin.PDF", "text/html"),
    "by bytes that may be one": ("/download?id=3", "application/octet-stream"),
}


@pytest.mark.parametrize("case", PDFS)
async def test_a_pdf_has_a_limit_of_its_own(web: Server, client: Client, case: str) -> None:
    path, kind = PDFS[case]
    web.pages[HOST + path] = Reply(b"%PDF-" + b"x" * 100 * KIB, headers={"Content-Type": kind})
    assert len((await answered(client, page(path))).body) == 100 * KIB + 5
    web.pages[HOST + path] = Reply(b"%PDF-" + b"x" * 200 * KIB, headers={"Content-Type": kind})
    assert await reason(client, page(path)) is Reason.TOO_LARGE


async def test_of_an_error_page_enough_is_read_to_see_why(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = Reply("x" * 300 * KIB, 503)
    answer = await answered(client, page())
    assert (answer.status, len(answer.body)) == (503, 256 * KIB)


async def test_a_flood_of_headers_is_no_answer(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X-Filler: aaaaaaaaaaaaaaaa\r\n" * 9000 + b"\r\n")
    assert await reason(client, page()) is Reason.CONNECTION_FAILURE


# --- limits of time


async def test_a_server_that_says_nothing_has_its_time(web: Server, client: Client) -> None:
    web.pages[f"{HOST}/"] = Reply("late", pause=5)
    started = time.monotonic()
    assert await reason(client, page()) is Reason.TIMEOUT
    assert time.monotonic() - started < 3


async def test_a_body_that_drips_has_its_time(client: Client) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(40):
            writer.write(b"x")
            await asyncio.sleep(0.1)
        writer.close()

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as dripping:
        port = dripping.sockets[0].getsockname()[1]
        settings = Server().settings(resolve=f"*=127.0.0.1:{port}", timeout_seconds=0.5)
        async with open_client(settings, Resolver(settings)) as patient:
            started = time.monotonic()
            assert await reason(patient, page()) is Reason.TIMEOUT
    assert time.monotonic() - started < 3


# --- no answer

NO_ANSWER = {
    "a closed connection": b"",
    "another protocol": b"220 mail.example ESMTP\r\n\r\n",
    "a status that is none": b"HTTP/1.1 abc\r\n\r\n",
    "a body cut off": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<h1>Mass",
    "a chunk cut off": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<h1>",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\n<h1>M",
}


@pytest.mark.parametrize("case", NO_ANSWER)
async def test_what_is_no_answer_is_a_failed_connection(web: Server, client: Client, case: str) -> None:
    web.pages[f"{HOST}/"] = Reply(raw=NO_ANSWER[case])
    assert await reason(client, page()) is Reason.CONNECTION_FAILURE


async def test_a_host_where_nobody_listens_is_a_failed_connection() -> None:
    settings = Server().settings(resolve="*=127.0.0.1:1")
    async with open_client(settings, Resolver(settings)) as client:
        assert await reason(client, page()) is Reason.CONNECTION_FAILURE


async def test_a_host_that_leads_to_this_machine_is_forbidden() -> None:
    settings = Server().settings(resolve="", pace=1)
    async with open_client(settings, Resolver(settings)) as client:
        assert await reason(client, Call(canonical("http://localhost:8080/"))) is Reason.FORBIDDEN_ADDRESS


async def test_after_a_failure_the_next_exchange_is_as_good_as_any(web: Server, client: Client) -> None:
    replies = iter([Reply(raw=b""), Reply("late", pause=2), Reply("<h1>Mass")])

    def answering(asked: Asked) -> Reply:
        return next(replies)

    web.pages[f"{HOST}/"] = answering
    assert await reason(client, page()) is Reason.CONNECTION_FAILURE
    assert await reason(client, page()) is Reason.TIMEOUT
    assert (await answered(client, page())).status == 200


DESYNCHRONISED = {
    "a second answer": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nMass"
    b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged",
    "a 304 with a body": b"HTTP/1.1 304 Not Modified\r\n\r\n<h1>Not modified</h1>",
    "more than was announced": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nMass Times",
}


@pytest.mark.parametrize("case", DESYNCHRONISED)
async def test_what_comes_unasked_is_no_answer_to_the_next_request(client: Client, case: str) -> None:
    """RFC 9112 section 9.2. The server keeps the connection open, as `Reply(raw=...)` would not."""

    async def keep_open(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while b"GET /next" not in await reader.readuntil(b"\r\n\r\n"):
            writer.write(DESYNCHRONISED[case])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext")
        await reader.read()
        writer.close()

    async with await asyncio.start_server(keep_open, "127.0.0.1", 0) as listening:
        settings = Server().settings(resolve=f"*=127.0.0.1:{listening.sockets[0].getsockname()[1]}")
        async with open_client(settings, Resolver(settings)) as kept:
            await answered(kept, page("/first"))
            assert (await answered(kept, page("/next"))).body == b"next"
