"""The way of one page over HTTP: robots.txt, turn, exchange, the same for each redirect, and the page is kept.

What the page itself asks of crawlers is obeyed here, too, so that nobody behind the door need know of it but for
`Page.nofollow`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from vitality_lib.models import Outcome, Page, Reason
from vitality_lib.store.pages import Kept
from vitality_lib.web import blocked
from vitality_lib.web.client import Answer, Call
from vitality_lib.web.keeper import Keeper, Still, request_key
from vitality_lib.web.memory import Memory
from vitality_lib.web.polite import PoliteClient
from vitality_lib.web.redirect import KEEPS_METHOD, PERMANENT, redirect_target, said_of
from vitality_lib.web.robots_reader import RobotsReader
from vitality_lib.web.tally import Tally
from vitality_lib.web.url import Address, canonical

MOST_REDIRECTS = 8
_ROBOTS = "/robots.txt"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class _Visit:
    """What is asked for, where to begin, and what we have of it already; `feed`: see `Fetcher.fetch`; `glance`: nobody
    needs the body of a page that still stands.
    """

    key: str
    asked: Address
    start: Address
    body: str | None
    kept: Kept | None
    feed: bool
    glance: bool = False


@dataclass(frozen=True)
class _Arrival:
    """The answer at the end of the redirects, their number, and whether all of them were permanent."""

    answer: Answer
    redirects: int
    permanent: bool


class Fetcher:
    """Fetches pages over HTTP and keeps them."""

    def __init__(self, client: PoliteClient, robots: RobotsReader, memory: Memory, now: Callable[[], datetime]) -> None:
        self._client = client
        self._robots = robots
        self._memory = memory
        self._now = now
        self._keeper = Keeper(memory, robots.product, now)

    async def fetch(
        self,
        address: Address,
        tally: Tally,
        body: str | None = None,
        feed: bool = False,
        fresh: timedelta = timedelta(0),
    ) -> Page | Outcome:
        """The page at an address; with a `body` by POST.

        A `feed` (a part of a page, a sitemap) may be empty, and obeys only headers that name us: see `page_directives`.
        So do answers to a POST, which nobody lists. A kept page that was confirmed less than `fresh` ago is taken as it
        is, with no request; a robots.txt always is the copy that we obey.
        """
        if address.path == _ROBOTS and body is None:
            return await self._keeper.robots(address, (await self._robots.of(address, tally)).file)
        key = request_key(address, body)
        kept = await self._memory.page(key) if body is None else None
        if kept and self._now() - kept.checked_at < fresh:
            return await self._keeper.stored(kept)
        page = await self._known_ways(_Visit(key, address, address, body, kept, feed), tally)
        assert not isinstance(page, Still)
        return page

    async def recall(self, addresses: Sequence[Address]) -> dict[Address, Kept]:
        """What is kept of these pages, each to be checked next, and robots.txt of their origins: one question each.

        A robots.txt is none of them: it is never asked for but to be obeyed, see `fetch`.
        """
        keys = {request_key(address): address for address in addresses if address.path != _ROBOTS}
        await self._robots.recall(sorted({address.origin for address in addresses}))
        return {keys[kept.key]: kept for kept in await self._memory.all_pages(list(keys))}

    async def check(self, address: Address, kept: Kept, tally: Tally, feed: bool) -> Still | Page | Outcome:
        """As `fetch` of a page that is kept; but when its server says that it still stands, and it asks nothing of
        crawlers, then it is not looked at, nor is it written that it stands.
        """
        return await self._known_ways(_Visit(kept.key, address, address, None, kept, feed, glance=True), tally)

    async def whole(self, still: Still, feed: bool) -> Page | Outcome:
        """A page that `check` found to stand, with its body and no request."""
        return await self._keeper.confirmed(still.kept, still.answer, feed)

    async def keep_rendered(self, page: Page, final: Address, html: str) -> Page | Outcome:
        """Keep what a browser made of a fetched page, if the page lets us."""
        return await self._keeper.rendered(page, final, html)

    async def _known_ways(self, visit: _Visit, tally: Tally) -> Still | Page | Outcome:
        """The page where it was found last; when it is not there any more, it is asked at the old address next time."""
        kept = visit.kept
        if kept is None or not kept.moved:
            return await self._visit(visit, tally)
        page = await self._visit(replace(visit, start=canonical(kept.final_url)), tally)
        if isinstance(page, Outcome):
            await self._memory.forget_move(visit.key)
        return page

    async def _visit(self, visit: _Visit, tally: Tally) -> Still | Page | Outcome:
        arrival = await self._follow(visit, tally)
        if isinstance(arrival, Outcome):
            return arrival
        by_name = visit.feed or visit.body is not None
        if arrival.answer.status == 304 and visit.kept:
            still = self._keeper.still(visit.kept, arrival.answer) if visit.glance else None
            return still or await self._keeper.confirmed(visit.kept, arrival.answer, by_name)
        unhappy = _unhappy(arrival.answer, visit.feed)
        if unhappy:
            return unhappy
        moved = arrival.permanent and (visit.start != visit.asked or arrival.redirects > 0)
        return await self._keeper.fetched(visit.key, visit.asked, arrival.answer, moved, by_name)

    async def _follow(self, visit: _Visit, tally: Tally) -> _Arrival | Outcome:
        here, body, been, permanent = visit.start, visit.body, {str(visit.start)}, True
        while True:
            robots = await self._robots.of(here, tally)
            refusal = robots.refusal(here)
            if refusal:
                return refusal
            answer = await self._client.ask(_call(here, body, visit.kept), robots.crawl_delay, tally)
            if isinstance(answer, Outcome):
                return answer
            onward = redirect_target(answer)
            if onward is None:
                answer = replace(answer, address=canonical(str(answer.address)))
                return _Arrival(answer, len(been) - 1, permanent)
            if onward == here:  # but for a session id or a campaign's name, which a few sites want to see once
                onward = redirect_target(answer, noisy=True) or onward
            if str(onward) in been or len(been) > MOST_REDIRECTS:
                return Outcome(Reason.TOO_MANY_REDIRECTS, f"{visit.start}: {len(been)} redirects, the last to {onward}")
            been.add(str(onward))
            permanent = permanent and answer.status in PERMANENT
            body = body if answer.status in KEEPS_METHOD else None
            here = onward


def _call(here: Address, body: str | None, kept: Kept | None) -> Call:
    if body is not None:
        return Call(here, "POST", {"Content-Type": FORM}, body.encode())
    if kept is None or str(here) != kept.final_url:
        return Call(here)
    conditions = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return Call(here, headers={name: value for name, value in conditions.items() if value})


def _unhappy(answer: Answer, feed: bool) -> Outcome | None:
    """Why an answer is no page: refused, an error, parked, empty, or bytes that are no text."""
    outcome = blocked.refusal(answer)
    if outcome:
        return outcome
    if not 200 <= answer.status < 300:
        return Outcome(Reason.HTTP_ERROR, said_of(answer))
    if not answer.body.strip():
        return None if feed else Outcome(Reason.UNREADABLE, f"{answer.address}: empty")
    if _is_binary(answer.body):
        return Outcome(Reason.UNREADABLE, f"{answer.address}: {answer.content_type or 'bytes'}, no text")
    return blocked.parked(answer)


def _is_binary(body: bytes) -> bool:
    head = body[:1024]
    return (
        b"\x00" in head and not head.lstrip().startswith(b"%PDF-") and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    )
