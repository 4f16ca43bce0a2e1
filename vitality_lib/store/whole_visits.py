"""The last whole visit of each unit, and the few pages that its reading rests on: what a short visit asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from vitality_lib.models import Purpose, Reason, Request, Stage, UnitKind
from vitality_lib.store.changes import clean, jsonb
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class Pillar:
    """A page that a reading rests on: how to ask for it, where it was in the end, and the SHA-256 of what HTTP gave."""

    url: str
    final: str
    purpose: str
    body: str | None
    hash: str

    @property
    def request(self) -> Request:
        return Request(self.url, Purpose(self.purpose), self.body, "the reading rests on it")


@dataclass(frozen=True)
class WholeVisit:
    """A whole visit whose reading stands as long as its pages do. `basis` is a hash of all else that it depends on;
    `facts` counts the parishes or services found.
    """

    visited_at: datetime
    basis: str
    reason: Reason
    detail: str
    facts: int
    pages: tuple[Pillar, ...]


async def of(connection: Connection, stage: Stage, kind: UnitKind, ids: Sequence[int]) -> dict[int, WholeVisit]:
    """The whole visits of these units that may stand, by id; the others are left out."""
    rows = await connection.execute(
        """SELECT unit_id, visited_at, basis, reason, detail, facts, pages FROM whole_visits
        WHERE stage = %s AND unit_kind = %s AND unit_id = ANY(%s)""",
        [stage.value, kind.value, list(ids)],
    )
    return {
        id_: WholeVisit(at, basis, Reason(reason), detail, facts, tuple(Pillar(**page) for page in pages))
        async for id_, at, basis, reason, detail, facts, pages in rows
    }


async def keep(connection: Connection, stage: Stage, kind: UnitKind, unit_id: int, visit: WholeVisit | None) -> None:
    """Make this the last whole visit of a unit; None: nothing stands, and the next visit is a whole one again."""
    unit = {"stage": stage.value, "kind": kind.value, "unit": unit_id}
    if visit is None:
        await connection.execute(_FORGET, unit)
        return
    pages = jsonb(asdict(page) for page in visit.pages)
    detail = clean(visit.detail)
    given = {"at": visit.visited_at, "basis": visit.basis, "reason": visit.reason.value, "facts": visit.facts}
    await connection.execute(_KEEP, {**unit, **given, "detail": detail, "pages": pages})


_FORGET = "DELETE FROM whole_visits WHERE stage = %(stage)s AND unit_kind = %(kind)s AND unit_id = %(unit)s"
_KEEP = """
INSERT INTO whole_visits (stage, unit_kind, unit_id, visited_at, basis, reason, detail, facts, pages)
VALUES (%(stage)s, %(kind)s, %(unit)s, %(at)s, %(basis)s, %(reason)s, %(detail)s, %(facts)s, %(pages)s)
ON CONFLICT (stage, unit_kind, unit_id) DO UPDATE SET visited_at = EXCLUDED.visited_at, basis = EXCLUDED.basis,
    reason = EXCLUDED.reason, detail = EXCLUDED.detail, facts = EXCLUDED.facts, pages = EXCLUDED.pages
"""
