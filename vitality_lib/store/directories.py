"""Where each diocese keeps its parish directory, and how it was last read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vitality_lib.models import Candidate
from vitality_lib.store.changes import clean, jsonb
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class KnownDirectory:
    """The directory of a diocese. `platform` and `route` are None until it was read once."""

    diocese_id: int
    url: str
    label: str
    score: float
    reasons: tuple[str, ...]
    platform: str | None
    route: str | None
    proved: int


async def publish(
    connection: Connection, diocese_id: int, chosen: Candidate, *, platform: str | None, proved: int, now: datetime
) -> bool:
    """Make `chosen` the directory of a diocese; return whether its address is new or another than before.

    `platform` is the one seen when it was chosen. Score, label and reasons that moved without a new address are kept
    up to date, but do not make the directory a changed one. Writes nothing when nothing changed.
    """
    parameters = {
        "diocese": diocese_id,
        "url": clean(chosen.url),
        "label": clean(chosen.label),
        "score": chosen.score,
        "reasons": jsonb(chosen.reasons),
        "platform": platform,
        "proved": proved,
        "now": now,
    }
    row = await (await connection.execute(_PUBLISH, parameters)).fetchone()
    return bool(row and row[0])


_PUBLISH = """
WITH old AS (SELECT url, label, score, reasons, proved FROM directories WHERE diocese_id = %(diocese)s),
verdict AS (
    SELECT NOT EXISTS (SELECT FROM old WHERE url = %(url)s) AS moved,
        NOT EXISTS (SELECT FROM old WHERE (url, label, score, reasons, proved)
            = (%(url)s, %(label)s, %(score)s::float8, %(reasons)s, %(proved)s)) AS differs
), written AS (
    INSERT INTO directories (diocese_id, url, label, score, reasons, platform, proved, found_at, changed_at)
    SELECT %(diocese)s, %(url)s, %(label)s, %(score)s, %(reasons)s, %(platform)s, %(proved)s, %(now)s, %(now)s
    FROM verdict WHERE differs
    ON CONFLICT (diocese_id) DO UPDATE SET url = EXCLUDED.url, label = EXCLUDED.label, score = EXCLUDED.score,
        reasons = EXCLUDED.reasons, proved = EXCLUDED.proved,
        platform = CASE WHEN directories.url = EXCLUDED.url THEN directories.platform ELSE EXCLUDED.platform END,
        route = CASE WHEN directories.url = EXCLUDED.url THEN directories.route END,
        changed_at = CASE WHEN directories.url = EXCLUDED.url THEN directories.changed_at ELSE EXCLUDED.changed_at END
)
SELECT moved FROM verdict
"""


async def was_read(connection: Connection, diocese_id: int, platform: str, route: str) -> None:
    """Note how a directory was read; writes nothing when it is known already."""
    await connection.execute(
        """UPDATE directories SET platform = %(platform)s, route = %(route)s
        WHERE diocese_id = %(diocese)s AND (platform, route) IS DISTINCT FROM (%(platform)s, %(route)s)""",
        {"diocese": diocese_id, "platform": platform, "route": route},
    )


async def of(connection: Connection, diocese_ids: Sequence[int]) -> dict[int, KnownDirectory]:
    """The directories of these dioceses, by diocese id; those without one are left out."""
    rows = await connection.execute(
        """SELECT diocese_id, url, label, score, reasons, platform, route, proved
        FROM directories WHERE diocese_id = ANY(%s)""",
        [list(diocese_ids)],
    )
    return {
        id_: KnownDirectory(id_, url, label, score, tuple(reasons), platform, route, proved)
        async for id_, url, label, score, reasons, platform, route, proved in rows
    }
