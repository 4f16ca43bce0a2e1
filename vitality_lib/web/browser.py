"""Chromium for the pages that only a browser can read. It has no network of its own: see `browser_session`.

One is used for page after page. It is ended when it has held too much memory, after so many pages, or when nobody has
needed it for long; the next page starts another.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from selenium.common.exceptions import WebDriverException

from vitality_lib.models import Outcome, Page, Reason
from vitality_lib.settings import Settings
from vitality_lib.web import pod_memory
from vitality_lib.web.browser_answers import BROWSER_FAILURES, Answers
from vitality_lib.web.browser_paths import BrowserPaths
from vitality_lib.web.browser_session import START_SECONDS, BrowserSession
from vitality_lib.web.fetch import Fetcher
from vitality_lib.web.render import Rendered
from vitality_lib.web.stillness import SETTLE_SECONDS
from vitality_lib.web.tally import Tally

PAGES_PER_BROWSER = 50  # then a fresh one, so that nothing it leaks lasts
IDLE_SECONDS = 300.0  # without a page; a new one starts in a few seconds, and an old one holds 250 MiB
_COMMAND_SECONDS = 30.0  # beside waiting for a page: to open it, and to close it
_LOOK_SECONDS = 0.25
_GLANCE_SECONDS = 0.05  # at what the pod has left: a script may take some hundred MiB a second
_UNASKED_SECONDS = 3.0  # for so long a renderer may have been gone when it was asked what it never answered
_MOST_MEMORY = 768 * 2**20  # of one process; a heavy page takes a third
_ITS_OWN_FAULT = _MOST_MEMORY // 2  # a renderer that died this large was killed by its page, and would be again
_LEAST_LEFT = 48 * 2**20  # of the pod's memory; the kernel might end the whole pod for the next bit


class Browser:
    """At most one Chromium, started when first needed; `close` ends it and all its children."""

    def __init__(self, settings: Settings, paths: BrowserPaths, fetcher: Fetcher) -> None:
        self._settings = settings
        self._paths = paths
        self._fetcher = fetcher
        self._one_at_a_time = asyncio.Lock()
        self._session: BrowserSession | None = None
        self._letting_go: asyncio.TimerHandle | None = None

    async def render(self, page: Page, tally: Tally) -> Rendered | Outcome:
        """What a browser makes of a fetched page. One that dies over it is no verdict: a fresh one tries once more."""
        async with self._one_at_a_time:
            self._keep()
            try:
                shown = await self._shown(page, tally)
                if isinstance(shown, Outcome) and shown.reason is Reason.NEEDS_BROWSER:
                    shown = await self._shown(page, tally)
                return shown
            finally:
                self._let_go_later()

    async def _shown(self, page: Page, tally: Tally) -> Rendered | Outcome:
        answers = Answers(page, self._fetcher, tally, asyncio.get_running_loop())
        try:
            session = await self._ready()
            async with asyncio.timeout(SETTLE_SECONDS + _COMMAND_SECONDS * session.patience.times):
                shown = await _watched(session, answers)
                if _died(session, shown):
                    shown = Outcome(Reason.NEEDS_BROWSER, f"{page.url}: the browser died over it")
                if isinstance(shown, Outcome) or self._worn(session):
                    self._end()  # the next page shall not meet what this one left
                return shown
        except TimeoutError:
            self._end()
            return Outcome(Reason.TIMEOUT, f"{page.url}: the browser did not come to an end")
        except BROWSER_FAILURES as error:
            self._end()
            lines = str(error).strip().splitlines() or [type(error).__name__]
            return Outcome(Reason.NEEDS_BROWSER, f"{page.url}: the browser failed: {lines[0]}")
        except asyncio.CancelledError:
            self._end()
            raise
        finally:
            await answers.end()

    async def close(self) -> None:
        """End the browser. It is not asked to: it keeps nothing, and its goodbye now and then takes ten seconds."""
        self._keep()
        self._end()

    async def _ready(self) -> BrowserSession:
        if self._session is None:
            self._session = BrowserSession(self._settings, self._paths)
            try:
                async with asyncio.timeout(START_SECONDS):
                    await asyncio.to_thread(self._session.start)
            except TimeoutError:
                raise WebDriverException(f"it did not start within {START_SECONDS} s") from None
        return self._session

    def _worn(self, session: BrowserSession) -> bool:
        most = self._settings.browser_memory * 2**20
        return session.shown >= PAGES_PER_BROWSER or session.processes.most_held > most

    def _keep(self) -> None:
        if self._letting_go:
            self._letting_go.cancel()
            self._letting_go = None

    def _let_go_later(self) -> None:
        if self._session:
            self._letting_go = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._end)

    def _end(self) -> None:
        session, self._session = self._session, None
        if session:
            session.end()


async def _watched(session: BrowserSession, answers: Answers) -> Rendered | Outcome:
    """Show a page, unless it takes more memory than a pod can spare."""
    session.processes.begin()
    showing = asyncio.create_task(asyncio.to_thread(session.show, answers))
    look_at = 0.0
    while not (await asyncio.wait({showing}, timeout=_GLANCE_SECONDS))[0]:
        too_much = _short_of_memory()
        if not too_much and time.monotonic() >= look_at:
            look_at = time.monotonic() + _LOOK_SECONDS
            too_much = _too_large(session)
        if too_much:
            session.end()
            with suppress(*BROWSER_FAILURES):
                await showing
            return Outcome(Reason.TOO_LARGE, f"{answers.url}: {too_much} in the browser")
    return await showing


def _too_large(session: BrowserSession) -> str:
    return f"more than {_MOST_MEMORY // 2**20} MiB" if session.processes.look() > _MOST_MEMORY else ""


def _short_of_memory() -> str:
    left = pod_memory.left()
    return "more than this pod has memory left for" if left is not None and left < _LEAST_LEFT else ""


def _died(session: BrowserSession, shown: Rendered | Outcome) -> bool:
    """Whether it was the browser that failed, or the part of it that showed the page, and not the page."""
    processes = session.processes
    if isinstance(shown, Rendered):
        return processes.lost_network()
    silence = session.patience.answer + _UNASKED_SECONDS
    if shown.reason is Reason.TIMEOUT and 0 < processes.lost_renderer(silence) < _ITS_OWN_FAULT:
        return True
    return shown.reason is not Reason.TOO_LARGE and not processes.look()
