"""The one door: `async with open_door(settings, database) as door: await door.get(request)`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from vitality_lib.models import Outcome, Page, Purpose, Reason, Request
from vitality_lib.settings import Settings
from vitality_lib.store.database import Database
from vitality_lib.store.pages import Kept
from vitality_lib.web.breaker import BreakerChange
from vitality_lib.web.browser_paths import find_browser
from vitality_lib.web.client import open_client
from vitality_lib.web.fetch import Fetcher
from vitality_lib.web.keeper import Still
from vitality_lib.web.late_browser import LateBrowser
from vitality_lib.web.memory import FleetMemory
from vitality_lib.web.polite import PoliteClient
from vitality_lib.web.process_memory import ProcessMemory
from vitality_lib.web.resolve import Resolver
from vitality_lib.web.robots_reader import RobotsReader
from vitality_lib.web.tally import Tally
from vitality_lib.web.url import Address, WebAddressError, canonical

_FEEDS = frozenset({Purpose.FEED, Purpose.SITEMAP})
_JUST_READ = timedelta(minutes=10)  # the browser begins with the copy that was read over HTTP so shortly before


@dataclass(frozen=True)
class Door:
    """Gets pages from other people's sites, with manners. Open it with `open_door`."""

    _fetcher: Fetcher
    _browser: LateBrowser | None
    _tally: Tally = field(default_factory=Tally)
    _recalled: Mapping[Address, Kept] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        """Requests made through this door so far, of every kind."""
        return self._tally.made

    @property
    def pages(self) -> int:
        """Pages got through this door so far, by HTTP or browser; one that has not changed since is one, too."""
        return self._tally.pages

    def budget(self, most: int) -> Door:
        """The same door for one unit of work: it counts its own requests and gives `budget_spent` after `most`.

        The requests that a page makes in the browser are counted, but not charged.
        """
        return replace(self, _tally=Tally(most, self._tally))

    async def get(self, request: Request) -> Page | Outcome:
        """The page asked for, or why there is none. Waits for the host's turn; never raises for an unhappy website."""
        address = _address(request)
        if isinstance(address, Outcome):
            return address
        if request.browser:
            page = await self._rendered(address)
        else:
            page = await self._fetcher.fetch(address, self._tally, request.body, request.purpose in _FEEDS)
        if isinstance(page, Page):
            self._tally.got_page()
        return page

    async def recalling(self, requests: Iterable[Request]) -> Door:
        """The same door, having looked up at once what is kept of many pages that are to be checked."""
        addresses = [_address(request) for request in requests if request.body is None]
        wanted = [address for address in addresses if not isinstance(address, Outcome)]
        return replace(self, _recalled=await self._fetcher.recall(wanted) if wanted else {})

    async def check(self, request: Request) -> Still | Page | Outcome:
        """As `get` by HTTP, but of a page that has not changed and was recalled, only that it still stands.

        Whoever hears so writes it down with the rest of what it learnt (`store.pages.confirm_all`), or asks for the
        `whole` of it after all.
        """
        address = _address(request)
        if isinstance(address, Outcome):
            return address
        kept = self._recalled.get(address) if request.body is None else None
        if kept is None:
            return await self.get(request)
        page = await self._fetcher.check(address, kept, self._tally, request.purpose in _FEEDS)
        if not isinstance(page, Outcome):
            self._tally.got_page()
        return page

    async def whole(self, request: Request, still: Still) -> Page | Outcome:
        """The page that a check found to stand, and no request."""
        return await self._fetcher.whole(still, request.purpose in _FEEDS)

    async def _rendered(self, address: Address) -> Page | Outcome:
        if self._browser is None:
            return Outcome(Reason.NEEDS_BROWSER, f"{address}: no browser (chromium and chromedriver) was found")
        page = await self._fetcher.fetch(address, self._tally, fresh=_JUST_READ)
        if isinstance(page, Outcome) or "html" not in page.content_type:
            return page
        rendered = await self._browser.render(page, self._tally)
        if isinstance(rendered, Outcome):
            return rendered
        return await self._fetcher.keep_rendered(page, canonical(rendered.url), rendered.html)


def _address(request: Request) -> Address | Outcome:
    try:
        return canonical(request.url)
    except WebAddressError as error:
        return Outcome(Reason.FORBIDDEN_ADDRESS, f"{request.url[:200]!r} is no address of a web page: {error}")


@asynccontextmanager
async def open_door(
    settings: Settings,
    database: Database | None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    tell_breaker: Callable[[BreakerChange], None] = lambda _: None,
) -> AsyncIterator[Door]:
    """A door whose manners are counted in the database over the whole fleet, or in this process when there is none.

    `tell_breaker` hears of each breaker that a request of this door opens or closes.
    """
    memory = FleetMemory(database) if database else ProcessMemory()
    resolver = Resolver(settings)
    hearing = memory.listening() if isinstance(memory, FleetMemory) else nullcontext()
    async with open_client(settings, resolver) as client, hearing:
        polite = PoliteClient(settings, resolver, client, memory, now, tell_breaker=tell_breaker)
        fetcher = Fetcher(polite, RobotsReader(settings, polite, memory), memory, now)
        paths = find_browser() if settings.browser == "auto" else None
        browser = LateBrowser(settings, paths, fetcher) if paths else None
        try:
            yield Door(fetcher, browser)
        finally:
            if browser:
                await browser.close()
