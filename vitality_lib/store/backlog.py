"""How much there is to do: the parishes that a stage has before it, diocese by diocese."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vitality_lib.models import Stage
from vitality_lib.store.database import Connection


async def parishes(
    connection: Connection, stage: Stage, now: datetime, diocese_ids: Sequence[int], *, force: bool = False
) -> dict[int, int]:
    """Of each of these dioceses, by id, how many parishes a stage has to read; a diocese without any is left out.

    Schedule: those that are due. Extraction, which reads a whole directory, and `force`: all that are published.
    """
    rows = await connection.execute(
        """SELECT diocese_id, count(*) FROM parishes
        LEFT JOIN visits ON visits.stage = 'schedule' AND unit_kind = 'parish' AND unit_id = parishes.id
        WHERE diocese_id = ANY(%(ids)s) AND gone_at IS NULL AND (%(all)s OR due_at IS NULL OR due_at <= %(now)s)
        GROUP BY diocese_id""",
        {"ids": list(diocese_ids), "all": force or stage is not Stage.SCHEDULE, "now": now},
    )
    return {diocese: count async for diocese, count in rows}
