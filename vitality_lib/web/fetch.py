"""The way of one page over HTTP: robots.txt, turn, exchange, the same for each redirect, and the page is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from vitality_lib.models import Outcome, Page, Reason
from vitality_lib.store.pages import Kept
from vitality_lib.web import blocked
from vitality_lib.web.client import Answer, Call
from vitality_lib.web.memory import Memory
from vitality_lib.web.polite import PoliteClient, Tally
from vitality_lib.web.redirect import KEEPS_METHOD, PERMANENT, redirect_target
from vitality_lib.web.robots_reader import RobotsReader
from vitality_lib.web.url import Address, canonical

MOST_REDIRECTS = 8
FORM = "application/x-www-form-urlencoded"
_HEADERS_KEPT = ("content-type", "content-language", "link", "x-wp-total", "x-wp-totalpages")


@dataclass(frozen=True)
class _Visit:
    """What is asked for, where to begin, and what we have of it already."""

    key: str
    asked: Address
    start: Address
    body: str | None
    kept: Kept | None
    empty_is_fine: bool


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

    async def fetch(
        self,
        address: Address,
        tally: Tally,
        body: str | None = None,
        empty_is_fine: bool = False,
        fresh: timedelta = timedelta(0),
    ) -> Page | Outcome:
        """The page at an address; with a `body` by POST. An empty page is no page, unless `empty_is_fine` (a feed).

        A kept page that was confirmed less than `fresh` ago is taken as it is, with no request.
        """
        key = request_key(address, body)
        kept = await self._memory.page(key) if body is None else None
        if kept and self._now() - kept.checked_at < fresh:
            return await self._from_store(kept)
        visit = _Visit(key, address, address, body, kept, empty_is_fine)
        if kept is None or not kept.moved:
            return await self._visit(visit, tally)
        page = await self._visit(replace(visit, start=canonical(kept.final_url)), tally)
        if isinstance(page, Outcome):
            await self._memory.forget_move(key)
        return page

    async def keep_rendered(self, address: Address, final: Address, html: str) -> Page:
        """Keep what a browser made of a page."""
        body = html.encode("utf-8", "replace")
        key = request_key(address, route="browser")
        before = await self._memory.page(key)
        kept = Kept(
            key=key,
            url=str(address),
            final_url=str(final),
            route="browser",
            status=200,
            headers=MappingProxyType({"content-type": "text/html; charset=utf-8"}),
            etag=None,
            last_modified=None,
            body_hash=hashlib.sha256(body).hexdigest(),
            fetched_at=self._now(),
            checked_at=self._now(),
        )
        await self._memory.keep_page(kept, body)
        return kept.page(body, unchanged=before is not None and before.body_hash == kept.body_hash)

    async def _visit(self, visit: _Visit, tally: Tally) -> Page | Outcome:
        arrival = await self._follow(visit, tally)
        if isinstance(arrival, Outcome):
            return arrival
        if arrival.answer.status == 304 and visit.kept:
            await self._memory.confirm_page(visit.key, self._now())
            return await self._from_store(visit.kept)
        return _unhappy(arrival.answer, visit.empty_is_fine) or await self._keep(visit, arrival)

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
                return _Arrival(answer, len(been) - 1, permanent)
            if str(onward) in been or len(been) > MOST_REDIRECTS:
                return Outcome(Reason.TOO_MANY_REDIRECTS, f"{visit.start}: {len(been)} redirects, the last to {onward}")
            been.add(str(onward))
            permanent = permanent and answer.status in PERMANENT
            body = body if answer.status in KEEPS_METHOD else None
            here = onward

    async def _from_store(self, kept: Kept) -> Page | Outcome:
        body = await self._memory.body(kept.body_hash)
        if body is None:
            return Outcome(Reason.INTERNAL_ERROR, f"the kept body of {kept.url} is gone from the page store")
        return kept.page(body, unchanged=True)

    async def _keep(self, visit: _Visit, arrival: _Arrival) -> Page:
        answer = arrival.answer
        kept = Kept(
            key=visit.key,
            url=str(visit.asked),
            final_url=str(answer.address),
            route="http",
            status=answer.status,
            headers=_kept_headers(answer.headers),
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            body_hash=hashlib.sha256(answer.body).hexdigest(),
            fetched_at=self._now(),
            checked_at=self._now(),
            moved=arrival.permanent and (visit.start != visit.asked or arrival.redirects > 0),
        )
        await self._memory.keep_page(kept, answer.body)
        return kept.page(answer.body, unchanged=False)


def request_key(address: Address, body: str | None = None, route: str = "http") -> str:
    """The name under which an answer is kept: see the comment on `pages.request_key`."""
    key = str(address) if body is None else f"{address} {hashlib.sha256(body.encode()).hexdigest()}"
    return f"browser {key}" if route == "browser" else key


def _call(here: Address, body: str | None, kept: Kept | None) -> Call:
    if body is not None:
        return Call(here, "POST", {"Content-Type": FORM, "Content-Length": str(len(body.encode()))}, body.encode())
    if kept is None or str(here) != kept.final_url:
        return Call(here)
    conditions = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return Call(here, headers={name: value for name, value in conditions.items() if value})


def _unhappy(answer: Answer, empty_is_fine: bool) -> Outcome | None:
    """Why an answer is no page: refused, an error, parked, empty, or bytes that are no text."""
    outcome = blocked.refusal(answer)
    if outcome:
        return outcome
    if not 200 <= answer.status < 300:
        return Outcome(Reason.HTTP_ERROR, f"{answer.address}: {answer.status}")
    if not answer.body.strip():
        return None if empty_is_fine else Outcome(Reason.UNREADABLE, f"{answer.address}: empty")
    if _is_binary(answer.body):
        return Outcome(Reason.UNREADABLE, f"{answer.address}: {answer.content_type or 'bytes'}, no text")
    return blocked.parked(answer)


def _is_binary(body: bytes) -> bool:
    head = body[:1024]
    return (
        b"\x00" in head and not head.lstrip().startswith(b"%PDF-") and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    )


def _kept_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: headers[name] for name in _HEADERS_KEPT if name in headers})
