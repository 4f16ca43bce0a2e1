"""robots.txt of each origin, as the fleet last read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from vitality_lib.models import Reason
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class RobotsFile:
    """What asking for robots.txt gave. `problem` is set when nothing may be fetched for now; `status` 0: no answer.

    `text` is empty unless the status was 2xx. `good_seconds` is for how long it holds from now on.
    """

    origin: str
    status: int
    text: str = ""
    problem: Reason | None = None
    detail: str = ""
    good_seconds: float = field(default=0.0, compare=False)


async def find(connection: Connection, origin: str) -> RobotsFile | None:
    """The file of an origin (`https://host`), unless it has to be read again."""
    cursor = await connection.execute(
        """
        SELECT origin, status, body, problem, detail, extract(epoch FROM good_until - now())::float
        FROM robots WHERE origin = %s AND good_until > now()
        """,
        (origin,),
    )
    row = await cursor.fetchone()
    return RobotsFile(row[0], row[1], row[2], Reason(row[3]) if row[3] else None, row[4], row[5]) if row else None


async def keep(connection: Connection, file: RobotsFile, good_seconds: float) -> None:
    """Remember a file for so many seconds."""
    await connection.execute(
        """
        INSERT INTO robots (origin, status, body, problem, detail, read_at, good_until)
        VALUES (%s, %s, %s, %s, %s, now(), now() + make_interval(secs => %s))
        ON CONFLICT (origin) DO UPDATE SET status = excluded.status, body = excluded.body, problem = excluded.problem,
            detail = excluded.detail, read_at = excluded.read_at, good_until = excluded.good_until
        """,
        (file.origin, file.status, file.text.replace("\x00", ""), file.problem, file.detail, good_seconds),
    )


async def claim(connection: Connection, origin: str, holder: UUID, seconds: float) -> bool:
    """Become, or remain, the one of the fleet that asks for an origin's file; False while another one is at it.

    After so many seconds the holder is taken for dead, unless it claims again.
    """
    cursor = await connection.execute(
        """
        INSERT INTO robots_readings (origin, holder, lapses_at)
        VALUES (%s, %s, clock_timestamp() + make_interval(secs => %s))
        ON CONFLICT (origin) DO UPDATE SET holder = excluded.holder, lapses_at = excluded.lapses_at
        WHERE robots_readings.lapses_at <= clock_timestamp() OR robots_readings.holder = excluded.holder
        RETURNING true
        """,
        (origin, holder, seconds),
    )
    return await cursor.fetchone() is not None


async def release(connection: Connection, origin: str, holder: UUID) -> None:
    """Let the next one ask, unless another has taken over already."""
    await connection.execute("DELETE FROM robots_readings WHERE origin = %s AND holder = %s", (origin, holder))
