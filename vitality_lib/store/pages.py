"""Fetched pages: bodies by hash, each once and compressed; the newest answer for each address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import LiteralString

from psycopg.types.json import Jsonb

from vitality_lib.models import Page
from vitality_lib.store import page_bodies
from vitality_lib.store.database import Connection

_FIND: LiteralString = """
    SELECT request_key, url, final_url, route, status, headers, etag, last_modified, body_hash, fetched_at, checked_at,
        moved, nofollow, quiet
    FROM pages JOIN page_bodies ON hash = body_hash AND body IS NOT NULL
"""


@dataclass(frozen=True)
class Kept:
    """The page kept under a key, without its body. `headers` are those that readers look at, lower-case.

    `moved`: only permanent redirects led from `url` to `final_url`. `nofollow`: the page asks that none of its links be
    followed. `quiet`: it keeps no crawler from reading it, now or after a date. Without `archived` it asks that no copy
    be kept: of the body, the store has the hash and the size.
    """

    key: str
    url: str
    final_url: str
    route: str
    status: int
    headers: Mapping[str, str]
    etag: str | None
    last_modified: str | None
    body_hash: str
    fetched_at: datetime
    checked_at: datetime
    moved: bool = False
    nofollow: bool = False
    quiet: bool = False
    archived: bool = True

    def page(self, body: bytes, unchanged: bool) -> Page:
        """The page with its body; `unchanged` when the server has just confirmed it."""
        return Page(
            url=self.final_url,
            body=body,
            status=self.status,
            headers=MappingProxyType(dict(self.headers)),
            fetched_at=self.fetched_at,
            requested_url=self.url,
            route=self.route,
            unchanged=unchanged,
            nofollow=self.nofollow,
        )


async def find(connection: Connection, key: str) -> Kept | None:
    """The newest page under a request key (see the comment on `pages.request_key`) whose body was kept."""
    cursor = await connection.execute(_FIND + "WHERE request_key = %s", (key,))
    row = await cursor.fetchone()
    return Kept(*row) if row else None


async def find_all(connection: Connection, keys: Sequence[str]) -> list[Kept]:
    """The same under many keys."""
    rows = await connection.execute(_FIND + "WHERE request_key = ANY(%s)", (list(keys),))
    return [Kept(*row) async for row in rows]


async def body(connection: Connection, body_hash: str) -> bytes | None:
    """A stored body by its SHA-256 in hex."""
    return await _body(connection, "SELECT body FROM page_bodies WHERE hash = %s AND body IS NOT NULL", (body_hash,))


async def stored(connection: Connection, key: str) -> Page | None:
    """The newest page under a request key, with its body and no request to anybody."""
    kept = await find(connection, key)
    content = await body(connection, kept.body_hash) if kept else None
    return kept.page(content, unchanged=True) if kept and content is not None else None


async def keep(connection: Connection, kept: Kept, content: bytes, visits: int = 1) -> None:
    """Store a fetched page; a body that is known is not written again, one that must not be kept goes.

    It is one statement. A body that is known stays locked until it ends: retention cannot take it before the page that
    has it stands. `visits`: how many came to it since it was last written.
    """
    await connection.execute(
        """
        WITH known AS (
            SELECT FROM page_bodies WHERE hash = %(hash)s AND (body IS NULL) = (%(body)b::bytea IS NULL) FOR KEY SHARE
        ), stored AS (
            INSERT INTO page_bodies (hash, size, body)
            SELECT %(hash)s, %(size)s, %(body)b WHERE NOT EXISTS (SELECT FROM known)
            ON CONFLICT (hash) DO UPDATE SET body = excluded.body
        )
        INSERT INTO pages (request_key, url, final_url, route, status, content_type, headers, etag, last_modified,
            body_hash, fetched_at, checked_at, moved, nofollow, quiet)
        VALUES (%(key)s, %(url)s, %(final_url)s, %(route)s, %(status)s, %(content_type)s, %(headers)s, %(etag)s,
            %(last_modified)s, %(hash)s, %(fetched_at)s, %(checked_at)s, %(moved)s, %(nofollow)s, %(quiet)s)
        ON CONFLICT (request_key) DO UPDATE SET final_url = excluded.final_url, status = excluded.status,
            content_type = excluded.content_type, headers = excluded.headers, etag = excluded.etag,
            last_modified = excluded.last_modified, body_hash = excluded.body_hash,
            checked_at = excluded.checked_at, moved = excluded.moved, nofollow = excluded.nofollow,
            quiet = excluded.quiet,
            fetched_at = CASE WHEN pages.body_hash = excluded.body_hash THEN pages.fetched_at
                ELSE excluded.fetched_at END,
            visits = pages.visits + %(visits)s
        """,
        {
            "visits": visits,
            "size": len(content),
            "body": page_bodies.packed(content) if kept.archived else None,
            "key": kept.key,
            "url": kept.url,
            "final_url": kept.final_url,
            "route": kept.route,
            "status": kept.status,
            "content_type": kept.headers.get("content-type", ""),
            "headers": Jsonb(dict(kept.headers)),
            "etag": kept.etag,
            "last_modified": kept.last_modified,
            "hash": kept.body_hash,
            "fetched_at": kept.fetched_at,
            "checked_at": kept.checked_at,
            "moved": kept.moved,
            "nofollow": kept.nofollow,
            "quiet": kept.quiet,
        },
    )


async def confirm(connection: Connection, kept: Kept) -> bytes | None:
    """The server has said, at `kept.checked_at`, that the kept page still stands: its body, unless that is gone."""
    return await _body(
        connection,
        """
        UPDATE pages SET checked_at = %s, visits = visits + 1 FROM page_bodies
        WHERE request_key = %s AND hash = %s AND body IS NOT NULL RETURNING body
        """,
        (kept.checked_at, kept.key, kept.body_hash),
    )


async def confirm_all(connection: Connection, still: Sequence[Kept]) -> None:
    """The same of many, whose bodies nobody needs; a page that has been fetched anew since is left alone.

    They are locked in one order, so that no two transactions wait for each other.
    """
    if not still:
        return
    await connection.execute(
        """
        WITH asked AS (
            SELECT * FROM unnest(%s::text[], %s::text[], %s::timestamptz[]) AS asked (request_key, hash, moment)
        ), mine AS (
            SELECT request_key, max(moment) AS moment, count(*) AS times FROM asked GROUP BY request_key
        ), locked AS (
            SELECT request_key FROM pages WHERE (request_key, body_hash) IN (SELECT request_key, hash FROM asked)
            ORDER BY request_key FOR NO KEY UPDATE
        )
        UPDATE pages SET checked_at = greatest(checked_at, moment), visits = visits + times
        FROM mine JOIN locked USING (request_key) WHERE pages.request_key = mine.request_key
        """,
        ([one.key for one in still], [one.body_hash for one in still], [one.checked_at for one in still]),
    )


async def forget_move(connection: Connection, key: str) -> None:
    """The remembered new address of a moved page does not answer: ask at the old one next time."""
    await connection.execute("UPDATE pages SET moved = false WHERE request_key = %s", (key,))


async def forget(connection: Connection, key: str) -> None:
    """Drop the page kept under a key, and its body unless another page has the same."""
    cursor = await connection.execute("DELETE FROM pages WHERE request_key = %s RETURNING body_hash", (key,))
    row = await cursor.fetchone()
    if row:
        await connection.execute(
            """
            DELETE FROM page_bodies
            WHERE hash = %(hash)s AND NOT EXISTS (SELECT FROM pages WHERE body_hash = %(hash)s)
            """,
            {"hash": row[0]},
        )


async def _body(connection: Connection, query: LiteralString, given: Sequence[object]) -> bytes | None:
    """The body that a query finds, as octets: in text it would come as two digits each."""
    cursor = await connection.execute(query, given, binary=True)
    row = await cursor.fetchone()
    return page_bodies.unpacked(row[0]) if row else None
