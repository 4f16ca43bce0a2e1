"""What is kept of a page that was fetched, as far as the page itself lets us: see `page_directives`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from vitality_lib.models import Outcome, Page, Reason
from vitality_lib.store.pages import Kept
from vitality_lib.store.robots import RobotsFile
from vitality_lib.web.client import Answer
from vitality_lib.web.memory import Memory
from vitality_lib.web.page_directives import directives
from vitality_lib.web.url import Address, canonical

_HEADERS = ("content-type", "content-language", "link", "x-robots-tag", "x-wp-total", "x-wp-totalpages")


@dataclass(frozen=True)
class Still:
    """A kept page that its server says still stands; `kept.checked_at` is when. It is not yet written that it does."""

    kept: Kept
    answer: Answer


@dataclass(frozen=True)
class Keeper:
    """Keeps pages for the crawler with this product token. A page that asks not to be read is given to nobody."""

    memory: Memory
    product: str
    now: Callable[[], datetime]

    async def stored(self, kept: Kept) -> Page | Outcome:
        """A kept page as it is, with no question to its server."""
        body = await self.memory.body(kept.body_hash)
        return _gone(kept) if body is None else kept.page(body, unchanged=True)

    async def fetched(self, key: str, asked: Address, answer: Answer, moved: bool, feed: bool) -> Page | Outcome:
        """A page that came over HTTP; a `feed` obeys only headers that name us."""
        headers = answer.headers
        kept = self._kept(key, str(asked), str(answer.address), headers, answer.body)
        kept = replace(kept, status=answer.status, moved=moved)
        kept = replace(kept, etag=headers.get("etag"), last_modified=headers.get("last-modified"))
        return await self._obeyed(kept, answer.body, unchanged=False, feed=feed)

    async def confirmed(self, kept: Kept, answer: Answer, feed: bool) -> Page | Outcome:
        """A kept page that its server says still stands. What it asks of crawlers may be new, or be due only now."""
        known = replace(kept, checked_at=self.now())
        body = await self.memory.confirm_page(known)
        if body is None:
            return _gone(kept)
        asked = {name: answer.headers[name] for name in ("x-robots-tag",) if name in answer.headers}
        now = replace(known, headers=MappingProxyType({**kept.headers, **asked}))
        return await self._obeyed(now, body, True, feed, known)

    def still(self, kept: Kept, answer: Answer) -> Still | None:
        """The same, with nothing to look at: neither the page nor this answer keeps anybody from reading it. Else None.

        What the page asked was seen when it was kept.
        """
        asks = "x-robots-tag" in answer.headers or "x-robots-tag" in kept.headers
        return Still(replace(kept, checked_at=self.now()), answer) if kept.quiet and not asks else None

    async def rendered(self, page: Page, final: Address, html: str) -> Page | Outcome:
        """What a browser made of a fetched page."""
        body = html.encode("utf-8", "replace")
        address = canonical(page.requested_url)
        key = request_key(address, route="browser")
        before = await self.memory.page(key)
        headers = {**page.headers, "content-type": "text/html; charset=utf-8"}
        kept = replace(self._kept(key, str(address), str(final), headers, body), route="browser")
        return await self._obeyed(kept, body, before is not None and before.body_hash == kept.body_hash, False)

    async def robots(self, address: Address, file: RobotsFile) -> Page | Outcome:
        """The robots.txt that is obeyed, as a page, for those who look for sitemaps in it."""
        if file.problem is not None:
            return Outcome(file.problem, file.detail)
        if not 200 <= file.status < 300:
            return Outcome(Reason.HTTP_ERROR, f"{address}: {file.status}")
        body = file.text.encode()
        headers = {"content-type": "text/plain; charset=utf-8"}
        kept = self._kept(request_key(address), str(address), str(address), headers, body)
        await self.memory.keep_page(kept, body)
        return kept.page(body, unchanged=False)

    async def _obeyed(
        self, kept: Kept, body: bytes, unchanged: bool, feed: bool, known: Kept | None = None
    ) -> Page | Outcome:
        asks = directives(kept.page(body, unchanged), self.product, self.now(), feed)
        if asks.noindex:
            await self.memory.forget_page(kept.key)
            return Outcome(Reason.ROBOTS_DISALLOWED, f"{kept.final_url} asks not to be read: {asks.noindex}")
        allowed = replace(kept, nofollow=asks.nofollow, archived=not asks.noarchive, quiet=asks.quiet)
        if allowed != known:
            await self.memory.keep_page(allowed, body, visits=1 if known is None else 0)
        return allowed.page(body, unchanged)

    def _kept(self, key: str, url: str, final_url: str, headers: Mapping[str, str], body: bytes) -> Kept:
        return Kept(
            key=key,
            url=url,
            final_url=final_url,
            route="http",
            status=200,
            headers=_of_interest(headers),
            etag=None,
            last_modified=None,
            body_hash=hashlib.sha256(body).hexdigest(),
            fetched_at=self.now(),
            checked_at=self.now(),
        )


def request_key(address: Address, body: str | None = None, route: str = "http") -> str:
    """The name under which an answer is kept: see the comment on `pages.request_key`."""
    key = str(address) if body is None else f"{address} {hashlib.sha256(body.encode()).hexdigest()}"
    return f"browser {key}" if route == "browser" else key


def _of_interest(headers: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({name: headers[name] for name in _HEADERS if name in headers})


def _gone(kept: Kept) -> Outcome:
    return Outcome(Reason.INTERNAL_ERROR, f"the kept body of {kept.url} is gone from the page store")
