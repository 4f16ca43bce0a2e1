"""One Chromium with its driver: how it is started, shown a page and ended.

Every request is intercepted (WebDriver BiDi `network.addIntercept`). As a belt, Chromium is started with a proxy that
does not exist, so that what cannot be intercepted (web sockets, WebRTC, its own updates) leads nowhere.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from selenium.webdriver import ChromeOptions, Proxy, Remote
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.client_config import ClientConfig

from vitality_lib.models import Outcome
from vitality_lib.settings import Settings
from vitality_lib.web.browser_answers import Answers
from vitality_lib.web.browser_paths import BrowserPaths
from vitality_lib.web.browser_processes import BrowserProcesses
from vitality_lib.web.patience import Patience, measured
from vitality_lib.web.render import Rendered, render

logging.getLogger("websocket").setLevel(logging.CRITICAL)  # it reports each browser that we end
START_SECONDS = 180  # which asks nobody for anything; from a cold disk, in a small pod, it takes long
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


class BrowserSession:
    """One Chromium with its driver, in a process group and a profile of their own."""

    def __init__(self, settings: Settings, paths: BrowserPaths) -> None:
        self.shown = 0
        self.patience = Patience()
        self._settings = settings
        self._paths = paths
        self._profile = Path(tempfile.mkdtemp(prefix="vitality-browser-"))
        self._service = Service(
            paths.driver, log_output=subprocess.DEVNULL, popen_kw={"start_new_session": True, "close_fds": True}
        )
        self._processes: BrowserProcesses | None = None
        self._driver: Remote | None = None
        self._answers: Answers | None = None

    def start(self) -> None:
        """Start it, see how fast it is here, and have every request intercepted. Raises one of BROWSER_FAILURES."""
        self._service.start()
        self._processes = BrowserProcesses(self._service.process.pid)
        address = self._service.service_url
        to_driver = ClientConfig(
            address,
            proxy=Proxy({"proxyType": "DIRECT"}),
            timeout=START_SECONDS,
            websocket_interval=0.01,
        )
        driver = Remote(address, options=self._options(), client_config=to_driver)
        self.patience = measured(driver)
        to_driver.websocket_timeout = self.patience.answer
        driver.network.add_intercept(phases=["beforeRequestSent"])
        driver.network.add_event_handler("before_request", self._asked)
        driver.browser.set_download_behavior(allowed=False)
        self._driver = driver

    def show(self, answers: Answers) -> Rendered | Outcome:
        """Show one page in a context of its own: no cookie, cache or storage of another page."""
        assert self._driver is not None
        driver = self._driver
        self.shown += 1
        self._answers = answers
        context = driver.browser.create_user_context()
        tab = driver.browsing_context.create(type="tab", user_context=context)
        shown = render(driver, tab, answers, self._settings.max_html_bytes, self.patience)
        self._answers = None
        if isinstance(shown, Rendered):  # else this browser ends anyway, and might not answer
            driver.browser.remove_user_context(context)
        return shown

    @property
    def processes(self) -> BrowserProcesses:
        """What it consists of. Only once it was started."""
        assert self._processes is not None
        return self._processes

    def end(self) -> None:
        """Kill the group: the driver, Chromium and its children."""
        process = getattr(self._service, "process", None)
        if process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _asked(self, event: Any) -> None:
        answers, driver = self._answers, self._driver
        if answers and driver and isinstance(event, dict):
            answers.answer(driver, event)

    def _options(self) -> ChromeOptions:
        options = ChromeOptions()
        options.binary_location = self._paths.browser
        options.page_load_strategy = "none"  # `get` must not block while we answer its requests
        options.unhandled_prompt_behavior = "dismiss"
        options.add_experimental_option("browserStartupTimeout", START_SECONDS * 1000)
        options.enable_bidi = True
        options.add_experimental_option("excludeSwitches", ["disable-popup-blocking"])  # which the driver adds
        flags = [*_FLAGS, f"--user-agent={self._settings.user_agent}", f"--user-data-dir={self._profile}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium refuses to run as root otherwise
        for flag in flags:
            options.add_argument(flag)
        return options
