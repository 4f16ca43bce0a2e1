"""The browser of a door, had only when a page first needs it: most workers never do, and Selenium is slow to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitality_lib.models import Outcome, Page
from vitality_lib.settings import Settings
from vitality_lib.web.browser_paths import BrowserPaths
from vitality_lib.web.fetch import Fetcher
from vitality_lib.web.tally import Tally

if TYPE_CHECKING:
    from vitality_lib.web.browser import Browser
    from vitality_lib.web.render import Rendered


class LateBrowser:
    """A `Browser` that is made at its first page."""

    def __init__(self, settings: Settings, paths: BrowserPaths, fetcher: Fetcher) -> None:
        self._settings = settings
        self._paths = paths
        self._fetcher = fetcher
        self._browser: Browser | None = None

    async def render(self, page: Page, tally: Tally) -> Rendered | Outcome:
        """What a browser makes of a fetched page."""
        if self._browser is None:
            from vitality_lib.web.browser import Browser  # noqa: PLC0415 - Selenium: see above

            self._browser = Browser(self._settings, self._paths, self._fetcher)
        return await self._browser.render(page, tally)

    async def close(self) -> None:
        """End the browser, if there was one."""
        if self._browser:
            await self._browser.close()
