"""Everything that is published, parish by parish, for those who take the data away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vitality_lib.models import ParishEntry, Service
from vitality_lib.store.database import Connection
from vitality_lib.store.parishes import entry_of
from vitality_lib.store.service_records import AS_RECORD, service_of


@dataclass(frozen=True)
class PublishedService:
    """A current service with its stable id; `since` is when it was first seen, `words` the service in plain English."""

    id: int
    service: Service
    words: str
    since: datetime


@dataclass(frozen=True)
class PublishedParish:
    """A published parish with its stable id, its diocese and its current services.

    `seat_state` is the two-letter code of the state in which the diocese has its seat; None when it is not known.
    """

    id: int
    diocese: str
    entry: ParishEntry
    first_seen: datetime
    changed_at: datetime
    services: tuple[PublishedService, ...]
    seat_state: str | None = None


async def as_of(connection: Connection) -> datetime:
    """The time that this transaction sees."""
    row = await (await connection.execute("SELECT now()")).fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment


async def parishes(connection: Connection) -> AsyncIterator[PublishedParish]:
    """Each published parish, diocese by diocese, read from the server as it is asked for; needs a transaction."""
    async with connection.cursor(name="published_parishes") as cursor:
        cursor.itersize = 500
        await cursor.execute(_PARISHES.encode())
        async for id_, diocese, seat, first_seen, changed_at, services, *facts in cursor:
            entry = entry_of(facts)
            yield PublishedParish(id_, diocese, entry, first_seen, changed_at, tuple(map(_service, services)), seat)


_PARISHES = f"""
    SELECT p.id, d.name, d.state, p.first_seen, p.changed_at, coalesce(s.services, '[]'),
        p.name, p.street, p.city, p.state, p.zip, p.phone, p.email, p.website, p.pastor, p.latitude, p.longitude,
        p.detail_url,
        p.deanery, p.rite, p.languages, p.churches, p.status, p.closed_on
    FROM parishes p
    JOIN dioceses d ON d.id = p.diocese_id
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('id', s.id, 'words', s.words, 'since', s.valid_from, 'said', {AS_RECORD})
            ORDER BY s.id) AS services
        FROM services s LEFT JOIN churches c ON c.id = s.church_id
        WHERE s.parish_id = p.id AND s.valid_to IS NULL
    ) s ON true
    WHERE p.gone_at IS NULL
    ORDER BY p.diocese_id, p.id
"""  # noqa: S608 - a constant


def _service(row: dict[str, Any]) -> PublishedService:
    return PublishedService(row["id"], service_of(row["said"]), row["words"], datetime.fromisoformat(row["since"]))
