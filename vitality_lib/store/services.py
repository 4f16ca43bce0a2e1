"""The services of a parish: what its pages state now becomes what is published, and what they stated before is kept.

A service has no identity but its value: another time is another service. So a change ends one row and begins another,
and what stood when can be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from vitality_lib.models import Evidence, Service
from vitality_lib.store.changes import Changes, alone, clean
from vitality_lib.store.database import Connection
from vitality_lib.store.service_records import AS_RECORD, EVIDENCE_RECORDS, cleaned, service_of

Churches: TypeAlias = dict[str | None, int | None]  # name to id; None for no church of its own


@dataclass(frozen=True)
class KnownService:
    """A published service with the id of this version of it."""

    id: int
    service: Service
    words: str


async def publish(
    connection: Connection, parish_id: int, services: Sequence[Service], say: Callable[[Service], str], now: datetime
) -> Changes:
    """Make the published services of a parish these: end what is gone, insert what is new, leave the rest alone.

    `say` puts a service in plain English. Evidence of a service that stays is written again only when the words quoted
    are others, or there was none. No services at all end everything: call this only with a reading that is believed.
    Writes nothing when nothing changed.
    """
    await alone(connection, "services", parish_id)
    known = {one.service.value: one for one in await current(connection, parish_id)}
    given = _unique(services)
    gone = [one.id for key, one in known.items() if key not in given]
    if gone:
        await connection.execute("UPDATE services SET valid_to = %s WHERE id = ANY(%s)", [now, gone])
    churches = await _churches(connection, parish_id, [service.church for service in given.values()])
    updated = 0
    for key, service in given.items():
        words = clean(say(service))
        if key in known:
            updated += await _refresh(connection, known[key], service, words=words, now=now)
        else:
            await _insert(connection, parish_id, churches, service, words=words, now=now)
    return Changes(inserted=len(given.keys() - known.keys()), updated=updated, gone=len(gone))


async def current(connection: Connection, parish_id: int) -> tuple[KnownService, ...]:
    """The published services of a parish with their evidence, in the order in which they were published."""
    rows = await connection.execute(
        f"""SELECT s.id, {AS_RECORD}, s.words FROM services s LEFT JOIN churches c ON c.id = s.church_id
        WHERE s.parish_id = %s AND s.valid_to IS NULL ORDER BY s.id""".encode(),  # noqa: S608 - a constant
        [parish_id],
    )
    return tuple([KnownService(id_, service_of(record), words) async for id_, record, words in rows])


def _unique(services: Sequence[Service]) -> dict[tuple[object, ...], Service]:
    """One service for each value; the evidence of its twins is added to the first."""
    unique: dict[tuple[object, ...], Service] = {}
    for service in map(cleaned, services):
        first = unique.setdefault(service.value, service)
        more = tuple(piece for piece in service.evidence if piece not in first.evidence)
        if more:
            unique[service.value] = replace(first, evidence=first.evidence + more)
    return unique


async def _churches(connection: Connection, parish_id: int, names: Sequence[str | None]) -> Churches:
    """The ids of the churches of these names; new ones are added."""
    wanted = list(dict.fromkeys(name for name in names if name))
    if not wanted:
        return {None: None}
    await connection.execute(
        """INSERT INTO churches (parish_id, name)
        SELECT %(parish)s, name FROM unnest(%(names)s::text[]) WITH ORDINALITY AS given (name, place)
        WHERE NOT EXISTS (SELECT FROM churches WHERE parish_id = %(parish)s AND churches.name = given.name)
        ORDER BY place""",
        {"parish": parish_id, "names": wanted},
    )
    rows = await connection.execute("SELECT name, id FROM churches WHERE parish_id = %s", [parish_id])
    return {None: None, **{name: id_ async for name, id_ in rows}}


async def _insert(
    connection: Connection, parish_id: int, churches: Churches, service: Service, *, words: str, now: datetime
) -> None:
    recurrence = service.recurrence
    parameters = {
        "parish": parish_id,
        "church": churches[service.church],
        "type": service.type.value,
        "days": [day.value for day in recurrence.days],
        "ordinals": list(recurrence.ordinals),
        "season": recurrence.season,
        "weeks": recurrence.weeks,
        "anchor": recurrence.anchor,
        "month_days": list(recurrence.month_days),
        "exceptions": list(recurrence.exceptions),
        "begins": recurrence.begins,
        "ends": recurrence.ends,
        "nights": service.nights,
        "streamed": service.streamed,
        "start": service.start,
        "end": service.end,
        "language": service.language,
        "vigil": service.vigil,
        "note": service.note,
        "words": words,
        "now": now,
    }
    row = await (await connection.execute(_INSERT, parameters)).fetchone()
    assert row is not None
    await _write_evidence(connection, row[0], service.evidence)


_INSERT = """
INSERT INTO services (parish_id, church_id, type, days, ordinals, season, weeks, anchor, month_days, exceptions, begins,
    ends, start_time, end_time, nights, language, vigil, note, streamed, words, valid_from)
VALUES (%(parish)s, %(church)s, %(type)s, %(days)s, %(ordinals)s, %(season)s, %(weeks)s, %(anchor)s, %(month_days)s,
    %(exceptions)s, %(begins)s, %(ends)s, %(start)s, %(end)s, %(nights)s, %(language)s, %(vigil)s, %(note)s,
    %(streamed)s, %(words)s, %(now)s)
RETURNING id
"""


async def _refresh(connection: Connection, known: KnownService, given: Service, *, words: str, now: datetime) -> bool:
    """Bring words and evidence of a service that stays up to date; return whether anything was written.

    What stood there is kept: a day of the past is told with the words and the quotes of that day.
    """
    reworded = known.words != words
    requoted = bool(given.evidence) and _quotes(known.service) != _quotes(given)
    if reworded or requoted:
        await connection.execute(_KEEP_WORDING, {"service": known.id, "now": now})
    if reworded:
        await connection.execute("UPDATE services SET words = %s WHERE id = %s", [words, known.id])
    if requoted:
        await connection.execute("DELETE FROM evidence WHERE service_id = %s", [known.id])
        await _write_evidence(connection, known.id, given.evidence)
    return reworded or requoted


def _quotes(service: Service) -> list[str]:
    return sorted(piece.quote for piece in service.evidence)


_KEEP_WORDING = f"""
INSERT INTO service_wordings (service_id, valid_to, words, evidence)
SELECT s.id, %(now)s, s.words, {EVIDENCE_RECORDS} FROM services s WHERE s.id = %(service)s
ON CONFLICT DO NOTHING
""".encode()  # noqa: S608 - a constant; of two changes at one moment the first tells what stood until then


async def _write_evidence(connection: Connection, service_id: int, evidence: Sequence[Evidence]) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany(
            """INSERT INTO evidence (service_id, page_hash, url, quote, span_start, span_end, method, confidence)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s)""",
            [
                (service_id, one.page_hash, one.url, one.quote, one.start, one.end, one.method, one.confidence)
                for one in evidence
            ],
        )
