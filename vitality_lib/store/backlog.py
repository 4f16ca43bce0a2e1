"""How much there is to do: the seconds that good manners ask of a stage, diocese by diocese, and the order of work."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from vitality_lib.models import Stage
from vitality_lib.settings import Settings
from vitality_lib.store.database import Connection
from vitality_lib.store.dioceses import KnownDiocese

USUAL_REQUESTS = 3  # of a parish's site that was never visited: robots.txt, the homepage, the page of its schedule
LONGEST_WAIT = 60  # seconds that a slow host is left alone for; whatever is longer was asked for once (`Retry-After`)

# A directory that was never read may be a large one. A diocese without a due parish is owed no more than its own row.
_UNKNOWN = {Stage.EXTRACTION: math.inf, Stage.SCHEDULE: 0.0}


async def longest_first(
    connection: Connection,
    stage: Stage,
    now: datetime,
    due: Sequence[KnownDiocese],
    settings: Settings,
    *,
    force: bool = False,
) -> tuple[KnownDiocese, ...]:
    """The dioceses that are due (`dioceses.due`), those with the most to do first; of equals the order stays.

    So all hands are busy until little is left, and no single large diocese is waited for at the end.
    """
    work = await seconds(connection, stage, now, [diocese.id for diocese in due], settings, force=force)
    return tuple(sorted(due, key=lambda diocese: -work.get(diocese.id, _UNKNOWN.get(stage, 0.0))))


async def seconds(
    connection: Connection,
    stage: Stage,
    now: datetime,
    diocese_ids: Sequence[int],
    settings: Settings,
    *,
    force: bool = False,
) -> dict[int, float]:
    """Of each of these dioceses, by id, the seconds that a stage will need for it; without what cannot be known.

    A host is asked one thing at a time, so its requests at the last visit, each with the wait that it was given last
    (at least `min_delay_seconds`), are the least time for it. Schedule: that of the due parishes' sites, as many at
    once as a worker has in hand, the slowest of them last (Graham's bound). Extraction: that of the directory's host;
    a directory that has parishes but no outcome counts a request for each. A host whose breaker is open takes no time.
    """
    if stage not in _SECONDS:
        return {}
    given = {
        "ids": list(diocese_ids),
        "all": force,
        "now": now,
        "usual": USUAL_REQUESTS,
        "shortest": settings.min_delay_seconds,
        "longest": max(LONGEST_WAIT, settings.min_delay_seconds),
        "at_once": settings.concurrency,
    }
    rows = await connection.execute(_SECONDS[stage], given)
    return {diocese: float(needed) async for diocese, needed in rows}


_HOST = "lower(substring({0} FROM '^[A-Za-z]+://([^/?#]+)'))"
_WAIT = """CASE WHEN open_until > %(now)s THEN 0
    WHEN isfinite(next_at) AND isfinite(ended_at)
    THEN least(greatest(extract(epoch FROM next_at - ended_at), %(shortest)s), %(longest)s)
    ELSE %(shortest)s END"""
_LAST = """LEFT JOIN LATERAL (
    SELECT requests FROM outcomes WHERE outcomes.stage = '{0}' AND outcomes.unit_kind = '{1}' AND unit_id = {2}
    ORDER BY finished_at DESC LIMIT 1) AS last ON true"""
_SECONDS = {
    Stage.EXTRACTION: f"""
SELECT diocese_id, greatest(coalesce(last.requests, published), 1) * {_WAIT}
FROM directories
CROSS JOIN LATERAL (
    SELECT nullif(count(*), 0) AS published FROM parishes
    WHERE parishes.diocese_id = directories.diocese_id AND gone_at IS NULL) AS read
{_LAST.format("extraction", "diocese", "directories.diocese_id")}
LEFT JOIN hosts ON host = {_HOST.format("url")}
WHERE diocese_id = ANY(%(ids)s) AND coalesce(last.requests, published) IS NOT NULL""",  # noqa: S608 - the pieces are constants above
    Stage.SCHEDULE: f"""
WITH due AS (
    SELECT id, diocese_id, {_HOST.format("website")} AS host FROM parishes
    LEFT JOIN visits ON visits.stage = 'schedule' AND unit_kind = 'parish' AND unit_id = id
    WHERE diocese_id = ANY(%(ids)s) AND gone_at IS NULL AND website IS NOT NULL
    AND (%(all)s OR due_at IS NULL OR due_at <= %(now)s)
), sites AS (
    SELECT diocese_id, sum(greatest(coalesce(last.requests, %(usual)s), 1) * {_WAIT}) AS seconds
    FROM due {_LAST.format("schedule", "parish", "due.id")} LEFT JOIN hosts USING (host)
    GROUP BY diocese_id, host
)
SELECT diocese_id, (sum(seconds) - max(seconds)) / %(at_once)s + max(seconds) FROM sites GROUP BY diocese_id""",  # noqa: S608
}
