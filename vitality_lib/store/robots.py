"""robots.txt of each origin, as the fleet last read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    return next(iter(await find_all(connection, [origin])), None)


async def find_all(connection: Connection, origins: Sequence[str]) -> list[RobotsFile]:
    """The same of many."""
    rows = await connection.execute(
        """
        SELECT origin, status, body, problem, detail, extract(epoch FROM good_until - now())::float
        FROM robots WHERE origin = ANY(%s) AND good_until > now()
        """,
        (list(origins),),
    )
    return [
        RobotsFile(origin, status, text, Reason(problem) if problem else None, detail, seconds)
        async for origin, status, text, problem, detail, seconds in rows
    ]


async def keep(
    connection: Connection, file: RobotsFile, good_seconds: float, also: Iterable[str] = (), holder: UUID | None = None
) -> None:
    """Remember a file for so many seconds, for `also` (other origins), too; the holder's claim on it ends."""
    await connection.execute(
        """
        WITH ended AS (DELETE FROM robots_readings WHERE origin = %(origin)s AND holder = %(holder)s)
        INSERT INTO robots (origin, status, body, problem, detail, read_at, good_until)
        SELECT origin, %(status)s, %(body)s, %(problem)s, %(detail)s, now(), now() + make_interval(secs => %(seconds)s)
        FROM unnest(%(origins)s::text[]) AS origin
        ON CONFLICT (origin) DO UPDATE SET status = excluded.status, body = excluded.body, problem = excluded.problem,
            detail = excluded.detail, read_at = excluded.read_at, good_until = excluded.good_until
        """,
        {
            "origin": file.origin,
            "holder": holder,
            "origins": sorted({file.origin, *also}),  # in one order, so that no two wait for each other
            "status": file.status,
            "body": file.text.replace("\x00", ""),
            "problem": file.problem,
            "detail": file.detail,
            "seconds": good_seconds,
        },
    )


async def claim(connection: Connection, origin: str, holder: UUID, seconds: float) -> RobotsFile | bool:
    """The file of an origin where it is known. Else become, or remain, the one of the fleet that asks for it: True; or
    False while another one is at it.

    After so many seconds the holder is taken for dead, unless it claims again.
    """
    cursor = await connection.execute("SELECT * FROM robots_or_claim(%s, %s, %s)", (origin, holder, seconds))
    row = await cursor.fetchone()
    assert row is not None
    verdict, status, text, problem, detail, good_seconds = row
    if verdict == "known":
        return RobotsFile(origin, status, text, Reason(problem) if problem else None, detail, good_seconds)
    return bool(verdict == "claimed")


async def release(connection: Connection, origin: str, holder: UUID) -> None:
    """Let the next one ask, unless another has taken over already."""
    await connection.execute("DELETE FROM robots_readings WHERE origin = %s AND holder = %s", (origin, holder))
