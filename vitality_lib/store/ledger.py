"""The run ledger: what a run set out to do, and the one outcome of each unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg.types.json import Jsonb

from vitality_lib.models import Outcome, Reason, Stage, UnitKind
from vitality_lib.store.changes import clean
from vitality_lib.store.database import Connection

# These say that the work itself broke off or broke; every other reason is a finding about a website.
UNFINISHED = frozenset({Reason.INTERRUPTED, Reason.INTERNAL_ERROR})


@dataclass(frozen=True)
class Finished:
    """A unit of work that came to its end. `unit_id` is the id of the diocese or parish, 0 for a stage as a whole.

    `facts` counts the dioceses, parishes or services found; `requests` is what it cost.
    """

    stage: Stage
    kind: UnitKind
    unit_id: int
    diocese_id: int | None
    outcome: Outcome
    facts: int = 0
    requests: int = 0


@dataclass(frozen=True)
class LedgerRow:
    """A finished unit as the ledger keeps it."""

    run: str
    worker_id: str
    done: Finished
    finished_at: datetime


@dataclass(frozen=True)
class ReasonCount:
    stage: Stage
    kind: UnitKind
    reason: Reason
    units: int
    facts: int
    requests: int


@dataclass(frozen=True)
class PlannedUnit:
    """A planned diocese, and the reason it ended with; None when it has no outcome."""

    diocese_id: int
    name: str
    reason: Reason | None


@dataclass(frozen=True)
class StageRun:
    run: str
    stage: Stage
    started_at: datetime
    finished_at: datetime | None
    status: str
    detail: str


async def start(connection: Connection, run: str, stage: Stage, now: datetime) -> None:
    """Begin a stage of a run; a stage that is begun again (a retry) goes on."""
    await connection.execute(
        """INSERT INTO runs (run, stage, started_at) VALUES (%s, %s, %s)
        ON CONFLICT (run, stage) DO UPDATE SET status = 'running', finished_at = NULL, detail = '', canary_at = NULL
        WHERE runs.status <> 'running'""",
        [run, stage.value, now],
    )


async def finish(connection: Connection, run: str, stage: Stage, now: datetime, *, ok: bool, detail: str = "") -> None:
    """End a stage of a run; `detail` is one line for a person."""
    await connection.execute(
        "UPDATE runs SET finished_at = %s, status = %s, detail = %s WHERE run = %s AND stage = %s",
        [now, "ok" if ok else "failed", clean(detail), run, stage.value],
    )


async def canary_sang(connection: Connection, run: str, stage: Stage) -> bool:
    """Whether the canary was heard to sing since a stage of a run was begun."""
    row = await (
        await connection.execute(
            "SELECT 1 FROM runs WHERE run = %s AND stage = %s AND canary_at IS NOT NULL", [run, stage.value]
        )
    ).fetchone()
    return row is not None


async def record_song(connection: Connection, run: str, stage: Stage, now: datetime) -> None:
    """Note that the canary sings."""
    await connection.execute("UPDATE runs SET canary_at = %s WHERE run = %s AND stage = %s", [now, run, stage.value])


async def plan(connection: Connection, run: str, stage: Stage, diocese_ids: Sequence[int]) -> None:
    """Note what a run sets out to do; planning again adds to it."""
    await connection.execute(
        """INSERT INTO planned_units (run, stage, diocese_id) SELECT %s, %s, unnest(%s::bigint[])
        ON CONFLICT DO NOTHING""",
        [run, stage.value, list(diocese_ids)],
    )


async def plan_anew(connection: Connection, run: str, stage: Stage, diocese_ids: Sequence[int]) -> None:
    """Note what a run sets out to do, and nothing else: what was planned before, has no outcome in this run and is not
    among these leaves the plan, for another run did it meanwhile.
    """
    await connection.execute(
        """DELETE FROM planned_units plan WHERE run = %s AND stage = %s AND diocese_id <> ALL(%s) AND NOT EXISTS (
            SELECT FROM outcomes WHERE outcomes.run = plan.run AND outcomes.stage = plan.stage
            AND unit_kind = 'diocese' AND unit_id = plan.diocese_id)""",
        [run, stage.value, list(diocese_ids)],
    )
    await plan(connection, run, stage, diocese_ids)


async def withdraw(connection: Connection, run: str, stage: Stage, diocese_id: int) -> None:
    """Take a diocese out of the plan: it is not due any more, for another run did it meanwhile."""
    await connection.execute(
        "DELETE FROM planned_units WHERE run = %s AND stage = %s AND diocese_id = %s", [run, stage.value, diocese_id]
    )


async def ended(connection: Connection, run: str, stage: Stage, diocese_id: int) -> Outcome | None:
    """How a diocese ended when this run last had it in hand; None when it has not yet."""
    row = await (
        await connection.execute(
            """SELECT reason, detail, routes FROM outcomes
            WHERE run = %s AND stage = %s AND unit_kind = 'diocese' AND unit_id = %s""",
            [run, stage.value, diocese_id],
        )
    ).fetchone()
    return Outcome(Reason(row[0]), row[1], tuple(row[2])) if row else None


async def record(connection: Connection, run: str, worker_id: str, done: Finished, now: datetime) -> None:
    """Write the outcome of a unit; a unit that is done again in the same run (a retry) has the later outcome."""
    await record_all(connection, run, worker_id, [done], now)


async def record_all(
    connection: Connection, run: str, worker_id: str, ended: Sequence[Finished], now: datetime
) -> None:
    """The same of several units, none of them twice, in one statement."""
    rows = [
        {
            "stage": done.stage.value,
            "kind": done.kind.value,
            "unit": done.unit_id,
            "diocese": done.diocese_id,
            "reason": done.outcome.reason.value,
            "detail": clean(done.outcome.detail),
            "routes": [clean(route) for route in done.outcome.routes],
            "facts": done.facts,
            "requests": done.requests,
        }
        for done in ended
    ]
    await connection.execute(_RECORD, {"run": run, "worker": worker_id, "now": now, "rows": Jsonb(rows)})


_RECORD = """
INSERT INTO outcomes (run, stage, unit_kind, unit_id, diocese_id, reason, detail, routes, facts, requests, worker_id,
    finished_at)
