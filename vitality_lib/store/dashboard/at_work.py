"""The workers: who is alive, what each has in hand, and how it fares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vitality_lib.store.database import Connection

_RECENT = timedelta(hours=24)  # how long one that has ended is still shown
_MOST = 60


class State(StrEnum):
    """What can be said of a worker. `silent`: it says it works, and two of its heartbeats are missing."""

    ACTIVE = "active"
    SILENT = "silent"
    FAILED = "failed"
    ENDED = "ended"


@dataclass(frozen=True)
class Worker:
    """A worker. Counts are since it started; `pages_a_minute` is of its last heartbeat, `memory_bytes` too."""

    name: str
    type: str
    pod: str
    state: State
    diocese: str | None
    parishes_done: int
    pages_done: int
    pages_a_minute: float
    errors: int
    last_error: str | None
    memory_bytes: int | None
    started_at: datetime
    heard_at: datetime


async def workers(connection: Connection, at: datetime, heartbeat_seconds: float) -> tuple[Worker, ...]:
    """Those that say they work, and those that ended within a day: at most 60, the living first."""
    rows = await connection.execute(_WORKERS, {"since": at - _RECENT, "most": _MOST})
    silent_after = at - timedelta(seconds=2 * heartbeat_seconds + 5)
    return tuple(
        [
            Worker(name, stage, pod, _state(status, rest[-1], silent_after), *rest)
            async for name, stage, pod, status, *rest in rows
        ]
    )


def _state(status: str, heard_at: datetime, silent_after: datetime) -> State:
    if status == "active":
        return State.SILENT if heard_at < silent_after else State.ACTIVE
    return State.FAILED if status == "failed" else State.ENDED


_WORKERS = """
SELECT worker_id, worker_type, pod_name, status, current_diocese, parishes_done, pages_done, pages_a_minute, errors,
    last_error, memory_bytes, started_at, last_heartbeat
FROM pipeline_workers WHERE status = 'active' OR last_heartbeat > %(since)s
ORDER BY status <> 'active', last_heartbeat DESC, worker_id LIMIT %(most)s
"""
