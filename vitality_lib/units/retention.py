"""What nobody needs any more goes, with the reporting stage."""

from __future__ import annotations

import structlog

from vitality_lib.store import retention
from vitality_lib.units.work import Work


async def forget_the_old(work: Work) -> dict[str, int]:
    """Prune every table by its rule, some rows at a time; how many went of each. Ends early when asked to stop."""
    values, gone = retention.limits(work.settings, work.now()), dict[str, int]()
    for rule in retention.RULES:
        if work.stop.is_set():
            break
        gone[rule.table] = await retention.prune(work.database, rule, values)
    structlog.get_logger().info("pruned", **{table: count for table, count in gone.items() if count})
    return gone
