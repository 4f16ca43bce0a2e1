"""robots.txt of each origin, as the fleet last read it."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.models import Reason
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class RobotsFile:
    """What asking for robots.txt gave. `problem` is set when nothing may be fetched for now; `status` 0: no answer.

    `text` is empty unless the status was 2xx.
    """

    origin: str
    status: int
    text: str = ""
    problem: Reason | None = None
    detail: str = ""


async def find(connection: Connection, origin: str) -> RobotsFile | None:
    """The file of an origin (`https://host`), unless it has to be read again."""
    cursor = await connection.execute(
        "SELECT origin, status, body, problem, detail FROM robots WHERE origin = %s AND good_until > now()", (origin,)
    )
    row = await cursor.fetchone()
    return RobotsFile(row[0], row[1], row[2], Reason(row[3]) if row[3] else None, row[4]) if row else None


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
