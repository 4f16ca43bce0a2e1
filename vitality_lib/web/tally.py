"""How many requests one unit of work may make, and how many pages came of them."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.models import Outcome, Reason


@dataclass
class Tally:
    """Counts requests; refuses after `most` of them (None: never). What is counted here is counted in `parent`, too,
    but is charged to its limit only where `charged` says so.

    A request counts from the moment it is permitted, or those that wait for their turns together would all pass.
    """

    most: int | None = None
    parent: Tally | None = None
    charged: bool = True
    made: int = 0
    spent: int = 0
    pages: int = 0

    def refusal(self) -> Outcome | None:
        """Why no more requests are allowed, if so."""
        if self.most is not None and self.spent >= self.most:
            return Outcome(Reason.BUDGET_SPENT, f"{self.spent} requests made, no more are allowed for this visit")
        return self.parent.refusal() if self.parent and self.charged else None

    def take(self) -> Outcome | None:
        """Count a request that is about to be made; or say why it must not be."""
        refusal = self.refusal()
        if refusal is None:
            self._count(1)
        return refusal

    def give_back(self) -> None:
        """A request that was taken was never made."""
        self._count(-1)

    def got_page(self) -> None:
        """A page came of the requests."""
        self.pages += 1
        if self.parent:
            self.parent.got_page()

    def _count(self, requests: int, charged: bool = True) -> None:
        self.made += requests
        self.spent += requests * charged
        if self.parent:
            self.parent._count(requests, charged and self.charged)
