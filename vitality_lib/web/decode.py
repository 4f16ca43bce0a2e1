"""Content codings undone with a cap on what comes out (RFC 9110 section 8.4.1; brotli RFC 7932, zstd RFC 8878)."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]  # the wheel has no stubs
import zstandard

ACCEPTED = "gzip, deflate, br, zstd"
MOST_CODINGS = 2
RATIO = 300  # a page compresses 5 to 20 times, a repetitive table perhaps 100 times
_FREE = 256 * 1024  # under this size a high ratio proves nothing
_CHUNK = 64 * 1024
_ZSTD_WINDOW = 8 * 2**20  # RFC 9659: no more on the web


class UndecodableError(ValueError):
    """The body is not what its Content-Encoding says, or the coding is unknown."""


class OversizedError(ValueError):
    """The decoded body would be larger than allowed."""


def decoded(body: bytes, codings: str, limit: int, truncate: bool = False) -> bytes:
    """The body with its codings (the Content-Encoding header) undone, `limit` bytes at most.

    Raises OversizedError beyond the limit or beyond 300 times the coded size (with `truncate` the rest is dropped
    instead), UndecodableError when nothing could be read; a body that is damaged later gives what came.
    """
    names = [name.strip().lower() for name in codings.split(",") if name.strip().lower() not in {"", "identity"}]
    if len(names) > MOST_CODINGS:
        raise UndecodableError(f"{len(names)} content codings on top of each other")
    for name in reversed(names):
        pieces = _DECODERS.get(name)
        if pieces is None:
            raise UndecodableError(f"unknown content coding {name!r}")
        body = _collected(pieces(body), min(limit, max(_FREE, RATIO * len(body))), truncate) if body else b""
    if len(body) > limit and not truncate:
        raise OversizedError(f"more than {limit} bytes")
    return body[:limit]


def _collected(pieces: Iterator[bytes], limit: int, truncate: bool) -> bytes:
    whole = bytearray()
    try:
        for piece in pieces:
            whole += piece
            if len(whole) > limit:
                if truncate:
                    break
                raise OversizedError(f"more than {limit} bytes when decoded")
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        if not whole:
            raise UndecodableError(str(error)) from None
    return bytes(whole)


def _gzip(body: bytes) -> Iterator[bytes]:
    while body:  # RFC 1952 section 2.2: a file is a series of members
        member = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        yield from _inflated(member, body)
        body = member.unused_data if member.unused_data[:2] == b"\x1f\x8b" else b""


def _deflate(body: bytes) -> Iterator[bytes]:
    zlib_header = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _inflated(zlib.decompressobj(wbits=zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS), body)


def _inflated(stream: zlib._Decompress, body: bytes) -> Iterator[bytes]:
    while body and not stream.eof:
        yield stream.decompress(body, _CHUNK)
        body = stream.unconsumed_tail
    if not stream.eof:
        yield stream.flush(_CHUNK)
        raise zlib.error("cut off")


def _brotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    piece = stream.process(body, output_buffer_limit=_CHUNK)
    while piece:
        yield piece
        piece = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_CHUNK)
    if not stream.is_finished():
        raise brotli.error("cut off")


def _zstd(body: bytes) -> Iterator[bytes]:
    reader = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).stream_reader(
        io.BytesIO(body), read_across_frames=True
    )
    piece = reader.read(_CHUNK)
    if not piece and not _is_whole_zstd(body):
        raise zstandard.ZstdError("cut off")
    while piece:
        yield piece
        piece = reader.read(_CHUNK)


def _is_whole_zstd(body: bytes) -> bool:
    """Whether a body that decodes to nothing is a whole frame; a reader does not say."""
    frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    frame.decompress(body)
    return frame.eof


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
