"""Publishing the services of a parish: a reading of its pages, with what people corrected laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog

from vitality_lib.calendar.english import CannotBeSaidError, say
from vitality_lib.models import Service
from vitality_lib.schedules.corrections import corrected
from vitality_lib.store import corrections, services
from vitality_lib.store.changes import Changes, alone
from vitality_lib.store.corrections import Effect
from vitality_lib.store.database import Connection

_log = structlog.get_logger(__name__)


async def publish_reading(connection: Connection, parish_id: int, read: Sequence[Service], now: datetime) -> Changes:
    """Publish what the pages of a parish state, corrected. Call this only with a reading that is believed.

    A service that cannot be said in words is rejected, and the log says so.
    """
    await alone(connection, "services", parish_id)  # a correction made meanwhile waits for this publication
    kept = await corrections.every(connection, parish_id=parish_id)
    result = corrected(sayable(read), tuple(one.correction for one in kept if one.counts(now)))
    effects = {number: Effect(one, result.displaced[number]) for number, one in result.standings.items()}
    changes = await services.publish(connection, parish_id, result.services, say, now)
    if kept:
        await corrections.note(connection, parish_id, effects, now)
    return changes


async def publish_again(connection: Connection, parish_id: int, now: datetime) -> Changes:
    """Publish the last reading of a parish anew, with the corrections that are in force now."""
    await alone(connection, "services", parish_id)
    return await publish_reading(connection, parish_id, await corrections.last_reading(connection, parish_id), now)


async def let_go(connection: Connection, parish_id: int, now: datetime) -> Changes:
    """Publish what stood on corrections that have expired without them: for a visit that brought no new reading."""
    if not await corrections.any_ended(connection, parish_id, now):
        return Changes()
    return await publish_again(connection, parish_id, now)


def sayable(read: Sequence[Service]) -> tuple[Service, ...]:
    """The services that can be said in words; the log names the others."""
    return tuple(service for service in read if _can_be_said(service))


def _can_be_said(service: Service) -> bool:
    try:
        say(service)
    except CannotBeSaidError as error:
        _log.warning("service rejected", why=str(error), quotes=[piece.quote for piece in service.evidence])
        return False
    return True
