"""Who is alive: each worker writes a heartbeat. All times are the database's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vitality_lib.models import Stage
from vitality_lib.store.database import Connection

_STATES = """SELECT worker_id, worker_type, pod_name, status, current_diocese, parishes_done, started_at,
    extract(epoch FROM clock_timestamp() - last_heartbeat)::float8 FROM pipeline_workers"""


@dataclass(frozen=True)
class WorkerState:
    """A worker as the others see it. `silent_seconds` is the time since its last heartbeat."""

    worker_id: str
    worker_type: Stage
    pod_name: str
    status: str
    current_diocese: str | None
    parishes_done: int
    started_at: datetime
    silent_seconds: float


async def register(connection: Connection, worker_id: str, worker_type: Stage, pod_name: str) -> None:
    """A worker begins; one of the same name that was here before is forgotten."""
    await connection.execute(
        """INSERT INTO pipeline_workers (worker_id, worker_type, pod_name, status, started_at, last_heartbeat)
        VALUES (%s, %s, %s, 'active', clock_timestamp(), clock_timestamp())
        ON CONFLICT (worker_id) DO UPDATE SET worker_type = EXCLUDED.worker_type, pod_name = EXCLUDED.pod_name,
            status = 'active', current_diocese = NULL, parishes_done = 0, started_at = EXCLUDED.started_at,
            last_heartbeat = EXCLUDED.last_heartbeat""",
        [worker_id, worker_type.value, pod_name],
    )


async def beat(connection: Connection, worker_id: str, current_diocese: str | None, parishes_done: int) -> None:
    """A worker says that it is alive, and what it is at."""
    await connection.execute(
        """UPDATE pipeline_workers SET status = 'active', last_heartbeat = clock_timestamp(), current_diocese = %s,
            parishes_done = %s WHERE worker_id = %s""",
        [current_diocese, parishes_done, worker_id],
    )


async def farewell(connection: Connection, worker_id: str, *, failed: bool) -> None:
    """A worker ends, well or not."""
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
