"""Bodies of pages as they are stored: compressed."""

from __future__ import annotations

import zlib

import zstandard

_LEVEL = 9  # smaller than zlib's 6 for two thirds of its time: docs/storage.md has the figures
_ZSTANDARD = b"\x28\xb5\x2f\xfd"  # no zlib stream can begin so: its first two bytes are a multiple of 31


def packed(content: bytes) -> bytes:
    """A body as it is stored."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(content)


def unpacked(stored: bytes) -> bytes:
    """A stored body as it came; those of earlier versions are zlib streams."""
    if stored.startswith(_ZSTANDARD):
        return zstandard.ZstdDecompressor().decompress(stored)
    return zlib.decompress(stored)
