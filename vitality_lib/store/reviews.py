"""Readings of a directory that were held back because too much moved. The last good data stays published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vitality_lib.store.changes import clean, jsonb
from vitality_lib.store.database import Connection
from vitality_lib.store.parishes import ListedParish


@dataclass(frozen=True)
class OpenReview:
    """A held-back reading that waits for a decision. `published` and `proposed` are numbers of parishes."""

    id: int
    diocese_id: int
    diocese: str
    published: int
    proposed: int
    why: str
    created_at: datetime


async def hold(
    connection: Connection,
    diocese_id: int,
    *,
    run: str,
    published: int,
    proposed: Sequence[ListedParish],
    why: str,
    now: datetime,
) -> None:
    """Hold a reading back. A diocese has one open review: the newest reading takes its place.

    Writes nothing when that very reading waits already.
    """
    await connection.execute(
        """INSERT INTO reviews (diocese_id, run, published, proposed, why, entries, created_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (diocese_id) WHERE decided_at IS NULL DO UPDATE SET run = EXCLUDED.run,
            published = EXCLUDED.published, proposed = EXCLUDED.proposed, why = EXCLUDED.why,
            entries = EXCLUDED.entries, created_at = EXCLUDED.created_at
        WHERE (reviews.published, reviews.why, reviews.entries)
            IS DISTINCT FROM (EXCLUDED.published, EXCLUDED.why, EXCLUDED.entries)""",
        [diocese_id, run, published, len(proposed), clean(why), jsonb(map(_record, proposed)), now],
    )


async def withdraw(connection: Connection, diocese_id: int, now: datetime) -> None:
    """Close the open review of a diocese, if any: a later reading was good and is published."""
    await connection.execute(
        """UPDATE reviews SET decided_at = %s, decided_by = 'a later reading', accepted = false
        WHERE diocese_id = %s AND decided_at IS NULL""",
        [now, diocese_id],
    )


async def waiting(connection: Connection) -> tuple[OpenReview, ...]:
    """The open reviews, the oldest first."""
    rows = await connection.execute(
        """SELECT reviews.id, diocese_id, name, published, proposed, why, created_at
        FROM reviews JOIN dioceses ON dioceses.id = diocese_id WHERE decided_at IS NULL
        ORDER BY created_at, reviews.id"""
    )
    return tuple([OpenReview(*row) async for row in rows])


def _record(parish: ListedParish) -> dict[str, object]:
    # No page hash: a page that differs without a parish differing is the same reading.
    return {
        "identity": parish.identity,
        "page_url": parish.page_url,
        "platform": parish.platform,
        **parish.entry.record(),
    }
