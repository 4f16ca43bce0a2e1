"""What people corrected in the services of parishes, and what each correction did to the last reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from vitality_lib.models import Correction, Evidence, Service, Standing
from vitality_lib.store import services
from vitality_lib.store.changes import clean
from vitality_lib.store.database import Connection
from vitality_lib.store.errors import NoSuchCorrection
from vitality_lib.store.service_records import cleaned, service_of

METHOD = "correction"  # of the evidence of a service that stands on a person's word


@dataclass(frozen=True)
class KeptCorrection:
    """A correction with its parish, on whose word and why. `expires_at` None: for good."""

    correction: Correction
    parish_id: int
    diocese: str
    parish: str
    why: str
    set_by: str
    set_at: datetime
    expires_at: datetime | None
    withdrawn_at: datetime | None
    used_at: datetime | None
    standing: Standing

    def counts(self, now: datetime) -> bool:
        """Whether it is in force."""
        return self.withdrawn_at is None and (self.expires_at is None or self.expires_at > now)


@dataclass(frozen=True)
class Effect:
    """What a correction did to a reading; `displaced` is what was read in its place."""

    standing: Standing
    displaced: tuple[Service, ...] = ()


async def put(
    connection: Connection,
    parish_id: int,
    *,
    wrong: Service | None,
    right: Service | None,
    why: str,
    set_by: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> int:
    """Keep a correction; returns its number. It changes what is published with the next publication."""
    row = await (
        await connection.execute(
            """INSERT INTO service_corrections (parish_id, wrong, right_one, why, set_by, set_at, expires_at)
            VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id""",
            [parish_id, _json(wrong), _json(right), clean(why), clean(set_by), now, expires_at],
        )
    ).fetchone()
    assert row is not None
    number: int = row[0]
    return number


async def withdraw(connection: Connection, number: int, now: datetime) -> int:
    """Take a correction back; returns its parish. Raises NoSuchCorrection when it is not in force."""
    row = await (
        await connection.execute(
            """UPDATE service_corrections SET withdrawn_at = %(now)s
            WHERE id = %(number)s AND withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)
            RETURNING parish_id""",
            {"now": now, "number": number},
        )
    ).fetchone()
    if row is None:
        raise NoSuchCorrection(f"no correction {number} is in force; `vitality correct list` shows those there are")
    parish: int = row[0]
    return parish


async def of(connection: Connection, parish_id: int, now: datetime) -> tuple[Correction, ...]:
    """The corrections of a parish that are in force, in the order in which they were made."""
    return tuple(one.correction for one in await every(connection, parish_id=parish_id) if one.counts(now))


async def every(connection: Connection, *, parish_id: int | None = None) -> tuple[KeptCorrection, ...]:
    """Every correction (of one parish), past ones included, in the order in which they were made."""
    rows = await connection.execute(_EVERY, {"parish": parish_id})
    return tuple([_kept(*row) async for row in rows])


_EVERY = """
SELECT k.id, k.wrong, k.right_one, coalesce(p.website, p.detail_url, ''), p.id, d.name, p.name, k.why, k.set_by,
    k.set_at, k.expires_at, k.withdrawn_at, k.used_at, k.standing
FROM service_corrections k JOIN parishes p ON p.id = k.parish_id JOIN dioceses d ON d.id = p.diocese_id
WHERE %(parish)s::bigint IS NULL OR p.id = %(parish)s ORDER BY k.id
"""


def _kept(
    number: int, wrong: Mapping[str, Any] | None, right: Mapping[str, Any] | None, url: str, *rest: Any
) -> KeptCorrection:
    parish_id, diocese, parish, why, set_by, set_at, expires_at, withdrawn_at, used_at, standing = rest
    proof = Evidence("", url, f"{why} ({set_by}, {set_at:%Y-%m-%d})", 0, 0, METHOD, 1.0)
    correction = Correction(
        number,
        service_of(wrong) if wrong else None,
        service_of({**right, "evidence": [vars(proof)]}) if right else None,
    )
    return KeptCorrection(
        correction, parish_id, diocese, parish, why, set_by, set_at, expires_at, withdrawn_at, used_at,
        Standing(standing),
    )  # fmt: skip


async def note(connection: Connection, parish_id: int, effects: Mapping[int, Effect], now: datetime) -> None:
    """Keep what each correction in force did to a reading, by number; all others of the parish have ended."""
    rows = [
        {
            "number": number,
            "standing": effect.standing.value,
            "displaced": [cleaned(one).record() for one in effect.displaced],
        }
        for number, effect in effects.items()
    ]
    await connection.execute(_NOTE, {"parish": parish_id, "rows": Jsonb(rows), "now": now})


_NOTE = """
UPDATE service_corrections kept SET standing = coalesce(given.standing, 'ended'),
    displaced = coalesce(given.displaced, '[]'),
    used_at = CASE WHEN given.standing = 'used' THEN %(now)s ELSE kept.used_at END
FROM service_corrections every LEFT JOIN jsonb_to_recordset(%(rows)s)
    AS given (number bigint, standing text, displaced jsonb) ON given.number = every.id
WHERE every.id = kept.id AND kept.parish_id = %(parish)s AND (given.number IS NOT NULL OR kept.standing <> 'ended')
"""


async def last_reading(connection: Connection, parish_id: int) -> tuple[Service, ...]:
    """What the pages of a parish stated when they were last read: what is published, without any correction."""
    published = [one.service for one in await services.current(connection, parish_id)]
    rows = await connection.execute(
        "SELECT displaced FROM service_corrections WHERE parish_id = %s AND standing <> 'ended' ORDER BY id",
        [parish_id],
    )
    displaced = [service_of(record) async for (records,) in rows for record in records]
    return tuple(one for one in (*published, *displaced) if not _on_a_persons_word(one))


def _on_a_persons_word(service: Service) -> bool:
    return bool(service.evidence) and all(piece.method == METHOD for piece in service.evidence)


async def ended(connection: Connection, parish_ids: Sequence[int], now: datetime) -> frozenset[int]:
    """Those of these parishes whose published services still rest on a correction that is no longer in force."""
    rows = await connection.execute(
        """SELECT DISTINCT parish_id FROM service_corrections WHERE parish_id = ANY(%(parishes)s)
            AND standing <> 'ended' AND (withdrawn_at IS NOT NULL OR expires_at <= %(now)s)""",
        {"parishes": list(parish_ids), "now": now},
    )
    return frozenset([parish async for (parish,) in rows])


async def any_ended(connection: Connection, parish_id: int, now: datetime) -> bool:
    """Whether what is published for a parish still rests on a correction that is no longer in force."""
    return bool(await ended(connection, [parish_id], now))


def _json(service: Service | None) -> Jsonb | None:
    return Jsonb(cleaned(service).record()) if service else None
