"""Who is alive: each worker writes a heartbeat. All times are the database's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vitality_lib.models import Stage
from vitality_lib.store.changes import clean
from vitality_lib.store.database import Connection

_STATES = """SELECT worker_id, worker_type, pod_name, status, current_diocese, parishes_done, started_at,
    extract(epoch FROM clock_timestamp() - last_heartbeat)::float8, pages_done, pages_a_minute, errors, last_error,
    memory_bytes, reported FROM pipeline_workers"""


@dataclass(frozen=True)
class Pulse:
    """What a worker says of itself with a heartbeat: counts since it started, and how it stands at the moment.

    `errors` are outcomes of its own making, `last_error` the last of them in one line; `memory_bytes` is what it holds
    with its browser, None where that cannot be told.
    """

    current_diocese: str | None = None
    parishes_done: int = 0
    pages_done: int = 0
    pages_a_minute: float = 0.0
    errors: int = 0
    last_error: str | None = None
    memory_bytes: int | None = None


@dataclass(frozen=True)
class WorkerState:
    """A worker as the others see it. `silent_seconds` is the time since its last heartbeat; `reported`: it writes to no
    database of ours, and is known from what it posts.
    """

    worker_id: str
    worker_type: Stage
    pod_name: str
    status: str
    current_diocese: str | None
    parishes_done: int
    started_at: datetime
    silent_seconds: float
    pages_done: int = 0
    pages_a_minute: float = 0.0
    errors: int = 0
    last_error: str | None = None
    memory_bytes: int | None = None
    reported: bool = False


async def register(connection: Connection, worker_id: str, worker_type: Stage, pod_name: str) -> None:
    """A worker begins; one of the same name that was here before is forgotten."""
    await connection.execute(
        """INSERT INTO pipeline_workers (worker_id, worker_type, pod_name, status, started_at, last_heartbeat)
        VALUES (%s, %s, %s, 'active', clock_timestamp(), clock_timestamp())
        ON CONFLICT (worker_id) DO UPDATE SET worker_type = EXCLUDED.worker_type, pod_name = EXCLUDED.pod_name,
            status = 'active', current_diocese = NULL, parishes_done = 0, started_at = EXCLUDED.started_at,
            last_heartbeat = EXCLUDED.last_heartbeat, pages_done = 0, pages_a_minute = 0, errors = 0,
            last_error = NULL, memory_bytes = NULL, reported = false""",
        [worker_id, worker_type.value, pod_name],
    )


async def beat(connection: Connection, worker_id: str, pulse: Pulse) -> None:
    """A worker says that it is alive, and how it stands."""
    await connection.execute(
        """UPDATE pipeline_workers SET status = 'active', last_heartbeat = clock_timestamp(), current_diocese = %s,
            parishes_done = %s, pages_done = %s, pages_a_minute = %s, errors = %s, last_error = %s, memory_bytes = %s
        WHERE worker_id = %s""",
        [pulse.current_diocese, *_figures(pulse), worker_id],
    )


async def farewell(connection: Connection, worker_id: str, *, failed: bool, pulse: Pulse | None = None) -> None:
    """A worker ends, well or not. Its figures stay as they last were, or as `pulse` says."""
    if pulse:
        await beat(connection, worker_id, pulse)
    await connection.execute(
        """UPDATE pipeline_workers SET status = %s, last_heartbeat = clock_timestamp(), current_diocese = NULL
        WHERE worker_id = %s""",
        ["failed" if failed else "inactive", worker_id],
    )


async def declare_dead(connection: Connection, silent_seconds: float) -> tuple[str, ...]:
    """Mark the active workers that have been silent this long as failed; return their names."""
    rows = await connection.execute(
        """UPDATE pipeline_workers SET status = 'failed', current_diocese = NULL
        WHERE status = 'active' AND last_heartbeat < clock_timestamp() - make_interval(secs => %s)
        RETURNING worker_id""",
        [silent_seconds],
    )
    return tuple(sorted([name async for (name,) in rows]))


async def states(connection: Connection) -> tuple[WorkerState, ...]:
    """All workers ever seen, the most recently heard first."""
    rows = await connection.execute(f"{_STATES} ORDER BY last_heartbeat DESC, worker_id")
    return tuple([WorkerState(row[0], Stage(row[1]), *row[2:]) async for row in rows])


async def last_heard_on(connection: Connection, pod_name: str) -> WorkerState | None:
    """The worker on this host or pod that was heard from last, or None when there was none."""
    rows = await connection.execute(
        f"{_STATES} WHERE pod_name = %s ORDER BY last_heartbeat DESC, worker_id LIMIT 1", [pod_name]
    )
    row = await rows.fetchone()
    return WorkerState(row[0], Stage(row[1]), *row[2:]) if row else None


def _figures(pulse: Pulse) -> list[object]:
    error = None if pulse.last_error is None else clean(pulse.last_error)
    return [pulse.parishes_done, pulse.pages_done, pulse.pages_a_minute, pulse.errors, error, pulse.memory_bytes]