SELECT %(run)s, stage, kind, unit, diocese, reason, detail, routes, facts, requests, %(worker)s, %(now)s
FROM jsonb_to_recordset(%(rows)s) AS done (stage text, kind text, unit bigint, diocese bigint, reason text, detail text,
    routes jsonb, facts integer, requests integer)
ON CONFLICT (run, stage, unit_kind, unit_id) DO UPDATE SET diocese_id = EXCLUDED.diocese_id,
    reason = EXCLUDED.reason, detail = EXCLUDED.detail, routes = EXCLUDED.routes, facts = EXCLUDED.facts,
    requests = EXCLUDED.requests, worker_id = EXCLUDED.worker_id, finished_at = EXCLUDED.finished_at
"""


async def planned(connection: Connection, run: str, stage: Stage) -> tuple[PlannedUnit, ...]:
    """The dioceses that a run set out to do in a stage, each with the reason it ended with."""
    rows = await connection.execute(
        """SELECT planned_units.diocese_id, name, reason FROM planned_units
        JOIN dioceses ON dioceses.id = planned_units.diocese_id
        LEFT JOIN outcomes ON outcomes.run = planned_units.run AND outcomes.stage = planned_units.stage
            AND unit_kind = 'diocese' AND unit_id = planned_units.diocese_id
        WHERE planned_units.run = %s AND planned_units.stage = %s ORDER BY name""",
        [run, stage.value],
    )
    return tuple([PlannedUnit(id_, name, Reason(reason) if reason else None) async for id_, name, reason in rows])


async def counts(connection: Connection, run: str) -> tuple[ReasonCount, ...]:
    """How many units of a run ended for which reason, by stage and kind, the most frequent first."""
    rows = await connection.execute(
        """SELECT stage, unit_kind, reason, count(*), sum(facts), sum(requests) FROM outcomes WHERE run = %s
        GROUP BY stage, unit_kind, reason ORDER BY stage, unit_kind, count(*) DESC, reason""",
        [run],
    )
    return tuple([ReasonCount(Stage(row[0]), UnitKind(row[1]), Reason(row[2]), *row[3:]) async for row in rows])


async def latest(connection: Connection, stage: Stage, kind: UnitKind) -> tuple[LedgerRow, ...]:
    """The newest outcome of each unit of this kind in this stage, over all runs."""
    rows = await connection.execute(
        """SELECT DISTINCT ON (unit_id) run, worker_id, unit_id, diocese_id, reason, detail, routes, facts, requests,
            finished_at
        FROM outcomes WHERE stage = %s AND unit_kind = %s ORDER BY unit_id, finished_at DESC, run""",
        [stage.value, kind.value],
    )
    found = []
    async for run, worker, unit_id, diocese_id, reason, detail, routes, facts, requests, finished_at in rows:
        outcome = Outcome(Reason(reason), detail, tuple(routes))
        done = Finished(stage, kind, unit_id, diocese_id, outcome, facts, requests)
        found.append(LedgerRow(run, worker, done, finished_at))
    return tuple(found)


async def stages(connection: Connection, at_most: int = 20) -> tuple[StageRun, ...]:
    """The newest stages of runs, the newest first."""
    rows = await connection.execute(
        """SELECT run, stage, started_at, finished_at, status, detail FROM runs
        ORDER BY started_at DESC, run, stage LIMIT %s""",
        [at_most],
    )
    return tuple([StageRun(row[0], Stage(row[1]), *row[2:]) async for row in rows])
