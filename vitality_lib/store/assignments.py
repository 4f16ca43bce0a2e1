"""Who holds which diocese: leases with fencing tokens. All times are the database's, so clocks of pods do not matter.

A lease belongs to its holder until somebody else takes it, which can happen only after it has ended without a
heartbeat. From that moment the old token is refused everywhere: `must_hold` inside a transaction that publishes makes
sure that a worker which was declared dead writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vitality_lib.models import Stage
from vitality_lib.store.database import Connection
from vitality_lib.store.errors import LeaseLost

Ending = Literal["completed", "failed", "released"]
MOST_STILL_SECONDS = 60  # inside a publication: less than is left of a lease when a heartbeat fails to come


@dataclass(frozen=True)
class Claim:
    """One diocese in one stage, held by one worker. `token` grows with each claim ever made."""

    diocese_id: int
    diocese: str
    stage: Stage
    worker_id: str
    token: int


@dataclass(frozen=True)
class Holder:
    """The worker that has a diocese; in seconds: until its lease ends, and since it last prolonged it."""

    worker_id: str
    lease_seconds: float
    silent_seconds: float


async def take(
    connection: Connection, diocese_ids: Sequence[int], stage: Stage, worker_id: str, lease_seconds: float
) -> Claim | None:
    """Take the first of these dioceses that nobody holds; None when all are held.

    Two workers never get the same one: rows that another is just taking are skipped, not waited for.
    """
    parameters = {
        "dioceses": list(diocese_ids),
        "stage": stage.value,
        "worker": worker_id,
        "lease": lease_seconds,
    }
    await connection.execute(_ENSURE, parameters)
    row = await (await connection.execute(_TAKE, parameters)).fetchone()
    return Claim(row[0], row[1], stage, worker_id, row[2]) if row else None


_ENSURE = """
INSERT INTO diocese_work_assignments (diocese_id, stage, worker_id, token, status, lease_until)
SELECT diocese_id, %(stage)s, '', 0, 'released', '-infinity' FROM unnest(%(dioceses)s::bigint[]) AS given (diocese_id)
WHERE NOT EXISTS (
    SELECT FROM diocese_work_assignments old WHERE old.diocese_id = given.diocese_id AND old.stage = %(stage)s
)
ORDER BY diocese_id ON CONFLICT DO NOTHING
"""
_TAKE = """
UPDATE diocese_work_assignments SET worker_id = %(worker)s, token = nextval('fencing_tokens'), status = 'processing',
    assigned_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => %(lease)s),
    renewed_at = clock_timestamp(), completed_at = NULL
FROM dioceses WHERE dioceses.id = diocese_id AND stage = %(stage)s AND diocese_id = (
    SELECT diocese_id FROM diocese_work_assignments
    WHERE stage = %(stage)s AND diocese_id = ANY(%(dioceses)s)
        AND (status <> 'processing' OR lease_until <= clock_timestamp())
    ORDER BY array_position(%(dioceses)s::bigint[], diocese_id) LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING diocese_id, dioceses.name, token
"""


async def extend(connection: Connection, claim: Claim, lease_seconds: float) -> None:
    """Prolong a lease from now on. Raises LeaseLost."""
    done = await connection.execute(
        f"""UPDATE diocese_work_assignments SET lease_until = clock_timestamp() + make_interval(secs => %s),
            renewed_at = clock_timestamp() {_MINE}""",  # noqa: S608
        [lease_seconds, *_key(claim)],
    )
    if not done.rowcount:
        raise _lost(claim)


async def must_hold(connection: Connection, claim: Claim) -> None:
    """Make sure, until the end of this transaction, that the claim is still its worker's. Raises LeaseLost.

    Nobody can take the diocese before the transaction ends; so PostgreSQL ends that of a worker which stands still.
    """
    still = f"set_config('idle_in_transaction_session_timeout', '{MOST_STILL_SECONDS}s', true)"
    row = await connection.execute(f"SELECT {still} FROM diocese_work_assignments {_MINE} FOR SHARE", _key(claim))  # noqa: S608
    if await row.fetchone() is None:
        raise _lost(claim)


async def end(connection: Connection, claim: Claim, ending: Ending) -> None:
    """Give a diocese back. Does nothing when it belongs to somebody else by now."""
    await connection.execute(
        f"""UPDATE diocese_work_assignments SET status = %s, completed_at = clock_timestamp(),
            lease_until = clock_timestamp() {_MINE}""",  # noqa: S608
        [ending, *_key(claim)],
    )


async def release_all(connection: Connection, worker_id: str) -> None:
    """Give back whatever a worker holds: it is about to be ended, and its tokens with it."""
    await connection.execute(
        """UPDATE diocese_work_assignments SET status = 'released', completed_at = clock_timestamp(),
            lease_until = clock_timestamp() WHERE worker_id = %s AND status = 'processing'""",
        [worker_id],
    )


async def holder(connection: Connection, diocese_id: int, stage: Stage) -> Holder | None:
    """Who has this diocese now; None when it is free."""
    row = await (
        await connection.execute(
            """SELECT worker_id, extract(epoch FROM lease_until - moment)::float8,
                extract(epoch FROM moment - renewed_at)::float8
            FROM diocese_work_assignments, clock_timestamp() AS moment
            WHERE diocese_id = %s AND stage = %s AND status = 'processing' AND lease_until > moment""",
            [diocese_id, stage.value],
        )
    ).fetchone()
    return Holder(*row) if row else None


_MINE = "WHERE diocese_id = %s AND stage = %s AND token = %s AND status = 'processing'"


def _key(claim: Claim) -> list[object]:
    return [claim.diocese_id, claim.stage.value, claim.token]


def _lost(claim: Claim) -> LeaseLost:
    return LeaseLost(
        f"worker {claim.worker_id} lost {claim.diocese} ({claim.stage}, token {claim.token}):"
        " it was silent for longer than its lease, and another worker has it now; nothing was written"
    )
