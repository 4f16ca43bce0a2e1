"""Airflow's pools, from its own database: the caps on how much of the crawl runs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from fastapi.concurrency import run_in_threadpool

_OURS = "vitality_"


@dataclass(frozen=True)
class PoolUse:
    """Slots of a pool by state of the tasks in them. `slots` and `open` None: without end.

    A pool that does not count the deferred is no cap on ours: a stage task is deferred while its pod works.
    """

    name: str
    slots: int | None
    running: int
    queued: int
    deferred: int
    scheduled: int
    open: int | None
    counts_deferred: bool


async def pool_use() -> tuple[PoolUse, ...]:
    """The pools of the crawl's stages, by name; none when `make pools` was forgotten."""
    return await run_in_threadpool(_pool_use)


def _pool_use() -> tuple[PoolUse, ...]:
    from airflow.models.pool import Pool  # noqa: PLC0415 - loaded in the API server already

    stats, counts = Pool.slots_stats(), {pool.pool: bool(pool.include_deferred) for pool in Pool.get_pools()}
    ours = sorted(name for name in stats if name.startswith(_OURS))
    return tuple(
        PoolUse(
            name,
            _finite(stats[name]["total"]),
            stats[name]["running"],
            stats[name]["queued"],
            stats[name]["deferred"],
            stats[name]["scheduled"],
            _finite(stats[name]["open"]),
            counts.get(name, False),
        )
        for name in ours
    )


def _finite(slots: float) -> int | None:
    return None if slots == float("inf") else int(slots)


Pools = Annotated[tuple[PoolUse, ...], Depends(pool_use)]
