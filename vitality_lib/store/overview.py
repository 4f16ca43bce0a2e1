"""How far a run has come, and what the database holds: the numbers on a terminal."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.models import Stage
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class StageProgress:
    """One stage of a run. `planned` and `dioceses` count dioceses planned and finished, `parishes` those finished."""

    stage: Stage
    status: str
    planned: int
    dioceses: int
    parishes: int
    facts: int
    requests: int


@dataclass(frozen=True)
class Totals:
    """Published rows."""

    dioceses: int
    directories: int
    parishes: int
    websites: int
    with_services: int
    services: int


async def progress(connection: Connection, run: str) -> tuple[StageProgress, ...]:
    """The stages of a run that have begun, in the order in which they began."""
    rows = await connection.execute(
        """SELECT runs.stage, status,
            (SELECT count(*) FROM planned_units p WHERE p.run = runs.run AND p.stage = runs.stage),
            count(*) FILTER (WHERE unit_kind = 'diocese'), count(*) FILTER (WHERE unit_kind = 'parish'),
            coalesce(sum(facts) FILTER (WHERE runs.stage <> 'schedule' OR unit_kind = 'parish'), 0)::int,
            coalesce(sum(requests), 0)::int
        FROM runs LEFT JOIN outcomes ON outcomes.run = runs.run AND outcomes.stage = runs.stage
        WHERE runs.run = %s GROUP BY runs.run, runs.stage, status, started_at ORDER BY started_at, runs.stage""",
        [run],
    )
    return tuple([StageProgress(Stage(row[0]), *row[1:]) async for row in rows])


async def totals(connection: Connection) -> Totals:
    """What is published now."""
    row = await (
        await connection.execute(
            """SELECT (SELECT count(*) FROM dioceses WHERE listed), (SELECT count(*) FROM directories),
                count(*), count(website), count(*) FILTER (WHERE EXISTS (
                    SELECT FROM services WHERE parish_id = parishes.id AND valid_to IS NULL)),
                (SELECT count(*) FROM services WHERE valid_to IS NULL)
            FROM parishes WHERE gone_at IS NULL"""
        )
    ).fetchone()
    assert row is not None
    return Totals(*row)
