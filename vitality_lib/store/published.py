"""Everything that is published, or was at an earlier moment, parish by parish, for those who take the data away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vitality_lib.models import ParishEntry, Service
from vitality_lib.store.database import Connection
from vitality_lib.store.parishes import entry_of
from vitality_lib.store.service_records import AS_RECORD, EVIDENCE_RECORDS, as_record, service_of


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


@dataclass(frozen=True)
class Unknown:
    """What is not known of an earlier moment: `parishes` were published then, but what of them is not known.

    `since` is the moment from which all is known.
    """

    parishes: int
    since: datetime


async def as_of(connection: Connection) -> datetime:
    """The time that this transaction sees."""
    row = await (await connection.execute("SELECT now()")).fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment


async def parishes(connection: Connection, moment: datetime | None = None) -> AsyncIterator[PublishedParish]:
    """Each published parish, diocese by diocese, read from the server as it is asked for; needs a transaction.

    With a `moment` of the past what was published then, as far as it is known (`unknown`).
    """
    async with connection.cursor(name="published_parishes") as cursor:
        cursor.itersize = _AT_ONCE
        if moment is None:
            await cursor.execute(_NOW.encode())
        else:
            await cursor.execute(_THEN.encode(), {"moment": moment})
        async for id_, diocese, seat, first_seen, changed_at, services, *facts in cursor:
            entry = entry_of(facts)
            yield PublishedParish(id_, diocese, entry, first_seen, changed_at, tuple(map(_service, services)), seat)


async def unknown(connection: Connection, moment: datetime) -> Unknown | None:
    """What is not known of that moment; None where everything is."""
    row = await (await connection.execute(_UNKNOWN.encode(), {"moment": moment})).fetchone()
    return Unknown(*row) if row and row[0] else None


_AT_ONCE = 200  # parishes with their evidence, as many as are held in memory
_FACTS = """p.name, p.street, p.city, p.state, p.zip, p.phone, p.email, p.website, p.pastor, p.latitude, p.longitude,
    p.detail_url, p.deanery, p.rite, p.languages, p.churches, p.status, p.closed_on"""


def _services(parish: str, stands: str, words: str, record: str, more: str = "") -> str:
    """SQL for the services of a parish as one list: those that stand."""
    return f"""LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('id', s.id, 'words', {words}, 'since', s.valid_from, 'said', {record})
            ORDER BY s.id) AS services
        FROM services s LEFT JOIN churches c ON c.id = s.church_id {more}
        WHERE s.parish_id = {parish} AND {stands}
    ) s ON true"""  # noqa: S608 - constants


_NOW = f"""
    SELECT p.id, d.name, d.state, p.first_seen, p.changed_at, coalesce(s.services, '[]'), {_FACTS}
    FROM parishes p JOIN dioceses d ON d.id = p.diocese_id
    {_services("p.id", "s.valid_to IS NULL", "s.words", AS_RECORD)}
    WHERE p.gone_at IS NULL
    ORDER BY p.diocese_id, p.id
"""  # noqa: S608 - constants

# Words and evidence are written anew while a service stands: what stood then is what was first replaced after.
_WORDING = """LEFT JOIN LATERAL (
            SELECT words, evidence FROM service_wordings WHERE service_id = s.id AND valid_to > %(moment)s
            ORDER BY valid_to LIMIT 1
        ) w ON true"""
_STOOD = "{0}.valid_from <= %(moment)s AND ({0}.valid_to IS NULL OR {0}.valid_to > %(moment)s)"
_RECORD_THEN = as_record(f"coalesce(w.evidence, {EVIDENCE_RECORDS})")
_THEN = f"""
    SELECT p.parish_id, d.name, d.state, own.first_seen, p.changed_at, coalesce(s.services, '[]'), {_FACTS}
    FROM parish_versions p
    JOIN parishes own ON own.id = p.parish_id
    JOIN diocese_versions d ON d.diocese_id = p.diocese_id AND {_STOOD.format("d")}
    {_services("p.parish_id", _STOOD.format("s"), "coalesce(w.words, s.words)", _RECORD_THEN, _WORDING)}
    WHERE {_STOOD.format("p")}
    ORDER BY p.diocese_id, p.parish_id
"""  # noqa: S608 - constants

_UNKNOWN = """
    SELECT count(*), max(coalesce(v.known, p.changed_at))
    FROM parishes p
    LEFT JOIN (SELECT parish_id AS id, min(valid_from) AS known FROM parish_versions GROUP BY 1) v ON v.id = p.id
    WHERE p.first_seen <= %(moment)s AND (p.gone_at IS NULL OR p.gone_at > %(moment)s)
        AND (v.known IS NULL OR v.known > %(moment)s)
"""


def _service(row: dict[str, Any]) -> PublishedService:
    return PublishedService(row["id"], service_of(row["said"]), row["words"], datetime.fromisoformat(row["since"]))
