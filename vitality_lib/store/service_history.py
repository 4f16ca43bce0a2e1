"""What the services of parishes were at any moment, and which of them came or went since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from vitality_lib.models import Service
from vitality_lib.store.database import Connection
from vitality_lib.store.service_records import AS_RECORD, service_of


@dataclass(frozen=True)
class Version:
    """A service as it was published from `valid_from` until `valid_to` (None: still), with its words and its parish.

    `first` says that it came with the first reading of its parish: we began to know it then, nothing began.
    """

    id: int
    diocese: str
    parish_id: int
    parish: str
    service: Service
    words: str
    valid_from: datetime
    valid_to: datetime | None
    first: bool


async def as_of(connection: Connection, parish_id: int, moment: datetime) -> tuple[Version, ...]:
    """The services of a parish that were published at a moment, in the order in which they were published."""
    where = "s.parish_id = %(parish)s AND s.valid_from <= %(at)s AND (s.valid_to IS NULL OR s.valid_to > %(at)s)"
    return await _versions(connection, where, {"parish": parish_id, "at": moment})


async def moved(
    connection: Connection, since: datetime, *, parish_id: int | None = None, diocese_id: int | None = None
) -> tuple[Version, ...]:
    """The services that came or went after a moment: of one parish, of one diocese, or of all."""
    where = """(s.valid_from > %(since)s OR s.valid_to > %(since)s)
        AND (%(parish)s::bigint IS NULL OR s.parish_id = %(parish)s)
        AND (%(diocese)s::bigint IS NULL OR p.diocese_id = %(diocese)s)"""
    return await _versions(connection, where, {"since": since, "parish": parish_id, "diocese": diocese_id})


async def _versions(connection: Connection, where: LiteralString, values: dict[str, object]) -> tuple[Version, ...]:
    rows = await connection.execute(
        f"""SELECT s.id, d.name, p.id, p.name, {AS_RECORD}, s.words, s.valid_from, s.valid_to,
            s.valid_from = (SELECT min(valid_from) FROM services WHERE parish_id = p.id)
        FROM services s JOIN parishes p ON p.id = s.parish_id JOIN dioceses d ON d.id = p.diocese_id
        LEFT JOIN churches c ON c.id = s.church_id WHERE {where} ORDER BY s.id""".encode(),  # noqa: S608 - constants
        values,
    )
    found = []
    async for id_, diocese, parish_id, parish, record, words, came, went, first in rows:
        found.append(Version(id_, diocese, parish_id, parish, service_of(record), words, came, went, first))
    return tuple(found)
