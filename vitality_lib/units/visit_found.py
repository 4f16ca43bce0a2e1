"""What a good visit to a parish found, published at once: its services, its pages, and where these disagree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vitality_lib.calendar.english import CannotBeSaidError, say
from vitality_lib.models import Day, Service, ServiceType
from vitality_lib.schedules.contradictions import Contradiction, Side
from vitality_lib.schedules.visit import Visit
from vitality_lib.store import schedule_contradictions, schedule_pages
from vitality_lib.store.changes import Changes
from vitality_lib.store.database import Connection
from vitality_lib.store.schedule_contradictions import KeptContradiction, KeptSide, Stated
from vitality_lib.store.schedule_pages import SchedulePage
from vitality_lib.units.publishing import publish_reading


async def publish_visit(connection: Connection, parish_id: int, seen: Visit, now: datetime) -> Changes:
    """Publish what a visit found, with what people corrected laid over it. Call this only with one that ended well.

    Returns what changed in the services.
    """
    changes = await publish_reading(connection, parish_id, seen.services, now)
    await schedule_pages.replace(connection, parish_id, pages_of(seen), now)
    await schedule_contradictions.replace(connection, parish_id, contradictions_of(seen.contradictions), now)
    return changes


def pages_of(seen: Visit) -> list[SchedulePage]:
    """The pages of a visit as they are kept: what each gave, and how much of it is published for its sake."""
    return [
        SchedulePage(page.url, page.page_hash, page.why, len(page.services), page.kept(seen.services))
        for page in seen.pages
    ]


def contradictions_of(found: Sequence[Contradiction]) -> list[KeptContradiction]:
    """The contradictions as they are kept: days on which the same two sides differ are told once, in their order."""
    days: dict[tuple[ServiceType, Side, Side, str, bool], list[Day]] = {}
    for one in found:
        days.setdefault((one.type, one.better, one.worse, one.why, one.decided), []).append(one.day)
    return [
        KeptContradiction(kind, tuple(dict.fromkeys(on)), _kept(better), _kept(worse), why, decided)
        for (kind, better, worse, why, decided), on in days.items()
    ]


def _kept(side: Side) -> KeptSide:
    return KeptSide(side.url, tuple(Stated(service, _words(service)) for service in side.services))


def _words(service: Service) -> str:
    """The service in plain English; one that is rejected because it cannot be said so, in the words of its page."""
    try:
        return say(service)
    except CannotBeSaidError:
        return " … ".join(piece.quote for piece in service.evidence)
