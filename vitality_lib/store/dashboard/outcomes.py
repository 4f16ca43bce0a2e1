"""What became of a diocese or parish, as the pages about it tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

NOT_VISITED = "not_visited"
"""For a unit that has no outcome; the same word as in the reports. It is no outcome: the ledger never holds it."""


@dataclass(frozen=True)
class Ended:
    """One outcome: of which stage, why, when; `facts` counts what was found (parishes of a diocese, services)."""

    stage: str
    reason: str
    detail: str
    at: datetime | None
    facts: int = 0
    requests: int = 0
    run: str = ""


# What stands about a diocese `d`: the newest outcome of finding and of reading its directory. That a directory was
# found says nothing once it was read, and that there was none to read nothing beside why none was found.
OF_DIOCESE = """
SELECT stage, reason, detail, finished_at, facts, requests, run FROM (
    (SELECT * FROM outcomes WHERE stage = 'extraction' AND unit_kind = 'diocese' AND unit_id = d.id
        ORDER BY finished_at DESC LIMIT 1)
    UNION ALL
    (SELECT * FROM outcomes WHERE stage = 'discovery' AND unit_kind = 'diocese' AND unit_id = d.id
        ORDER BY finished_at DESC LIMIT 1)
) AS newest
ORDER BY (stage, reason) IN (('discovery', 'ok'), ('extraction', 'no_directory')), finished_at DESC LIMIT 1
"""

# The newest outcome of reading the services of a parish `p`.
OF_PARISH = """
SELECT stage, reason, detail, finished_at, facts, requests, run FROM outcomes
WHERE stage = 'schedule' AND unit_kind = 'parish' AND unit_id = p.id ORDER BY finished_at DESC LIMIT 1
"""
