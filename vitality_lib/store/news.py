"""What changed since a moment: whether the next stage has anything new to work on."""

from __future__ import annotations

from datetime import datetime

from vitality_lib.models import Stage
from vitality_lib.store.database import Connection

_COUNTS = {
    Stage.DISCOVERY: "SELECT count(*) FROM directories WHERE changed_at >= %(since)s",
    Stage.EXTRACTION: "SELECT count(*) FROM parishes WHERE changed_at >= %(since)s OR gone_at >= %(since)s",
    Stage.SCHEDULE: "SELECT count(*) FROM services WHERE valid_from >= %(since)s OR valid_to >= %(since)s",
}


async def count(connection: Connection, stage: Stage, since: datetime) -> int:
    """Directories, parishes or services (by the stage that makes them) that came, changed or went since then."""
    row = await (await connection.execute(_COUNTS[stage], {"since": since})).fetchone()
    return int(row[0]) if row else 0
