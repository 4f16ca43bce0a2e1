"""Of each stage: what is due and since when, and how its last run went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vitality_lib.models import Stage
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class Due:
    """What a stage has before it: dioceses, for the schedule stage parishes too, and since when the oldest waits."""

    stage: Stage
    dioceses: int
    parishes: int | None
    since: datetime | None


@dataclass(frozen=True)
class LastRun:
    """The newest run of a stage. `status` is running, ok or failed; of `planned` dioceses so many are `done`."""

    stage: Stage
    run: str
    started_at: datetime
    finished_at: datetime | None
    status: str
    detail: str
    planned: int
    done: int


async def due(connection: Connection, at: datetime) -> tuple[Due, ...]:
    """What is due at this time in the three stages that visit dioceses; it counts what `dioceses.due` would give."""
    found = []
    for stage, question in _DUE.items():
        row = await (await connection.execute(question, {"now": at})).fetchone()
        assert row is not None
        found.append(Due(stage, *row))
    return tuple(found)


async def last_runs(connection: Connection) -> tuple[LastRun, ...]:
    """The newest run of each stage that ever ran, in the order of the stages."""
    rows = await connection.execute(_LAST_RUNS)
    runs = [LastRun(Stage(row[0]), *row[1:]) async for row in rows]
    return tuple(sorted(runs, key=lambda run: list(Stage).index(run.stage)))


_DUE = {
    Stage.DISCOVERY: b"""
SELECT count(*), NULL, min(coalesce(due_at, first_seen)) FROM dioceses
LEFT JOIN visits ON stage = 'discovery' AND unit_kind = 'diocese' AND unit_id = dioceses.id
WHERE listed AND (due_at IS NULL OR due_at <= %(now)s)
""",
    Stage.EXTRACTION: b"""
SELECT count(*), NULL, min(CASE WHEN due_at <= %(now)s THEN due_at ELSE directories.changed_at END)
FROM directories JOIN dioceses ON dioceses.id = diocese_id AND listed
LEFT JOIN visits ON stage = 'extraction' AND unit_kind = 'diocese' AND unit_id = diocese_id
WHERE due_at IS NULL OR due_at <= %(now)s OR visited_at < directories.changed_at
""",
    Stage.SCHEDULE: b"""
SELECT count(DISTINCT diocese_id), count(*) FILTER (WHERE own.due_at IS NULL OR own.due_at <= %(now)s),
    min(coalesce(own.due_at, parishes.first_seen)) FILTER (WHERE own.due_at IS NULL OR own.due_at <= %(now)s)
FROM parishes JOIN dioceses ON dioceses.id = diocese_id AND listed
LEFT JOIN visits AS own ON own.stage = 'schedule' AND own.unit_kind = 'parish' AND own.unit_id = parishes.id
LEFT JOIN visits AS whole ON whole.stage = 'schedule' AND whole.unit_kind = 'diocese' AND whole.unit_id = diocese_id
WHERE gone_at IS NULL AND (own.due_at IS NULL OR own.due_at <= %(now)s
    OR whole.visited_at IS NULL OR whole.visited_at < own.visited_at)
""",
}
_LAST_RUNS = """
SELECT last.stage, last.run, started_at, finished_at, status, detail,
    (SELECT count(*) FROM planned_units p WHERE p.run = last.run AND p.stage = last.stage),
    (SELECT count(*) FROM planned_units p JOIN outcomes o ON o.run = p.run AND o.stage = p.stage
        AND o.unit_kind = 'diocese' AND o.unit_id = p.diocese_id WHERE p.run = last.run AND p.stage = last.stage)
FROM (SELECT DISTINCT ON (stage) * FROM runs ORDER BY stage, started_at DESC, run) AS last
"""
