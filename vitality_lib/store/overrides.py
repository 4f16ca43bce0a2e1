"""Parish directories that a person named: they win over what discovery would choose, until they expire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vitality_lib.store.changes import clean
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class Override:
    """Where a diocese keeps its directory, on whose word and why. `expires_at` None: for good."""

    diocese: str
    url: str
    why: str
    set_by: str
    set_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None


@dataclass(frozen=True)
class OverrideInUse:
    """An override beside the newest reading of its diocese's directory since it was set.

    `read_at` and `reason` say when that reading ended and how, None when there is none; `used` whether it read the
    address that was named (or the one that this leads to).
    """

    override: Override
    read_at: datetime | None
    reason: str | None
    used: bool


_COLUMNS = "dioceses.name, directory_overrides.url, why, set_by, set_at, expires_at, used_at"
_FROM = "FROM directory_overrides JOIN dioceses ON dioceses.id = diocese_id"


async def put(
    connection: Connection,
    diocese_id: int,
    url: str,
    *,
    why: str,
    set_by: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Name the directory of a diocese; one named before is replaced. The diocese is due for discovery at once."""
    await connection.execute(
        """INSERT INTO directory_overrides (diocese_id, url, why, set_by, set_at, expires_at)
        VALUES (%s, %s, %s, %s, %s, %s)
        ON CONFLICT (diocese_id) DO UPDATE SET url = EXCLUDED.url, why = EXCLUDED.why, set_by = EXCLUDED.set_by,
            set_at = EXCLUDED.set_at, expires_at = EXCLUDED.expires_at, used_at = NULL""",
        [diocese_id, clean(url), clean(why), clean(set_by), now, expires_at],
    )
    await _due_at_once(connection, diocese_id, now)


async def remove(connection: Connection, diocese_id: int, now: datetime) -> bool:
    """Take a diocese's override away; return whether there was one. Discovery chooses again at once."""
    gone = await connection.execute("DELETE FROM directory_overrides WHERE diocese_id = %s", [diocese_id])
    await _due_at_once(connection, diocese_id, now)
    return gone.rowcount > 0


async def of(connection: Connection, diocese_id: int, now: datetime) -> Override | None:
    """The override of a diocese that counts now."""
    found = await connection.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE diocese_id = %s AND (expires_at IS NULL OR expires_at > %s)",
        [diocese_id, now],
    )
    row = await found.fetchone()
    return Override(*row) if row else None


async def used(connection: Connection, diocese_id: int, now: datetime) -> None:
    """Note that discovery went by the override of a diocese."""
    await connection.execute("UPDATE directory_overrides SET used_at = %s WHERE diocese_id = %s", [now, diocese_id])


async def all_of_them(connection: Connection) -> tuple[Override, ...]:
    """Every override, expired ones included, by diocese."""
    rows = await connection.execute(f"SELECT {_COLUMNS} {_FROM} ORDER BY dioceses.name")
    return tuple([Override(*row) async for row in rows])


async def in_use(connection: Connection) -> tuple[OverrideInUse, ...]:
    """Every override, expired ones included, by diocese, and whether the last reading went by it."""
    rows = await connection.execute(_IN_USE.encode())
    return tuple([OverrideInUse(Override(*row[:-3]), *row[-3:]) async for row in rows])


# Discovery notes the address that a named one leads to, in the moment of `used_at`: it is the present address unless
# that changed later, and then it was the address until it changed.
_IN_USE = f"""
SELECT {_COLUMNS}, reading.finished_at, reading.reason, coalesce(
    CASE WHEN directories.changed_at <= used_at THEN reading.finished_at >= directories.changed_at
        ELSE reading.finished_at >= used_at AND reading.finished_at < directories.changed_at END, false)
{_FROM}
LEFT JOIN directories ON directories.diocese_id = dioceses.id
LEFT JOIN LATERAL (
    SELECT finished_at, reason FROM outcomes
    WHERE stage = 'extraction' AND unit_kind = 'diocese' AND unit_id = dioceses.id AND finished_at >= set_at
    ORDER BY finished_at DESC LIMIT 1
) AS reading ON true
ORDER BY dioceses.name
"""  # noqa: S608


async def _due_at_once(connection: Connection, diocese_id: int, now: datetime) -> None:
    await connection.execute(
        """UPDATE visits SET due_at = least(due_at, %s)
        WHERE stage = 'discovery' AND unit_kind = 'diocese' AND unit_id = %s""",
        [now, diocese_id],
    )
