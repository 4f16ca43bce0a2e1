"""What a server may do to the one who listens to it: floods, drips and lies, below the page itself."""

from __future__ import annotations

import asyncio
from itertools import count

from case import Case
from hostile_server import Behaviour, Visitor

from vitality_lib.models import Reason

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNK = b"x" * 65536
_NO_HTTP = Reason.CONNECTION_FAILURE


def says(octets: bytes, repeated: bytes = b"", pause: float = 0.0) -> Behaviour:
    """Send `octets`, then `repeated` for ever (with pauses), or end."""

    async def behave(visitor: Visitor) -> None:
        await visitor.send(octets)
        while repeated:
            await visitor.send(repeated)
            await asyncio.sleep(pause)
        visitor.writer.close()

    return behave


async def _silence(visitor: Visitor) -> None:
    await asyncio.sleep(30)


async def _endless_distinct_headers(visitor: Visitor) -> None:
    await visitor.send(_OK)
    for number in count():
        await visitor.send(b"".join(b"X-%d-%d: a\r\n" % (number, each) for each in range(500)))


async def _unasked_second_answer(visitor: Visitor) -> None:
    if visitor.number > 1:
        await visitor.reply("<p>Mass")
        return
    first = b"HTTP/1.1 302 Found\r\nLocation: /mass\r\nContent-Length: 0\r\n\r\n"
    await visitor.send(first + _OK + b"Content-Length: 10\r\n\r\nthe-secret")


async def _retry_after_for_ever(visitor: Visitor) -> None:
    await visitor.reply("later", 503, Retry_After="9" * 400)


async def _endless_robots(visitor: Visitor) -> None:
    if visitor.path == "/robots.txt":
        await says(_OK + b"\r\nUser-agent: *\n", b"Disallow: /x\n" * 5000)(visitor)
        return
    await visitor.reply("<p>Mass")


async def _dripping_robots(visitor: Visitor) -> None:
    if visitor.path == "/robots.txt":
        await says(_OK + b"\r\nUser-agent: *\n", b"#", 0.2)(visitor)
        return
    await visitor.reply("<p>Mass")


def _header(line: bytes) -> Behaviour:
    return says(_OK + line + b"\r\nContent-Length: 7\r\n\r\n<p>Mass")


CASES: dict[str, Case] = {
    "a flood of small headers": Case(_NO_HTTP, says(_OK + b"X: a\r\n" * 50_000 + b"\r\n<p>Mass")),
    "a flood of distinct headers without end": Case(_NO_HTTP, _endless_distinct_headers),
    "one header without end": Case(_NO_HTTP, says(_OK + b"X: ", _CHUNK)),
    "headers that drip": Case(Reason.TIMEOUT, says(_OK, b"X: a\r\n", 0.2)),
    "a status line without end": Case(_NO_HTTP, says(b"HTTP/1.1 200 ", _CHUNK)),
    "a status line that drips": Case(Reason.TIMEOUT, says(b"HTTP/1.1 200 ", b"K", 0.2)),
    "silence": Case(Reason.TIMEOUT, _silence),
    "interim answers without end": Case(Reason.TIMEOUT, says(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n")),
    "another protocol is switched to": Case(
        _NO_HTTP, says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", _CHUNK, 0.05)
    ),
    "HTTP/2 where none was asked for": Case(_NO_HTTP, says(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")),
    "HTTP/0.9": Case(_NO_HTTP, says(b"<p>Mass")),
    "mail": Case(_NO_HTTP, says(b"220 mail.example ESMTP\r\n")),
    "a body without end": Case(Reason.TOO_LARGE, says(_OK + b"\r\n", _CHUNK)),
    "an error page without end": Case(
        Reason.HTTP_ERROR, says(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n", _CHUNK)
    ),
    "a body that drips": Case(Reason.TIMEOUT, says(_OK + b"\r\n", b"x", 0.2)),
    "a PDF without end": Case(
        Reason.TOO_LARGE, says(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n", _CHUNK)
    ),
    "a picture without end": Case(
        Reason.UNREADABLE, says(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", _CHUNK)
    ),
    "a length that promises more": Case(_NO_HTTP, says(_OK + b"Content-Length: 99\r\n\r\n<p>Mass")),
    "a length beyond all numbers": Case(Reason.TOO_LARGE, says(_OK + b"Content-Length: " + b"9" * 19 + b"\r\n\r\n")),
    "a negative length": Case(_NO_HTTP, _header(b"Content-Length: -1")),
    "two lengths": Case(_NO_HTTP, _header(b"Content-Length: 3")),
    "length and chunks": Case(
        Reason.OK,
        says(_OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<p>Mass\r\n0\r\n\r\n"),
    ),
    "a chunk that promises all": Case(
        Reason.TOO_LARGE, says(_OK + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n", _CHUNK)
    ),
    "a chunk size without end": Case(_NO_HTTP, says(_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 65536)),
    "chunks of one octet": Case(
        Reason.TIMEOUT,
        says(_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1;x=" + b"y" * 200 + b"\r\nx\r\n"),
    ),
    "trailers without end": Case(
        _NO_HTTP, says(_OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"X: a\r\n" * 999)
    ),
    "a header with a NUL": Case(_NO_HTTP, _header(b"X-Mass: a\0b")),
    "a header in many lines": Case(Reason.OK, _header(b"X: a\r\n " + b"b\r\n " * 99 + b"c")),
    "a header name that is none": Case(_NO_HTTP, _header(b"X Mass: a")),
    "a hundred cookies": Case(Reason.OK, _header(b"\r\n".join(b"Set-Cookie: a%d=b" % each for each in range(100)))),
    "a second answer that nobody asked for": Case(Reason.OK, _unasked_second_answer, holds=b"Mass"),
    "Retry-After for ever": Case(Reason.HTTP_ERROR, _retry_after_for_ever),
    "robots.txt without end": Case(Reason.OK, _endless_robots, robots=True),
    "robots.txt that drips": Case(Reason.TIMEOUT, _dripping_robots, robots=True),
}
