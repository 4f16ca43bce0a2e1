"""Bodies of pages as they are stored: each once, compressed when its hash is new and not before."""

from __future__ import annotations

import zlib

import zstandard

from vitality_lib.store.database import Connection

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


async def keep(connection: Connection, body_hash: str, content: bytes, *, archived: bool) -> None:
    """Store a body unless it is known; one that is not `archived` leaves only its hash and its size.

    A known one is locked until the transaction ends: retention cannot take it before the page that has it stands.
    """
    known = await connection.execute(
        "SELECT FROM page_bodies WHERE hash = %s AND (body IS NOT NULL) = %s FOR KEY SHARE", [body_hash, archived]
    )
    if known.rowcount:
        return
    await connection.execute(
        """INSERT INTO page_bodies (hash, size, body) VALUES (%s, %s, %s)
        ON CONFLICT (hash) DO UPDATE SET body = excluded.body""",
        [body_hash, len(content), packed(content) if archived else None],
    )
