"""Chromium for the pages that only a browser can read. It has no network of its own: see `render`.

Every request is intercepted (WebDriver BiDi `network.addIntercept`) and answered through the door. As a belt, Chromium
is started with a proxy that does not exist, so that what cannot be intercepted (web sockets, WebRTC, its own updates)
leads nowhere.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # the wheel has no stubs
from selenium.webdriver import ChromeOptions, Proxy, Remote
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.client_config import ClientConfig

from vitality_lib.models import Outcome, Page, Reason
from vitality_lib.settings import Settings
from vitality_lib.web.browser_paths import BrowserPaths
from vitality_lib.web.fetch import Fetcher
from vitality_lib.web.render import BROWSER_FAILURES, Render, Rendered
from vitality_lib.web.stillness import ANSWER_SECONDS, SETTLE_SECONDS
from vitality_lib.web.tally import Tally

PAGES_PER_BROWSER = 50  # then a fresh one, so that nothing it leaks lasts
_COMMAND_SECONDS = 30
_FAREWELL_SECONDS = 5.0
_LOOK_SECONDS = 0.25
_MOST_MEMORY = 768 * 2**20  # of one process; a heavy page takes a third
_NOWHERE = "127.0.0.1:9"  # the discard port of RFC 863, where nothing listens
_FLAGS = (
    "--headless=new",
    f"--proxy-server={_NOWHERE}",
    "--proxy-bypass-list=<-loopback>",  # by default loopback needs no proxy
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-web-security",  # no preflight requests, which could not be intercepted; there are no cookies to steal
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--mute-audio",
    "--no-first-run",
    "--no-pings",
    "--window-size=1280,2000",
    "--js-flags=--max-old-space-size=512",  # MiB of objects of one page
)


class Browser:
    """At most one Chromium, started when first needed; `close` ends it and all its children."""

    def __init__(self, settings: Settings, paths: BrowserPaths, fetcher: Fetcher) -> None:
        self._settings = settings
        self._paths = paths
        self._fetcher = fetcher
        self._one_at_a_time = asyncio.Lock()
        self._session: _Session | None = None

    async def render(self, page: Page, tally: Tally) -> Rendered | Outcome:
        """What a browser makes of a fetched page. One that dies over it is no verdict: a fresh one tries once more."""
        async with self._one_at_a_time:
            shown = await self._shown(page, tally)
            if isinstance(shown, Outcome) and shown.reason is Reason.NEEDS_BROWSER:
                shown = await self._shown(page, tally)
            return shown

    async def _shown(self, page: Page, tally: Tally) -> Rendered | Outcome:
        render = Render(page, self._fetcher, tally, asyncio.get_running_loop())
        try:
            async with asyncio.timeout(SETTLE_SECONDS + _COMMAND_SECONDS):
                session = await self._ready()
                shown = await _watched(session, render)
                if isinstance(shown, Outcome):
                    if not session.memory() and shown.reason is not Reason.TOO_LARGE:
                        shown = Outcome(Reason.NEEDS_BROWSER, f"{page.url}: the browser died over it")
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

    async def close(self) -> None:
        """End the browser: ask it to, then see to it."""
        if self._session:
            with suppress(TimeoutError, *BROWSER_FAILURES):
                async with asyncio.timeout(_FAREWELL_SECONDS):
                    await asyncio.to_thread(self._session.quit)
        self._end()

    async def _ready(self) -> _Session:
        if self._session and self._session.shown >= PAGES_PER_BROWSER:
            self._end()
        if self._session is None:
            self._session = _Session(self._settings, self._paths)
            await asyncio.to_thread(self._session.start)
        return self._session

    def _end(self) -> None:
        if self._session:
            self._session.end()
            self._session = None


async def _watched(session: _Session, render: Render) -> Rendered | Outcome:
    """Show a page, unless it takes more memory than a pod can spare."""
    showing = asyncio.create_task(asyncio.to_thread(session.show, render))
    while not (await asyncio.wait({showing}, timeout=_LOOK_SECONDS))[0]:
        if session.memory() > _MOST_MEMORY:
            session.end()
            with suppress(*BROWSER_FAILURES):
                await showing
            return Outcome(Reason.TOO_LARGE, f"{render.url}: more than {_MOST_MEMORY // 2**20} MiB in the browser")
    return await showing


class _Session:
    """One Chromium with its driver, in a process group and a profile of their own."""

    def __init__(self, settings: Settings, paths: BrowserPaths) -> None:
        self.shown = 0
        self._settings = settings
        self._paths = paths
        self._profile = Path(tempfile.mkdtemp(prefix="vitality-browser-"))
        self._service = Service(
            paths.driver, log_output=subprocess.DEVNULL, popen_kw={"start_new_session": True, "close_fds": True}
        )
        self._driver: Remote | None = None
        self._render: Render | None = None

    def start(self) -> None:
        """Start it, with every request intercepted. Raises one of BROWSER_FAILURES."""
        self._service.start()
        address = self._service.service_url
        to_driver = ClientConfig(
            address,
            proxy=Proxy({"proxyType": "DIRECT"}),
            timeout=_COMMAND_SECONDS,
            websocket_timeout=ANSWER_SECONDS,
            websocket_interval=0.01,
        )
        driver = Remote(address, options=self._options(), client_config=to_driver)
        driver.network.add_intercept(phases=["beforeRequestSent"])
        driver.network.add_event_handler("before_request", self._asked)
        driver.browser.set_download_behavior(allowed=False)
        self._driver = driver

    def show(self, render: Render) -> Rendered | Outcome:
        """Show one page in a context of its own: no cookie, cache or storage of another page."""
        assert self._driver is not None
        driver = self._driver
        self.shown += 1
        self._render = render
        context = driver.browser.create_user_context()
        tab = driver.browsing_context.create(type="tab", user_context=context)
        shown = render.run(driver, tab, self._settings.max_html_bytes)
        self._render = None
        if isinstance(shown, Rendered):  # else this browser ends anyway, and might not answer
            driver.browser.remove_user_context(context)
        return shown

    def memory(self) -> int:
        """Bytes of the largest of its processes."""
        largest = 0
        with suppress(psutil.Error):
            for process in psutil.Process(self._service.process.pid).children(recursive=True):
                with suppress(psutil.Error):
                    largest = max(largest, process.memory_info().rss)
        return largest

    def quit(self) -> None:
        """Ask it to end, which may hang when it is ill."""
        if self._driver:
            self._driver.quit()

    def end(self) -> None:
        """Kill the group: the driver, Chromium and its children."""
        process = getattr(self._service, "process", None)
        if process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _asked(self, event: Any) -> None:
        render, driver = self._render, self._driver
        if render and driver and isinstance(event, dict):
            render.answer(driver, event)

    def _options(self) -> ChromeOptions:
        options = ChromeOptions()
        options.binary_location = self._paths.browser
        options.page_load_strategy = "none"  # `get` must not block while we answer its requests
        options.unhandled_prompt_behavior = "dismiss"
        options.enable_bidi = True
        options.add_experimental_option("excludeSwitches", ["disable-popup-blocking"])  # which the driver adds
        flags = [*_FLAGS, f"--user-agent={self._settings.user_agent}", f"--user-data-dir={self._profile}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium refuses to run as root otherwise
        for flag in flags:
            options.add_argument(flag)
        return options
