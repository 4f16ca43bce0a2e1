"""Bombs: little that becomes much when its content coding, or a PDF's own, is undone."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from functools import cache

import brotli  # type: ignore[import-untyped]
import zstandard
from case import Case, Way
from hostile_server import Behaviour, Visitor

from vitality_lib.models import Reason

_MIB = 2**20
_Coder = Callable[[bytes], bytes]


def _deflate(body: bytes) -> bytes:
    raw = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return raw.compress(body) + raw.flush()


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=5))


_CODERS: dict[str, _Coder] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate without its header": _deflate,
    "br": _brotli,
    "zstd": lambda body: zstandard.ZstdCompressor(3).compress(body),
}


def _serves(make: Callable[[], bytes], coding: str, **headers: str) -> Behaviour:
    made = cache(make)

    async def behave(visitor: Visitor) -> None:
        await visitor.reply(made(), Content_Encoding=coding, **headers)

    return behave


def _bomb(coder: _Coder, size: int = 32 * _MIB) -> Callable[[], bytes]:
    return lambda: coder(bytes(size))


def _nested(*coders: _Coder) -> Callable[[], bytes]:
    def make() -> bytes:
        body = bytes(64 * _MIB)
        for coder in coders:
            body = coder(body)
        return body

    return make


def _members() -> bytes:
    return gzip.compress(bytes(64 * 1024)) * 4000


def _wide_zstd() -> bytes:
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    return zstandard.ZstdCompressor(compression_params=wide).compress(bytes(range(256)) * (_MIB // 4))


async def _bomb_in_robots(visitor: Visitor) -> None:
    body = gzip.compress(b"User-agent: *\n" + b"#" * 8 * _MIB)
    if visitor.path == "/robots.txt":
        await visitor.reply(body, Content_Encoding="gzip")
        return
    await visitor.reply("<p>Mass")


def _pdf(*objects: bytes) -> Behaviour:
    """A PDF of these objects, the first of them the catalog."""
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    body = b"%PDF-1.7\n" + numbered + b"trailer\n<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (len(objects) + 1)

    async def behave(visitor: Visitor) -> None:
        await visitor.reply(body, Content_Type="application/pdf")

    return behave


def _stream(octets: bytes, entries: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(octets), octets)


_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>"
_ZIPPED = zlib.compress(bytes(64 * _MIB), 9)
_ZIPPED_TWICE = zlib.compress(zlib.compress(bytes(256 * _MIB), 9), 9)

CASES: dict[str, Case] = {
    **{
        f"a bomb of {name}": Case(Reason.TOO_LARGE, _serves(_bomb(coder), name.split()[0]))
        for name, coder in _CODERS.items()
    },
    "a bomb in a PDF's coding": Case(
        Reason.TOO_LARGE, _serves(_bomb(gzip.compress), "gzip", Content_Type="application/pdf")
    ),
    "a bomb within a bomb": Case(Reason.TOO_LARGE, _serves(_nested(gzip.compress, gzip.compress), "gzip, gzip")),
    "a bomb of two codings": Case(Reason.TOO_LARGE, _serves(_nested(_brotli, gzip.compress), "br, gzip")),
    "ten codings": Case(Reason.UNREADABLE, _serves(lambda: b"x", ", ".join(["gzip"] * 10))),
    "a bomb of many members": Case(Reason.TOO_LARGE, _serves(_members, "gzip")),
    "a window of 128 MiB": Case(Reason.UNREADABLE, _serves(_wide_zstd, "zstd")),
    "a bomb in robots.txt": Case(Reason.OK, _bomb_in_robots, robots=True),
    "a coding that lies": Case(Reason.UNREADABLE, _serves(lambda: b"<p>Mass", "gzip")),
    "a coding unheard of": Case(Reason.UNREADABLE, _serves(lambda: b"<p>Mass", "xyz")),
    "a bomb in a PDF's stream": Case(
        behave=_pdf(_CATALOG, _ONE_PAGE, _PAGE, _stream(_ZIPPED, b"/Filter/FlateDecode")), way=Way.READ
    ),
    "a bomb within a bomb in a PDF's stream": Case(
        behave=_pdf(_CATALOG, _ONE_PAGE, _PAGE, _stream(_ZIPPED_TWICE, b"/Filter[/FlateDecode/FlateDecode]")),
        way=Way.READ,
    ),
    "PDF pages that are their own parents": Case(
        behave=_pdf(_CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"), way=Way.READ
    ),
    "a PDF form that draws itself": Case(
        behave=_pdf(
            _CATALOG,
            _ONE_PAGE,
            _PAGE,
            _stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/Resources<</XObject<</X 4 0 R>>>>"),
        ),
        way=Way.READ,
    ),
    "a PDF of a million pages": Case(
        behave=_pdf(_CATALOG, b"<</Type/Pages/Kids[" + b"3 0 R " * 1_000_000 + b"]/Count 1000000>>", _PAGE, b"null"),
        way=Way.READ,
    ),
    "a PDF object of depth 100000": Case(behave=_pdf(b"[" * 100_000 + b"]" * 100_000), way=Way.READ),
    "a PDF whose length is another's": Case(
        behave=_pdf(_CATALOG, _ONE_PAGE, _PAGE, b"<</Length 4 0 R>>\nstream\nx\nendstream"), way=Way.READ
    ),
}
