"""The cycles of a stage since the last one in which a unit ended well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vitality_lib.models import Reason, Stage, UnitKind
from vitality_lib.store.database import Connection


@dataclass(frozen=True)
class Cycle:
    """A run of a stage that had due work. `ended`: how each unit ended that might have ended well, by id; `died`: it
    never came to its gate.
    """

    run: str
    ended: Mapping[int, Reason]
    died: bool = False


async def unmoved(connection: Connection, stage: Stage) -> tuple[Cycle, ...]:
    """The cycles since the last that moved anything, the oldest first; none when the newest did.

    Units are parishes in the schedule stage, dioceses elsewhere. One that had failed before these cycles is not
    expected to end well now, nor is one without a website: sites that have been dead for long are no alarm.
    A run that has no end died when another began after it and no worker that was there when it began is left.
    """
    kind = UnitKind.PARISH if stage is Stage.SCHEDULE else UnitKind.DIOCESE
    parameters = {"stage": stage.value, "kind": kind.value, "ok": Reason.OK.value, "none": Reason.NO_WEBSITE.value}
    found: dict[tuple[str, bool], dict[int, Reason]] = {}
    async for run, died, unit, reason in await connection.execute(_UNMOVED, parameters):
        units = found.setdefault((run, died), {})
        if unit is not None:
            units[unit] = Reason(reason)
    return tuple(Cycle(run, units, died) for (run, died), units in found.items())


_UNMOVED = """
WITH cycles AS (
    SELECT run, started_at, finished_at IS NULL AS died FROM runs WHERE stage = %(stage)s
        AND run NOT LIKE 'reparse-%%'  -- stored pages: no site was asked
        AND EXISTS (SELECT FROM planned_units p WHERE p.run = runs.run AND p.stage = runs.stage)
        AND (finished_at IS NOT NULL OR (
            EXISTS (SELECT FROM runs later WHERE later.stage = %(stage)s AND later.started_at > runs.started_at)
            AND NOT EXISTS (SELECT FROM pipeline_workers w WHERE w.status = 'active'
                AND w.worker_type IN (%(stage)s, 'all') AND w.started_at <= runs.started_at)))
), since AS (
    SELECT run, started_at, died FROM cycles WHERE started_at > coalesce((
        SELECT max(started_at) FROM cycles JOIN outcomes USING (run)
        WHERE stage = %(stage)s AND unit_kind = %(kind)s AND reason = %(ok)s), '-infinity')
)
SELECT since.run, died, unit_id, reason FROM since
LEFT JOIN outcomes ON outcomes.run = since.run AND stage = %(stage)s AND unit_kind = %(kind)s AND reason <> %(none)s
    AND coalesce((
        SELECT old.reason = %(ok)s FROM outcomes old WHERE old.stage = %(stage)s AND old.unit_kind = %(kind)s
            AND old.unit_id = outcomes.unit_id AND old.run NOT IN (SELECT run FROM since)
        ORDER BY old.finished_at DESC LIMIT 1), true)
ORDER BY started_at, since.run, unit_id
"""
