"""The one door: `async with open_door(settings, database) as door: await door.get(request)`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from vitality_lib.models import Outcome, Page, Purpose, Reason, Request
from vitality_lib.settings import Settings
from vitality_lib.store.database import Database
from vitality_lib.web.breaker import BreakerChange
from vitality_lib.web.browser_paths import find_browser
from vitality_lib.web.client import open_client
from vitality_lib.web.fetch import Fetcher
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
        return Door(self._fetcher, self._browser, Tally(most, self._tally))

    async def get(self, request: Request) -> Page | Outcome:
        """The page asked for, or why there is none. Waits for the host's turn; never raises for an unhappy website."""
        try:
            address = canonical(request.url)
        except WebAddressError as error:
            return Outcome(Reason.FORBIDDEN_ADDRESS, f"{request.url[:200]!r} is no address of a web page: {error}")
        if request.browser:
            page = await self._rendered(address)
        else:
            page = await self._fetcher.fetch(address, self._tally, request.body, request.purpose in _FEEDS)
        if isinstance(page, Page):
            self._tally.got_page()
        return page

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
