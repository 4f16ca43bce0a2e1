"""What every unit works with, and the one ledger row that it ends in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from vitality_lib.ai.assistant import Assistant
from vitality_lib.harmless import one_line
from vitality_lib.models import Outcome, Reason, Stage, UnitKind
from vitality_lib.secrecy import Secrets
from vitality_lib.settings import Settings
from vitality_lib.store import dioceses, ledger, visits
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.database import Connection, Database
from vitality_lib.store.dioceses import KnownDiocese
from vitality_lib.store.errors import StoreError
from vitality_lib.store.ledger import Finished
from vitality_lib.store.visits import Visited
from vitality_lib.units.room import Room
from vitality_lib.web.door import Door
from vitality_lib.web.stored import StoredDoor
from vitality_lib.work.worker import Worker

# A lost lease or a lost database is nobody's outcome: it ends the stage, and nothing is written.
PASSED_ON = (StoreError,)


@dataclass(frozen=True)
class Work:
    """What every unit works with. `now` is the clock; `stop` is set when the process was asked to end; `assistant` does
    nothing without a key.
    """

    settings: Settings
    database: Database
    door: Door | StoredDoor
    worker: Worker
    run: str
    now: Callable[[], datetime]
    stop: asyncio.Event
    assistant: Assistant = field(default_factory=Assistant)

    @cached_property
    def room(self) -> Room:
        """For the parish sites that this worker has in hand at once, of whatever dioceses."""
        return Room(self.settings.concurrency)

    def broken(self, error: Exception) -> Outcome:
        """The outcome of a unit whose own code raised: in one line, which may quote a page, but no secret."""
        said = Secrets.of(self.settings).masked(f"{type(error).__name__}: {error}")
        return Outcome(Reason.INTERNAL_ERROR, one_line(said))


async def done_meanwhile(work: Work, stage: Stage, diocese: KnownDiocese) -> Outcome | None:
    """The outcome of a diocese that needs no work any more; None when it does. Ask when its lease is had.

    This run may have finished it (a task that runs twice), or another run since the plan was made: then it leaves the
    plan. What broke off or broke in this run is done again, due or not; what it has finished is not, even when forced.
    """
    async with work.database.transaction() as connection:
        outcome = await ledger.ended(connection, work.run, stage, diocese.id)
        if outcome and outcome.reason in ledger.UNFINISHED:
            return None
        if outcome or await dioceses.is_due(connection, stage, diocese.id, work.now(), force=work.settings.force):
            return outcome
        await ledger.withdraw(connection, work.run, stage, diocese.id)
    return Outcome(Reason.OK, "another run did it meanwhile")


async def record_broken(work: Work, stage: Stage, diocese: KnownDiocese, held: Claim, outcome: Outcome) -> None:
    """The ledger row of a diocese whose unit raised."""
    async with work.database.transaction() as connection:
        await must_hold(connection, held)
        await record(work, connection, of_diocese(diocese, stage, outcome))


def of_diocese(diocese: KnownDiocese, stage: Stage, outcome: Outcome, facts: int = 0, requests: int = 0) -> Finished:
    """The end of a diocese's unit in a stage."""
    return Finished(stage, UnitKind.DIOCESE, diocese.id, diocese.id, outcome, facts, requests)


async def record(work: Work, connection: Connection, done: Finished, changed: bool = False) -> None:
    """The ledger row, and when the unit is due again; reading stored pages once more is no visit to anybody."""
    await record_all(work, connection, [done], {done.unit_id} if changed else frozenset())


async def record_all(
    work: Work, connection: Connection, ended: Sequence[Finished], changed: Set[int] = frozenset()
) -> None:
    """The same of several units of one stage and kind; `changed` are the ids of those whose facts changed."""
    now = work.now()
    for done in ended:
        work.worker.ended(done.outcome)
    await ledger.record_all(connection, work.run, work.worker.id, ended, now)
    visited = [
        Visited(done.unit_id, done.outcome.ok, done.unit_id in changed)
        for done in ended
        if done.outcome.reason is not Reason.INTERRUPTED
    ]
    if visited and not isinstance(work.door, StoredDoor):
        await visits.record_all(connection, ended[0].stage, ended[0].kind, visited, now)
