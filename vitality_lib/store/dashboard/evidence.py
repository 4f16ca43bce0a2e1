"""The words that a service was read from, and the stored page in which they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vitality_lib.models import Evidence, Page
from vitality_lib.store.database import Connection
from vitality_lib.store.page_bodies import unpacked


@dataclass(frozen=True)
class Piece:
    """One piece of evidence with its id; `words` is the service that it is for, in plain English."""

    id: int
    service_id: int
    words: str
    evidence: Evidence


@dataclass(frozen=True)
class StoredPage:
    """A kept page. `size` is that of its body in bytes; `body` is None where the page asks that no copy be kept, or
    where it is larger than was asked for.
    """

    url: str
    size: int
    body: bytes | None
    archived: bool
    headers: Mapping[str, str]
    fetched_at: datetime | None

    @property
    def page(self) -> Page | None:
        """The page as readers take it."""
        return None if self.body is None else Page(self.url, self.body, headers=self.headers)


async def of_parish(connection: Connection, parish_id: int) -> tuple[Piece, ...]:
    """The evidence of a parish's current services; of each service the surest first."""
    return await _pieces(connection, "s.parish_id = %(id)s AND s.valid_to IS NULL", parish_id)


async def piece(connection: Connection, parish_id: int, evidence_id: int) -> Piece | None:
    """One piece of evidence of a parish, of a service that has ended too."""
    found = await _pieces(connection, "s.parish_id = %(id)s AND e.id = %(piece)s", parish_id, evidence_id)
    return found[0] if found else None


async def _pieces(connection: Connection, where: str, parish_id: int, evidence_id: int = 0) -> tuple[Piece, ...]:
    rows = await connection.execute(
        f"""SELECT e.id, s.id, s.words, e.page_hash, e.url, e.quote, e.span_start, e.span_end, e.method, e.confidence
        FROM evidence e JOIN services s ON s.id = e.service_id
        WHERE {where} ORDER BY s.id, e.confidence DESC, e.id""".encode(),  # noqa: S608 - constants
        {"id": parish_id, "piece": evidence_id},
    )
    return tuple([Piece(id_, service, words, Evidence(*rest)) async for id_, service, words, *rest in rows])


async def stored_pages(
    connection: Connection, addresses: Mapping[str, str], *, each: int, together: int
) -> dict[str, StoredPage]:
    """Kept pages by hash. `addresses` (hash -> URL) names those that are wanted and where they were read.

    No body of more than `each` bytes, nor of more than `together` bytes in the order given.
    """
    rows = await connection.execute(_SIZES, {"hashes": list(addresses)})
    sizes = {hash_: (size, archived) async for hash_, size, archived in rows}
    bodies = await _bodies(connection, _affordable(addresses, sizes, each, together))
    headers = await _headers(connection, addresses)
    return {
        hash_: StoredPage(url, sizes[hash_][0], bodies.get(hash_), sizes[hash_][1], *headers.get(hash_, ({}, None)))
        for hash_, url in addresses.items()
        if hash_ in sizes
    }


def _affordable(
    wanted: Mapping[str, str], sizes: Mapping[str, tuple[int, bool]], each: int, together: int
) -> Sequence[str]:
    left, chosen = together, []
    for hash_ in wanted:
        size, archived = sizes.get(hash_, (0, False))
        if archived and size <= min(each, left):
            left -= size
            chosen.append(hash_)
    return chosen


_SIZES = "SELECT hash, size, body IS NOT NULL FROM page_bodies WHERE hash = ANY(%(hashes)s)"


async def _bodies(connection: Connection, hashes: Sequence[str]) -> dict[str, bytes]:
    rows = await connection.execute(
        "SELECT hash, body FROM page_bodies WHERE hash = ANY(%s) AND body IS NOT NULL", [list(hashes)]
    )
    return {hash_: unpacked(body) async for hash_, body in rows}


async def _headers(
    connection: Connection, addresses: Mapping[str, str]
) -> dict[str, tuple[Mapping[str, str], datetime]]:
    """What the server said of each page; of several addresses with one body, the one in evidence."""
    rows = await connection.execute(
        """SELECT DISTINCT ON (body_hash) body_hash, headers, fetched_at FROM pages
        JOIN unnest(%(hashes)s::text[], %(urls)s::text[]) AS wanted (hash, address) ON body_hash = hash
        ORDER BY body_hash, (final_url = address) DESC, fetched_at DESC""",
        {"hashes": list(addresses), "urls": list(addresses.values())},
    )
    return {hash_: (headers, fetched_at) async for hash_, headers, fetched_at in rows}
