"""One parish: its record and where it came from, its churches and services, and what became of its last visit."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from vitality_lib.models import ParishEntry
from vitality_lib.store.dashboard.outcomes import NOT_VISITED, OF_PARISH, Ended
from vitality_lib.store.database import Connection
from vitality_lib.store.parishes import entry_of
from vitality_lib.store.published import PublishedParish, PublishedService
from vitality_lib.store.service_records import AS_RECORD, service_of

_FACTS = ", ".join(f"p.{field.name}" for field in fields(ParishEntry))


@dataclass(frozen=True)
class Source:
    """The page (or feed) of the directory from which the record came; `fetched_at` None where it is not kept."""

    url: str | None
    page_hash: str | None
    platform: str | None
    fetched_at: datetime | None


@dataclass(frozen=True)
class ParishPage:
    """A parish, published or gone. `churches` are those that its own pages name, `outcome` is that of its last visit;
    `good_at` is the last visit that found services, `due_at` the next one.
    """

    published: PublishedParish
    diocese_id: int
    gone_at: datetime | None
    source: Source
    churches: tuple[str, ...]
    outcome: Ended
    good_at: datetime | None
    due_at: datetime | None


async def of(connection: Connection, parish_id: int) -> ParishPage | None:
    """The parish with this id, with its current services."""
    row = await (await connection.execute(_OF.encode(), {"id": parish_id})).fetchone()
    if row is None:
        return None
    diocese, seat, first_seen, changed_at, diocese_id, gone_at, good_at, due_at = row[:8]
    source, churches, outcome, facts = Source(*row[8:12]), tuple(row[12]), Ended(*row[13:20]), row[20:]
    known = await _services(connection, parish_id)
    published = PublishedParish(parish_id, diocese, entry_of(facts), first_seen, changed_at, known, seat)
    return ParishPage(published, diocese_id, gone_at, source, churches, outcome, good_at, due_at)


_OF = f"""
SELECT d.name, d.state, p.first_seen, p.changed_at, p.diocese_id, p.gone_at, v.good_at, v.due_at,
    p.page_url, p.page_hash, p.platform,
    (SELECT max(fetched_at) FROM pages WHERE body_hash = p.page_hash),
    ARRAY(SELECT name FROM churches WHERE parish_id = p.id ORDER BY id),
    coalesce(o.stage, ''), coalesce(o.reason, '{NOT_VISITED}'), coalesce(o.detail, ''), o.finished_at,
    coalesce(o.facts, 0), coalesce(o.requests, 0), coalesce(o.run, ''), {_FACTS}
FROM parishes p JOIN dioceses d ON d.id = p.diocese_id
LEFT JOIN visits v ON v.stage = 'schedule' AND v.unit_kind = 'parish' AND v.unit_id = p.id
LEFT JOIN LATERAL ({OF_PARISH}) AS o ON true
WHERE p.id = %(id)s
"""  # noqa: S608 - constants


async def _services(connection: Connection, parish_id: int) -> tuple[PublishedService, ...]:
    rows = await connection.execute(
        f"""SELECT s.id, {AS_RECORD}, s.words, s.valid_from FROM services s LEFT JOIN churches c ON c.id = s.church_id
        WHERE s.parish_id = %s AND s.valid_to IS NULL ORDER BY s.type, s.id""".encode(),  # noqa: S608 - a constant
        [parish_id],
    )
    return tuple([PublishedService(id_, service_of(said), words, since) async for id_, said, words, since in rows])
