"""Where pages of one parish contradict each other: both sides, as the last good visit to it found them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from vitality_lib.models import Day, Service, ServiceType
from vitality_lib.store.changes import clean
from vitality_lib.store.database import Connection
from vitality_lib.store.service_records import cleaned, service_of


@dataclass(frozen=True)
class Stated:
    """A service as one page states it, its evidence from that page, and in plain English."""

    service: Service
    words: str

    def record(self) -> dict[str, Any]:
        """The service in the fields of the published records, with its words."""
        return {"words": self.words, **self.service.record()}


@dataclass(frozen=True)
class KeptSide:
    """What one page states for the days in dispute."""

    url: str
    stated: tuple[Stated, ...]

    def record(self) -> dict[str, Any]:
        """The side for programs."""
        return {"url": self.url, "services": [one.record() for one in self.stated]}


@dataclass(frozen=True)
class KeptContradiction:
    """Two pages that cannot both be right about a type on some days.

    `better` is believed, for the reason in `why`; where `decided` is False both sides are published.
    """

    type: ServiceType
    days: tuple[Day, ...]
    better: KeptSide
    worse: KeptSide
    why: str
    decided: bool

    def record(self) -> dict[str, Any]:
        """The contradiction for programs."""
        return {
            "type": self.type.value,
            "days": [day.value for day in self.days],
            "decided": self.decided,
            "why": self.why,
            "better": self.better.record(),
            "worse": self.worse.record(),
        }


@dataclass(frozen=True)
class ContradictionOfParish:
    """A contradiction, and between whose pages it is."""

    diocese: str
    parish_id: int
    parish: str
    found_at: datetime
    contradiction: KeptContradiction


async def replace(connection: Connection, parish_id: int, found: Sequence[KeptContradiction], now: datetime) -> None:
    """Make these the contradictions of a parish, in this order. Writes nothing when they are the same."""
    given = tuple(_cleaned(one) for one in found)
    if await of_parish(connection, parish_id) == given:
        return
    await connection.execute("DELETE FROM schedule_contradictions WHERE parish_id = %s", [parish_id])
    if given:
        rows = [{"place": place, **one.record()} for place, one in enumerate(given, 1)]
        await connection.execute(_INSERT, {"parish": parish_id, "rows": Jsonb(rows), "now": now})


_INSERT = """
INSERT INTO schedule_contradictions
    (parish_id, place, type, days, decided, why, better_url, better, worse_url, worse, found_at)
SELECT %(parish)s, place, type, days, decided, why, better->>'url', better->'services', worse->>'url',
    worse->'services', %(now)s
FROM jsonb_to_recordset(%(rows)s)
    AS one (place integer, type text, days text[], decided boolean, why text, better jsonb, worse jsonb)
"""


async def of_parish(connection: Connection, parish_id: int) -> tuple[KeptContradiction, ...]:
    """The contradictions of a parish, in the order in which they were found."""
    rows = await connection.execute(
        f"SELECT {_AS_RECORD} FROM schedule_contradictions c WHERE parish_id = %s ORDER BY place".encode(),  # noqa: S608 - a constant
        [parish_id],
    )
    return tuple([_kept(record) async for (record,) in rows])


async def every(connection: Connection) -> tuple[ContradictionOfParish, ...]:
    """Those of all published parishes, by diocese and parish; the undecided ones of a parish first."""
    rows = await connection.execute(
        f"""SELECT d.name, p.id, p.name, found_at, {_AS_RECORD}
        FROM schedule_contradictions c JOIN parishes p ON p.id = c.parish_id AND p.gone_at IS NULL
        JOIN dioceses d ON d.id = p.diocese_id ORDER BY d.name, p.name, p.id, decided, place""".encode()  # noqa: S608 - a constant
    )
    found = []
    async for diocese, parish_id, parish, found_at, record in rows:
        found.append(ContradictionOfParish(diocese, parish_id, parish, found_at, _kept(record)))
    return tuple(found)


# A contradiction as one object, with the names of its columns.
_AS_RECORD = """jsonb_build_object('type', c.type, 'days', c.days, 'decided', c.decided, 'why', c.why,
    'better', jsonb_build_object('url', better_url, 'services', better),
    'worse', jsonb_build_object('url', worse_url, 'services', worse))"""


def _kept(record: Mapping[str, Any]) -> KeptContradiction:
    return KeptContradiction(
        ServiceType(record["type"]),
        tuple(map(Day, record["days"])),
        _side(record["better"]),
        _side(record["worse"]),
        record["why"],
        record["decided"],
    )


def _side(record: Mapping[str, Any]) -> KeptSide:
    return KeptSide(record["url"], tuple(Stated(service_of(one), one["words"]) for one in record["services"]))


def _cleaned(one: KeptContradiction) -> KeptContradiction:
    better, worse = (
        KeptSide(clean(side.url), tuple(Stated(cleaned(said.service), clean(said.words)) for said in side.stated))
        for side in (one.better, one.worse)
    )
    return KeptContradiction(one.type, one.days, better, worse, clean(one.why), one.decided)
