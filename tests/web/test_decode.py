"""Content codings undone, with a cap on what comes out: RFC 9110 section 8.4.1."""

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from timing import seconds

from vitality_lib.web.decode import RATIO, OversizedError, UndecodableError, decoded

TEXT = b"<h1>Mass Times</h1><p>Sunday 9:30 am, 11:00 am (Espa\xc3\xb1ol)</p>"
LIMIT = 5 * 2**20


def raw_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(body) + stream.flush()


def wide_window(body: bytes) -> bytes:
    """A zstandard frame that asks its reader for 32 MiB."""
    parameters = zstandard.ZstdCompressionParameters(window_log=25)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return stream.compress(body) + stream.flush()


CODINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "none": ("", bytes),
    "identity": ("identity", bytes),
    "gzip": ("gzip", gzip.compress),
    "gzip by its old name": ("x-gzip", gzip.compress),
    "gzip in capitals": ("GZIP", gzip.compress),
    "gzip in two members, RFC 1952": ("gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:])),
    "gzip with something behind it": ("gzip", lambda body: gzip.compress(body) + b"\x00\x00rest"),
    "deflate with its zlib header": ("deflate", zlib.compress),
    "deflate without, as some servers send it": ("deflate", raw_deflate),
    "brotli": ("br", lambda body: brotli.compress(body, quality=5)),
    "zstandard": ("zstd", zstandard.compress),
    "zstandard in two frames": ("zstd", lambda body: zstandard.compress(body[:9]) + zstandard.compress(body[9:])),
    "two, one on top of the other": ("deflate, gzip", lambda body: gzip.compress(zlib.compress(body))),
    "one and identity": ("gzip, identity", gzip.compress),
}
COMPRESSED = ["gzip", "deflate with its zlib header", "brotli", "zstandard"]


@pytest.mark.parametrize("case", CODINGS)
def test_a_coding_is_undone(case: str) -> None:
    names, encode = CODINGS[case]
    assert decoded(encode(TEXT), names, LIMIT) == TEXT


@pytest.mark.parametrize("case", CODINGS)
@given(body=st.binary(max_size=3000))
def test_a_coding_is_undone_whatever_is_in_it(case: str, body: bytes) -> None:
    names, encode = CODINGS[case]
    assert decoded(encode(body), names, LIMIT) == body


@pytest.mark.parametrize("names", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_no_body_has_no_coding(names: str) -> None:
    assert decoded(b"", names, LIMIT) == b""


UNDECODABLE = {
    "a coding nobody knows": (TEXT, "rot13"),
    "three codings": (TEXT, "gzip, gzip, gzip"),
    "text that is no gzip": (TEXT, "gzip"),
    "text that is no deflate": (b"\xff\xff" + TEXT, "deflate"),
    "text that is no brotli": (b"\xff\xff" + TEXT, "br"),
    "text that is no zstandard": (TEXT, "zstd"),
    "gzip cut off in its header": (gzip.compress(TEXT)[:8], "gzip"),
    "gzip cut off behind its header": (gzip.compress(TEXT)[:11], "gzip"),
    "deflate cut off at once": (zlib.compress(TEXT)[:2], "deflate"),
    "brotli cut off at once": (brotli.compress(TEXT)[:2], "br"),
    "zstandard cut off at once": (zstandard.compress(TEXT)[:6], "zstd"),
    "a window too large for the web, RFC 9659": (
        wide_window(TEXT),
        "zstd",
    ),
}


@pytest.mark.parametrize("case", UNDECODABLE)
def test_what_cannot_be_read_at_all_is_undecodable(case: str) -> None:
    body, names = UNDECODABLE[case]
    with pytest.raises(UndecodableError, match=r"\w"):
        decoded(body, names, LIMIT)


@pytest.mark.parametrize("case", COMPRESSED)
def test_of_a_body_that_is_cut_off_what_came_is_given(case: str) -> None:
    names, encode = CODINGS[case]
    text = b"".join(b"<li>Parish %d" % (number * number) for number in range(20000))
    whole = encode(text)
    part = decoded(whole[: len(whole) * 2 // 3], names, LIMIT)
    assert text.startswith(part)
    assert len(part) > len(text) // 3


@pytest.mark.parametrize("case", COMPRESSED)
def test_of_a_body_that_is_damaged_later_what_came_is_given(case: str) -> None:
    names, encode = CODINGS[case]
    text = b"".join(b"<li>Parish %d" % (number * number) for number in range(20000))
    whole = bytearray(encode(text))
    whole[len(whole) * 2 // 3 :] = b"\xff" * 50
    assert decoded(bytes(whole), names, LIMIT)[:1000] == text[:1000]


@pytest.mark.parametrize("case", ["none", *COMPRESSED])
def test_a_body_is_as_large_as_allowed_and_no_larger(case: str) -> None:
    names, encode = CODINGS[case]
    assert decoded(encode(TEXT), names, len(TEXT)) == TEXT
    with pytest.raises(OversizedError):
        decoded(encode(TEXT), names, len(TEXT) - 1)


@pytest.mark.parametrize("case", CODINGS)
def test_of_a_body_to_be_truncated_the_beginning_is_given(case: str) -> None:
    names, encode = CODINGS[case]
    assert decoded(encode(TEXT), names, 10, truncate=True) == TEXT[:10]


@pytest.mark.parametrize("case", COMPRESSED)
def test_a_bomb_is_known_by_its_ratio_under_the_limit_and_goes_off_in_no_memory(case: str) -> None:
    names, encode = CODINGS[case]
    bomb = encode(bytes(16 * 2**20))

    def disarmed() -> None:
        with pytest.raises(OversizedError):
            decoded(bomb, names, 2**30)

    assert seconds(disarmed) < 2
    assert RATIO * len(bomb) < 16 * 2**20


def test_a_bomb_in_a_bomb_goes_off_at_the_outer_one() -> None:
    with pytest.raises(OversizedError):
        decoded(gzip.compress(gzip.compress(bytes(64 * 2**20)) * 50), "gzip, gzip", LIMIT)


def test_a_small_body_may_be_as_repetitive_as_it_likes() -> None:
    table = b"<td></td>" * 20000
    assert len(table) > RATIO * len(gzip.compress(table))
    assert decoded(gzip.compress(table), "gzip", LIMIT) == table
