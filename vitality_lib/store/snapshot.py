"""Everything that is published, as plain records: for comparing a database with a truth, or with another database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from vitality_lib.models import Diocese, ParishEntry, Reason, Service, Stage, UnitKind
from vitality_lib.store import dioceses, directories, ledger, parishes, services
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class ObservedParish:
    """A published parish with its services. `reason` is how its last visit ended; None when it was never visited."""

    entry: ParishEntry
    services: tuple[Service, ...]
    reason: Reason | None


@dataclass(frozen=True)
class ObservedDiocese:
    """A listed diocese with all that is published of it.

    `reasons` says how the newest work on it ended, by stage (discovery, extraction, schedule).
    """

    diocese: Diocese
    directory_url: str | None
    platform: str | None
    parishes: tuple[ObservedParish, ...]
    reasons: dict[Stage, Reason]


async def observed(connection: Connection) -> tuple[ObservedDiocese, ...]:
    """Everything that is published now, and the newest outcome of each unit."""
    listed = await dioceses.listed(connection)
    places = await directories.of(connection, [one.id for one in listed])
    reasons = {stage: await _reasons(connection, stage, UnitKind.DIOCESE) for stage in _STAGES}
    visits = await _reasons(connection, Stage.SCHEDULE, UnitKind.PARISH)
    found = []
    for one in listed:
        place = places.get(one.id)
        found.append(
            ObservedDiocese(
                diocese=one.diocese,
                directory_url=place.url if place else None,
                platform=place.platform if place else None,
                parishes=await _parishes(connection, one.id, visits),
                reasons={stage: ended[one.id] for stage, ended in reasons.items() if one.id in ended},
            )
        )
    return tuple(found)


_STAGES = (Stage.DISCOVERY, Stage.EXTRACTION, Stage.SCHEDULE)


async def _reasons(connection: Connection, stage: Stage, kind: UnitKind) -> dict[int, Reason]:
    return {row.done.unit_id: row.done.outcome.reason for row in await ledger.latest(connection, stage, kind)}


async def _parishes(connection: Connection, diocese_id: int, visits: dict[int, Reason]) -> tuple[ObservedParish, ...]:
    found = []
    for parish in await parishes.current(connection, diocese_id):
        published = await services.current(connection, parish.id)
        found.append(ObservedParish(parish.entry, tuple(one.service for one in published), visits.get(parish.id)))
    return tuple(found)


async def fingerprint(connection: Connection) -> str:
    """A hash of all facts, past services included: equal when two databases (or runs) hold the same facts.

    Ids and times are left out, since they tell when something was found, not what; so is the order of rows.
    """
    digest = hashlib.sha256()
    for query in _FACTS:
        digest.update(f"{query}\n".encode())
        async for (line,) in await connection.execute(query.encode()):
            digest.update(f"{line}\n".encode())
    return digest.hexdigest()


_OF_DIOCESE = "JOIN dioceses d ON d.id = diocese_id"
_OF_PARISH = "JOIN parishes p ON p.id = s.parish_id JOIN dioceses d ON d.id = p.diocese_id"
_SERVICE = """d.name, p.identity, c.name, s.type, s.days, s.ordinals, s.season, s.start_time, s.end_time, s.language,
    s.weeks, s.anchor, s.month_days, s.exceptions, s.begins, s.ends, s.nights, s.streamed, s.vigil, s.note, s.words,
    s.valid_to IS NULL"""
_FACTS = tuple(
    f"""SELECT line FROM (SELECT json_build_array({columns})::text AS line FROM {tables}) AS facts
    ORDER BY line COLLATE "C" """  # noqa: S608
    for columns, tables in (
        ("name, street, city, state, zip, website, listed", "dioceses"),
        ("d.name, url, label, score, reasons, platform, route, proved", f"directories {_OF_DIOCESE}"),
        (
            """d.name, identity, p.name, p.street, p.city, p.state, p.zip, phone, email, p.website, pastor, latitude,
            longitude, detail_url, page_hash, page_url, platform, gone_at IS NULL""",
            f"parishes p {_OF_DIOCESE}",
        ),
        ("d.name, p.identity, s.name", f"churches s {_OF_PARISH}"),
        (_SERVICE, f"services s {_OF_PARISH} LEFT JOIN churches c ON c.id = s.church_id"),
        (
            f"{_SERVICE}, e.page_hash, e.url, e.quote, e.span_start, e.span_end, e.method, e.confidence",
            f"evidence e JOIN services s ON s.id = service_id {_OF_PARISH} LEFT JOIN churches c ON c.id = s.church_id",
        ),
    )
)
