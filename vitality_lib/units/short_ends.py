"""The ends of short visits, written several at once: they publish nothing, so none needs a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vitality_lib.store import corrections, pages
from vitality_lib.store.assignments import Claim, must_hold
from vitality_lib.store.ledger import Finished
from vitality_lib.store.pages import Kept
from vitality_lib.units.publishing import let_go
from vitality_lib.units.work import Work, record_all

_AT_ONCE = 25  # lost with a worker that dies, their sites are asked once more


@dataclass
class ShortEnds:
    """Ends of one diocese's parishes that wait to be written. What stood on an expired correction goes with them."""

    _waiting: list[Finished] = field(default_factory=list)
    _still: list[Kept] = field(default_factory=list)

    async def add(self, work: Work, held: Claim, done: Finished, still: Sequence[Kept]) -> None:
        """One more; `still` are the pages that were found to stand."""
        self._waiting.append(done)
        self._still += still
        if len(self._waiting) >= _AT_ONCE:
            await self.write(work, held)

    async def write(self, work: Work, held: Claim) -> None:
        """Write what waits, while the lease holds. Raises LeaseLost, DatabaseUnavailable."""
        ended, self._waiting = self._waiting, []
        still, self._still = self._still, []
        if not ended:
            return
        async with work.database.transaction() as connection:
            await must_hold(connection, held)
            now, changed = work.now(), set()
            for parish in sorted(await corrections.ended(connection, [done.unit_id for done in ended], now)):
                if (await let_go(connection, parish, now)).any:
                    changed.add(parish)
            await pages.confirm_all(connection, still)
            await record_all(work, connection, ended, changed)
