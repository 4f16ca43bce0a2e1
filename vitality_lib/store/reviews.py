"""Readings of a directory that were held back. The last good data stays published until somebody decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vitality_lib.models import ParishEntry
from vitality_lib.store.changes import Changes, clean, jsonb
from vitality_lib.store.database import Connection
from vitality_lib.store.errors import NoSuchReview
from vitality_lib.store.parishes import ListedParish, current, entry_of_record, publish


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


@dataclass(frozen=True)
class Held:
    """A held-back reading beside what is published: the parishes that would come and go."""

    review: OpenReview
    coming: tuple[ParishEntry, ...]
    going: tuple[ParishEntry, ...]


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
    hashes = [parish.page_hash for parish in proposed[:1]]
    await connection.execute(
        """INSERT INTO reviews (diocese_id, run, published, proposed, why, entries, page_hash, created_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (diocese_id) WHERE decided_at IS NULL DO UPDATE SET run = EXCLUDED.run,
            published = EXCLUDED.published, proposed = EXCLUDED.proposed, why = EXCLUDED.why,
            entries = EXCLUDED.entries, page_hash = EXCLUDED.page_hash, created_at = EXCLUDED.created_at
        WHERE (reviews.published, reviews.why, reviews.entries)
            IS DISTINCT FROM (EXCLUDED.published, EXCLUDED.why, EXCLUDED.entries)""",
        [
            diocese_id,
            run,
            published,
            len(proposed),
            clean(why),
            jsonb(map(_record, proposed)),
            *(hashes or [None]),
            now,
        ],
    )


async def withdraw(connection: Connection, diocese_id: int, now: datetime) -> None:
    """Close the open review of a diocese, if any: a later reading was good and is published."""
    await connection.execute(
        """UPDATE reviews SET decided_at = %s, decided_by = 'a later reading', accepted = false
        WHERE diocese_id = %s AND decided_at IS NULL""",
        [now, diocese_id],
    )


async def decision_on(connection: Connection, diocese_id: int, proposed: Iterable[ListedParish]) -> bool | None:
    """What a person last decided on a reading of the very same parishes; None when nobody has."""
    row = await (
        await connection.execute(
            """SELECT accepted FROM reviews
            WHERE diocese_id = %(diocese)s AND decided_at IS NOT NULL AND decided_by <> 'a later reading'
                AND ARRAY(SELECT entry->>'identity' FROM jsonb_array_elements(entries) AS entry ORDER BY 1)
                    = ARRAY(SELECT unnest(%(identities)s::text[]) ORDER BY 1)
            ORDER BY decided_at DESC LIMIT 1""",
            {"diocese": diocese_id, "identities": [clean(parish.identity) for parish in proposed]},
        )
    ).fetchone()
    return row[0] if row else None


async def waiting(connection: Connection) -> tuple[OpenReview, ...]:
    """The open reviews, the oldest first."""
    rows = await connection.execute(f"{_OPEN} ORDER BY created_at, reviews.id")
    return tuple([OpenReview(*row) async for row in rows])


async def held(connection: Connection, review_id: int) -> Held:
    """An open review with what accepting it would change. Raises NoSuchReview."""
    review, proposed = await _open(connection, review_id)
    published = {parish.identity: parish.entry for parish in await current(connection, review.diocese_id)}
    named = {parish.identity for parish in proposed}
    return Held(
        review,
        tuple(parish.entry for parish in proposed if parish.identity not in published),
        tuple(entry for identity, entry in published.items() if identity not in named),
    )


async def accept(connection: Connection, review_id: int, by: str, now: datetime) -> Changes:
    """Publish a held-back reading as it stands. Raises NoSuchReview."""
    review, proposed = await _open(connection, review_id)
    changes = await publish(connection, review.diocese_id, proposed, now)
    await _decide(connection, review_id, by, now, accepted=True)
    return changes


async def reject(connection: Connection, review_id: int, by: str, now: datetime) -> None:
    """Close a held-back reading: what is published stays, and the same reading is not asked about again.

    Raises NoSuchReview.
    """
    await _open(connection, review_id)
    await _decide(connection, review_id, by, now, accepted=False)


async def _decide(connection: Connection, review_id: int, by: str, now: datetime, *, accepted: bool) -> None:
    await connection.execute(
        "UPDATE reviews SET decided_at = %s, decided_by = %s, accepted = %s WHERE id = %s",
        [now, clean(by), accepted, review_id],
    )


_OPEN = """SELECT reviews.id, diocese_id, name, published, proposed, why, created_at
    FROM reviews JOIN dioceses ON dioceses.id = diocese_id WHERE decided_at IS NULL"""


async def _open(connection: Connection, review_id: int) -> tuple[OpenReview, list[ListedParish]]:
    found = await connection.execute(f"{_OPEN} AND reviews.id = %s FOR UPDATE OF reviews", [review_id])
    row = await found.fetchone()
    if row is None:
        raise NoSuchReview(f"no review {review_id} waits for a decision; `vitality review list` shows those that do")
    entries = await connection.execute("SELECT entries, page_hash FROM reviews WHERE id = %s", [review_id])
    records, page_hash = await entries.fetchone() or ([], None)
    return OpenReview(*row), [_parish(record, page_hash) for record in records]


def _record(parish: ListedParish) -> dict[str, object]:
    # No page hash: a page that differs without a parish differing is the same reading.
    return {
        "identity": parish.identity,
        "page_url": parish.page_url,
        "platform": parish.platform,
        **parish.entry.record(),
    }


def _parish(record: dict[str, Any], page_hash: str | None) -> ListedParish:
    return ListedParish(record["identity"], entry_of_record(record), page_hash, record["page_url"], record["platform"])
