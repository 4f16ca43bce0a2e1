"""What workers post to the receivers, and who they are. Times of arrival are the database's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from vitality_lib.store.changes import clean
from vitality_lib.store.database import Connection
from vitality_lib.store.workers import Pulse

KEPT_EVENTS = 10_000
KEPT_DAYS = 7
_PRUNED_AT_ONCE = 100


@dataclass(frozen=True)
class Reported:
    """Something that was posted. `protocol` is `vitality-1` or `earlier`; `at` is when it happened, None: just now;
    `worker` is empty where nobody is named.
    """

    protocol: str
    kind: str
    worker: str
    data: Mapping[str, Any]
    at: datetime | None = None
    run: str | None = None
    event_id: UUID | None = None


@dataclass(frozen=True)
class Kept:
    """A posted event as it is kept."""

    reported: Reported
    received_at: datetime


@dataclass(frozen=True)
class Stranger:
    """A worker that writes to no database of ours. `status` is `active`, `inactive` or `failed`; what is None in the
    `pulse` is not known; `heard_at` is when it said so, None: just now.
    """

    worker_id: str
    worker_type: str
    host: str
    status: str
    pulse: Mapping[str, Any]
    started_at: datetime | None = None
    heard_at: datetime | None = None


async def keep(connection: Connection, reported: Reported) -> bool:
    """Keep what was posted, and let go of what is old; False when this very event is kept already."""
    cursor = await connection.execute(
        """INSERT INTO reported_events (event_id, protocol, kind, worker, run, at, data)
        VALUES (%s, %s, %s, %s, %s, least(coalesce(%s, clock_timestamp()), clock_timestamp()), %s)
        ON CONFLICT (event_id) DO NOTHING RETURNING id""",
        [
            reported.event_id,
            reported.protocol,
            clean(reported.kind),
            clean(reported.worker),
            None if reported.run is None else clean(reported.run),
            reported.at,
            Jsonb(_fit(reported.data)),
        ],
    )
    row = await cursor.fetchone()
    if row is None:
        return False
    await _prune(connection, row[0])
    return True


async def _prune(connection: Connection, newest: int) -> None:
    """Delete what is too old or too much: a few at a time, and two at once do not wait for each other."""
    await connection.execute(
        """DELETE FROM reported_events WHERE id IN (
            SELECT id FROM reported_events
            WHERE id <= %s OR received_at < clock_timestamp() - make_interval(days => %s)
            ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)""",
        [newest - KEPT_EVENTS, KEPT_DAYS, _PRUNED_AT_ONCE],
    )


async def latest(connection: Connection, at_most: int, *, kind: str = "", worker: str = "") -> tuple[Kept, ...]:
    """The newest events, the newest first; of one kind or one worker, when these are named."""
    rows = await connection.execute(
        """SELECT protocol, kind, worker, data, at, run, event_id, received_at FROM reported_events
        WHERE (%(kind)s = '' OR kind = %(kind)s) AND (%(worker)s = '' OR worker = %(worker)s)
        ORDER BY id DESC LIMIT %(most)s""",
        {"kind": kind, "worker": worker, "most": at_most},
    )
    return tuple([Kept(Reported(*row[:7]), row[7]) async for row in rows])


async def show(connection: Connection, stranger: Stranger) -> None:
    """Let a worker that is known only from what it posts stand beside ours; one that writes here itself stays as it is.

    What comes late (it waited while the receiver was away) changes nothing that is newer.
    """
    await connection.execute(
        """INSERT INTO pipeline_workers AS known (worker_id, worker_type, pod_name, status, started_at, last_heartbeat,
            current_diocese, parishes_done, pages_done, pages_a_minute, errors, last_error, memory_bytes, reported)
        VALUES (%(id)s, %(type)s, %(host)s, %(status)s,
            least(coalesce(%(started)s, clock_timestamp()), clock_timestamp()),
            least(coalesce(%(heard)s, clock_timestamp()), clock_timestamp()),
            %(current_diocese)s, coalesce(%(parishes_done)s, 0), coalesce(%(pages_done)s, 0),
            coalesce(%(pages_a_minute)s, 0), coalesce(%(errors)s, 0), %(last_error)s, %(memory_bytes)s, true)
        ON CONFLICT (worker_id) DO UPDATE SET worker_type = EXCLUDED.worker_type, pod_name = EXCLUDED.pod_name,
            status = EXCLUDED.status, last_heartbeat = EXCLUDED.last_heartbeat,
            current_diocese = EXCLUDED.current_diocese,
            started_at = coalesce(%(started)s, known.started_at),
            parishes_done = coalesce(%(parishes_done)s, known.parishes_done),
            pages_done = coalesce(%(pages_done)s, known.pages_done),
            pages_a_minute = coalesce(%(pages_a_minute)s, known.pages_a_minute),
            errors = coalesce(%(errors)s, known.errors), last_error = coalesce(%(last_error)s, known.last_error),
            memory_bytes = coalesce(%(memory_bytes)s, known.memory_bytes)
        WHERE known.reported AND known.last_heartbeat <= EXCLUDED.last_heartbeat""",
        {
            "id": clean(stranger.worker_id),
            "type": stranger.worker_type,
            "host": clean(stranger.host),
            "status": stranger.status,
            "started": stranger.started_at,
            "heard": stranger.heard_at,
            **{name: _fit(stranger.pulse.get(name)) for name in Pulse.__dataclass_fields__},
        },
    )


def _fit(value: Any) -> Any:
    """The same without the characters that PostgreSQL cannot hold, however deep."""
    match value:
        case str():
            return clean(value)
        case Mapping():
            return {clean(str(name)): _fit(one) for name, one in value.items()}
        case list() | tuple():
            return [_fit(one) for one in value]
        case _:
            return value
