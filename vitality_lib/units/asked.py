"""A door that knows what it was asked for: a whole visit does not ask again for what the short one before it got."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from vitality_lib.models import Outcome, Page, Reason, Request
from vitality_lib.store.pages import Kept
from vitality_lib.store.whole_visits import Pillar
from vitality_lib.web.door import Door
from vitality_lib.web.keeper import Still
from vitality_lib.web.stored import StoredDoor
from vitality_lib.web.url import WebAddressError, canonical

# What may be otherwise tomorrow: a reading that had to do without such a page does not stand.
_PASSING = frozenset(
    {
        Reason.DNS_FAILURE,
        Reason.CONNECTION_FAILURE,
        Reason.TLS_FAILURE,
        Reason.TIMEOUT,
        Reason.BLOCKED,
        Reason.BREAKER_OPEN,
        Reason.BUDGET_SPENT,
        Reason.NEEDS_BROWSER,
        Reason.INTERNAL_ERROR,
    }
)


@dataclass(frozen=True)
class Got:
    """A page that was got: how it was asked for, its final address, and the SHA-256 of its body."""

    request: Request
    url: str
    hash: str


@dataclass
class Asked:
    """The door of one unit. `got` are its pages in order; `lacked`: a page failed that may be there tomorrow; `why`
    says what led to a whole visit where there might have been a short one; `still` are pages that were checked and not
    looked at: that they stand has yet to be written.
    """

    door: Door | StoredDoor
    got: list[Got] = field(default_factory=list)
    lacked: bool = False
    why: str = ""
    still: list[Kept] = field(default_factory=list)
    _at_hand: dict[tuple[str, str | None], Still | Page | Outcome] = field(default_factory=dict)

    async def first(self, door: Door, request: Request) -> Kept | Page | Outcome:
        """Ask before the whole visit: whose own request for this page gets the same answer."""
        answer = self._at_hand[_key(request)] = await door.check(request)
        if not isinstance(answer, Still):
            return answer
        self.still.append(answer.kept)
        return answer.kept

    async def get(self, request: Request) -> Page | Outcome:
        """The answer to a request of a whole visit."""
        before = None if request.browser else self._at_hand.pop(_key(request), None)
        if isinstance(before, Still) and isinstance(self.door, Door):
            self.still.remove(before.kept)
            before = await self.door.whole(request, before)
        assert not isinstance(before, Still)
        answer = before if before is not None else await self.door.get(request)
        if isinstance(answer, Page):
            self.got.append(Got(request, answer.url, answer.sha256))
        elif answer.reason in _PASSING:
            self.lacked = True
        return answer

    def told(self, outcome: Outcome) -> Outcome:
        """The outcome of a whole visit, with why it was one before its routes."""
        return replace(outcome, routes=(self.why, *outcome.routes)) if self.why else outcome

    def pillars(self, wanted: Iterable[Got]) -> tuple[Pillar, ...] | None:
        """These pages as a later visit asks for them, by HTTP; None when nothing can stand on them."""
        found = {self._by_http(one) for one in wanted}
        if self.lacked or not found or None in found:
            return None
        return tuple(
            Pillar(one.request.url, one.url, one.request.purpose.value, one.request.body, one.hash)
            for one in self.got
            if one in found
        )

    def _by_http(self, one: Got) -> Got | None:
        """A page that a browser read stands as long as the HTML does that the browser was given."""
        if not one.request.browser:
            return one
        plain = (other for other in self.got if not other.request.browser)
        return next((other for other in plain if one.request.url in {other.url, other.request.url}), None)


def _key(request: Request) -> tuple[str, str | None]:
    try:
        return str(canonical(request.url)), request.body
    except WebAddressError:
        return request.url, request.body
