"""The reading of a directory that is held back, beside what is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vitality_lib.models import ParishEntry
from vitality_lib.store import parishes
from vitality_lib.store.database import Connection
from vitality_lib.store.parishes import entry_of_record


@dataclass(frozen=True)
class Changed:
    """A parish that stays, as it is published and as the held-back reading has it."""

    before: ParishEntry
    after: ParishEntry


@dataclass(frozen=True)
class HeldReading:
    """What accepting would change. `published_then` counts the parishes when it was held, `published` those of now.

    `read_at` names the reading: a newer one takes its place under the same `id`.
    """

    id: int
    why: str
    read_at: datetime
    run: str
    published_then: int
    published: int
    proposed: int
    coming: tuple[ParishEntry, ...]
    going: tuple[ParishEntry, ...]
    changed: tuple[Changed, ...]


@dataclass(frozen=True)
class Decided:
    """A reading on which somebody decided, or that a later one made void."""

    why: str
    published: int
    proposed: int
    at: datetime
    by: str
    accepted: bool


async def of(connection: Connection, diocese_id: int) -> HeldReading | None:
    """The reading of a diocese that waits for a decision. Locks nothing."""
    found = await connection.execute(
        """SELECT id, why, created_at, run, published, entries FROM reviews
        WHERE diocese_id = %s AND decided_at IS NULL""",
        [diocese_id],
    )
    row = await found.fetchone()
    if row is None:
        return None
    id_, why, read_at, run, published_then, records = row
    now = {parish.identity: parish.entry for parish in await parishes.current(connection, diocese_id)}
    proposed = {record["identity"]: entry_of_record(record) for record in reversed(records)}
    return HeldReading(
        *(id_, why, read_at, run, published_then, len(now), len(records)),
        coming=_missing(proposed, now),
        going=_missing(now, proposed),
        changed=tuple(Changed(entry, proposed[key]) for key, entry in now.items() if proposed.get(key, entry) != entry),
    )


def _missing(those: Mapping[str, ParishEntry], among: Mapping[str, ParishEntry]) -> tuple[ParishEntry, ...]:
    return tuple(sorted((entry for key, entry in those.items() if key not in among), key=lambda entry: entry.name))


async def still_waits(connection: Connection, review_id: int, read_at: datetime) -> bool:
    """Whether the very reading that somebody looked at waits still; it then stays so until the transaction ends."""
    found = await connection.execute(
        "SELECT created_at FROM reviews WHERE id = %s AND decided_at IS NULL FOR UPDATE", [review_id]
    )
    row = await found.fetchone()
    return row is not None and row[0] == read_at


async def decided(connection: Connection, diocese_id: int, most: int = 10) -> tuple[Decided, ...]:
    """The readings that were held back before, the newest first."""
    rows = await connection.execute(
        """SELECT why, published, proposed, decided_at, coalesce(decided_by, ''), coalesce(accepted, false)
        FROM reviews WHERE diocese_id = %s AND decided_at IS NOT NULL ORDER BY decided_at DESC LIMIT %s""",
        [diocese_id, most],
    )
    return tuple([Decided(*row) async for row in rows])
