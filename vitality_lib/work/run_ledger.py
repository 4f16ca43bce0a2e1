"""The plan of a run and its gate: what was set out to do is held against what was finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from vitality_lib.models import Stage
from vitality_lib.store import ledger
from vitality_lib.store.database import Database
from vitality_lib.store.ledger import UNFINISHED, PlannedUnit
from vitality_lib.work.watchdog import Stall, look

Clock = Callable[[], datetime]
_SHOWN = 5


@dataclass(frozen=True)
class GateResult:
    """Whether a stage of a run did what it set out to do.

    `missing` were planned and have no outcome: whatever their task says, they have not happened. `broken` ended
    because the work itself broke off or broke, not because of a website. `stall`: all was done, and once again to no
    avail.
    """

    stage: Stage
    planned: int
    missing: tuple[PlannedUnit, ...]
    broken: tuple[PlannedUnit, ...]
    stall: Stall | None = None

    @property
    def ok(self) -> bool:
        return not self.missing and not self.broken and not self.stall

    @property
    def line(self) -> str:
        """The result in one line for a person."""
        if self.stall:
            return self.stall.line
        if self.ok:
            return f"{self.stage}: all {self.planned} planned dioceses finished"
        faults = [
            f"{len(units)} {fault} ({_names(units)})"
            for units, fault in ((self.missing, "without an outcome"), (self.broken, "broken off"))
            if units
        ]
        return f"{self.stage}: of {self.planned} planned dioceses {' and '.join(faults)}; run the stage again"


async def begin(database: Database, run: str, stage: Stage, diocese_ids: Sequence[int], now: Clock) -> None:
    """Begin a stage of a run, and note what it sets out to do; a retry goes on where it was.

    What another run did since an earlier plan of this one leaves it.
    """
    async with database.transaction() as connection:
        await ledger.start(connection, run, stage, now())
        await ledger.plan_anew(connection, run, stage, diocese_ids)


async def gate(database: Database, run: str, stage: Stage) -> GateResult:
    """Hold what a stage planned against what it finished."""
    async with database.transaction() as connection:
        units = await ledger.planned(connection, run, stage)
    missing = tuple(unit for unit in units if unit.reason is None)
    broken = tuple(unit for unit in units if unit.reason in UNFINISHED)
    return GateResult(stage, len(units), missing, broken)


async def end(database: Database, run: str, stage: Stage, now: Clock, stalled_cycles: int = 0) -> GateResult:
    """End a stage of a run with the verdict of its gate, and of the watchdog when `stalled_cycles` is not 0."""
    result = await gate(database, run, stage)
    async with database.transaction() as connection:
        await ledger.finish(connection, run, stage, now(), ok=result.ok, detail=result.line)
        if result.ok and result.planned:  # with nothing due, nothing could move
            result = replace(result, stall=await look(connection, stage, stalled_cycles))
        if result.stall:
            await ledger.finish(connection, run, stage, now(), ok=False, detail=result.line)
    return result


def _names(units: Sequence[PlannedUnit]) -> str:
    names = [f"{unit.name}: {unit.reason}" if unit.reason else unit.name for unit in units[:_SHOWN]]
    return ", ".join(names) + (" ..." if len(units) > _SHOWN else "")
