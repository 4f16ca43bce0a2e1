"""The services of a parish: what its pages state now becomes what is published, and what they stated before is kept.

A service has no identity but its value: another time is another service. So a change ends one row and begins another,
and what stood when can be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TypeAlias

from psycopg.types.json import Jsonb

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
    words = {key: clean(say(service)) for key, service in given.items()}
    gone = [one.id for key, one in known.items() if key not in given]
    if gone:
        await connection.execute("UPDATE services SET valid_to = %s WHERE id = ANY(%s)", [now, gone])
    new = [(service, words[key]) for key, service in given.items() if key not in known]
    stay = [(known[key], service, words[key]) for key, service in given.items() if key in known]
    await _insert(connection, parish_id, new, now)
    updated = await _refresh(connection, stay, now)
    return Changes(inserted=len(new), updated=updated, gone=len(gone))


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


async def _insert(connection: Connection, parish_id: int, new: Sequence[tuple[Service, str]], now: datetime) -> None:
    """New services with their words, in this order, and their evidence: two statements, however many they are."""
    if not new:
        return
    churches = await _churches(connection, parish_id, [service.church for service, _ in new])
    records = [_record(service, churches[service.church], words) for service, words in new]
    rows = await connection.execute(_INSERT, {"parish": parish_id, "now": now, "rows": Jsonb(records)})
    ids = sorted([id_ async for (id_,) in rows])
    await _write_evidence(connection, zip(ids, (service.evidence for service, _ in new), strict=True))


def _record(service: Service, church: int | None, words: str) -> dict[str, object]:
    recurrence = service.recurrence
    return {
        "church_id": church,
        "type": service.type.value,
        "days": [day.value for day in recurrence.days],
        "ordinals": recurrence.ordinals,
        "season": recurrence.season,
        "weeks": recurrence.weeks,
        "anchor": recurrence.anchor,
        "month_days": recurrence.month_days,
        "exceptions": recurrence.exceptions,
        "begins": recurrence.begins,
        "ends": recurrence.ends,
        "start_time": service.start,
        "end_time": service.end,
        "nights": service.nights,
        "language": service.language,
        "vigil": service.vigil,
        "note": service.note,
        "streamed": service.streamed,
        "words": words,
    }


_COLUMNS = """church_id, type, days, ordinals, season, weeks, anchor, month_days, exceptions, begins, ends, start_time,
    end_time, nights, language, vigil, note, streamed, words"""
# The rows are numbered as they are inserted, so the ids go up in the order given.
_INSERT = f"""
INSERT INTO services (parish_id, {_COLUMNS}, valid_from)
SELECT %(parish)s, {_COLUMNS}, %(now)s
FROM ROWS FROM (jsonb_to_recordset(%(rows)s) AS (church_id bigint, type text, days text[], ordinals text[], season text,
    weeks integer, anchor text, month_days integer[], exceptions text[], begins text, ends text, start_time text,
    end_time text, nights integer, language text, vigil boolean, note text, streamed boolean, words text))
    WITH ORDINALITY ORDER BY ordinality
RETURNING id
"""  # noqa: S608 - a constant


async def _refresh(connection: Connection, stay: Sequence[tuple[KnownService, Service, str]], now: datetime) -> int:
    """Bring words and evidence of services that stay up to date; return of how many anything was written.

    What stood there is kept: a day of the past is told with the words and the quotes of that day.
    """
    reworded = {known.id: words for known, _, words in stay if known.words != words}
    requoted = {
        known.id: given.evidence
        for known, given, _ in stay
        if given.evidence and _quotes(known.service) != _quotes(given)
    }
    changed = [known.id for known, _, _ in stay if known.id in reworded or known.id in requoted]
    if changed:
        await connection.execute(_KEEP_WORDING, {"services": changed, "now": now})
    if reworded:
        await connection.execute(_REWORD, [list(reworded), list(reworded.values())])
    if requoted:
        await connection.execute("DELETE FROM evidence WHERE service_id = ANY(%s)", [list(requoted)])
        await _write_evidence(connection, requoted.items())
    return len(changed)


def _quotes(service: Service) -> list[str]:
    return sorted(piece.quote for piece in service.evidence)


_KEEP_WORDING = f"""
INSERT INTO service_wordings (service_id, valid_to, words, evidence)
SELECT s.id, %(now)s, s.words, {EVIDENCE_RECORDS} FROM services s WHERE s.id = ANY(%(services)s)
ON CONFLICT DO NOTHING
""".encode()  # noqa: S608 - a constant; of two changes at one moment the first tells what stood until then
_REWORD = """
UPDATE services SET words = given.words FROM unnest(%s::bigint[], %s::text[]) AS given (id, words)
WHERE services.id = given.id
"""


async def _write_evidence(connection: Connection, evidence: Iterable[tuple[int, Sequence[Evidence]]]) -> None:
    """The evidence of several services, by id, in one statement."""
    records = [{"service": id_, **asdict(piece)} for id_, pieces in evidence for piece in pieces]
    if records:
        await connection.execute(_WRITE_EVIDENCE, [Jsonb(records)])


_WRITE_EVIDENCE = """
INSERT INTO evidence (service_id, page_hash, url, quote, span_start, span_end, method, confidence)
SELECT service, page_hash, url, quote, "start", "end", method, confidence
FROM ROWS FROM (jsonb_to_recordset(%s) AS (service bigint, page_hash text, url text, quote text, "start" integer,
    "end" integer, method text, confidence float8)) WITH ORDINALITY ORDER BY ordinality
"""
