"""One page in the browser: every request it makes is answered through the door, until the page has settled."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Remote
from websocket import WebSocketException

from vitality_lib.models import Page
from vitality_lib.web.fetch import Fetcher
from vitality_lib.web.polite import Tally
from vitality_lib.web.url import WebAddressError, canonical

MOST_REQUESTS = 80  # of one page, robots.txt included
SETTLE_SECONDS = 90.0
_QUIET_SECONDS = 0.7
_RESTLESS_SECONDS = 5.0  # without requests, though the page goes on changing (a carousel, a clock)
_SCRIPTS_FRESH = timedelta(days=1)
_ANSWERED = frozenset({"document", "script", "xhr", "fetch"})  # resource types of the DevTools protocol
_TRACKERS = (
    "google-analytics.com",
    "googletagmanager.com",
    "doubleclick.net",
    "googlesyndication.com",
    "facebook.net",
    "facebook.com",
    "hotjar.com",
    "clarity.ms",
    "segment.com",
    "addthis.com",
    "sharethis.com",
    "newrelic.com",
    "nr-data.net",
)
_STATE = "JSON.stringify([document.readyState, location.href, (document.documentElement || {}).outerHTML || ''])"

# What a command to a browser that is gone, or going, can raise: Selenium lets its socket's own errors through.
BROWSER_FAILURES = (WebDriverException, WebSocketException, OSError)

T = TypeVar("T")


@dataclass(frozen=True)
class Rendered:
    """The page as the browser left it."""

    url: str
    html: str


@dataclass(frozen=True)
class _State:
    ready: str = "loading"
    url: str = "about:blank"
    html: str = ""

    @property
    def loaded(self) -> bool:
        return self.ready == "complete" and self.url != "about:blank"


@dataclass(frozen=True, eq=False)
class _Asked:
    """One request that the browser makes and that waits for our answer."""

    id: str
    url: str
    method: str
    kind: str
    form: str | None


class Render:
    """Shows one fetched page to a browser. `run` blocks and belongs into a thread; requests are made on `loop`."""

    def __init__(self, page: Page, fetcher: Fetcher, tally: Tally, loop: asyncio.AbstractEventLoop) -> None:
        self._page = page
        self._fetcher = fetcher
        self._tally = Tally(MOST_REQUESTS, tally, charged=False)
        self._loop = loop
        self._known = {page.url: page}
        self._lock = threading.Lock()
        self._open: dict[_Asked, Future[Any] | None] = {}  # by event: a redirected request keeps its id
        self._active_at = time.monotonic()

    def run(self, driver: Remote, tab: str) -> Rendered:
        """Load the page in a tab and wait until it is still: no request open, and the document not changing.

        Only BiDi commands are used: a classic one would keep the driver from hearing the answers it waits for.
        Raises one of BROWSER_FAILURES when the browser fails.
        """
        driver.browsing_context.navigate(context=tab, url=self._page.url, wait="none")
        try:
            return self._settled(driver, tab)
        finally:
            with self._lock:
                pending = [future for future in self._open.values() if future]
            for future in pending:
                future.cancel()

    def answer(self, driver: Remote, event: dict[str, Any]) -> None:
        """Answer one `network.beforeRequestSent` event of WebDriver BiDi; runs in a thread of its own."""
        if not event.get("isBlocked"):
            return
        asked = _asked(event["request"])
        with self._lock:
            self._open[asked] = None
        try:
            self._answer(driver, asked)
        except (*BROWSER_FAILURES, CancelledError):
            pass  # the page, or the browser, is gone: nobody waits for this answer
        finally:
            with self._lock:
                del self._open[asked]
                self._active_at = time.monotonic()

    def _answer(self, driver: Remote, asked: _Asked) -> None:
        network = driver.network
        if asked.kind == "stylesheet":  # an empty one, so that its `load` event comes
            network.provide_response(request=asked.id, status_code=200, headers=_headers("text/css"), body=_body(b""))
            return
        page = self._page_for(asked)
        if page is None:
            network.fail_request(request=asked.id)
        elif asked.kind == "document" and page.url != asked.url and asked.method == "GET":
            self._known[page.url] = page
            onward = _body(_onward(page.url))
            network.provide_response(request=asked.id, status_code=200, headers=_headers("text/html"), body=onward)
        else:
            kind = page.headers.get("content-type", "")
            network.provide_response(request=asked.id, status_code=200, headers=_headers(kind), body=_body(page.body))

    def _page_for(self, asked: _Asked) -> Page | None:
        known = self._known.get(asked.url) if asked.method == "GET" else None
        if known:
            return known
        if asked.kind not in _ANSWERED or asked.method not in {"GET", "POST"} or _is_tracker(asked.url):
            return None
        try:
            address = canonical(asked.url)
        except WebAddressError:
            return None
        fresh = _SCRIPTS_FRESH if asked.kind == "script" else timedelta(0)
        is_part = asked.kind != "document"  # which a frame is: a page of its own
        answer = self._on_loop(asked, self._fetcher.fetch(address, self._tally, asked.form, is_part, fresh))
        return answer if isinstance(answer, Page) else None

    def _on_loop(self, asked: _Asked, work: Coroutine[Any, Any, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        with self._lock:
            self._open[asked] = future
        return future.result()

    def _settled(self, driver: Remote, tab: str) -> Rendered:
        started = changed_at = time.monotonic()
        state = _State()
        while (now := time.monotonic()) < started + SETTLE_SECONDS:
            before, state = state, _state(driver, tab)
            if state != before:
                changed_at = now
            with self._lock:
                idle = 0.0 if self._open else now - self._active_at
            if state.loaded and (min(idle, now - changed_at) >= _QUIET_SECONDS or idle >= _RESTLESS_SECONDS):
                break
            time.sleep(0.1)
        return Rendered(state.url, f"<!DOCTYPE html>\n{state.html}")


def _state(driver: Remote, tab: str) -> _State:
    """The document as it is now; asked from a world of our own, where no script of the page can pretend."""
    target = {"context": tab, "sandbox": "vitality"}
    answer = driver.script.evaluate(expression=_STATE, target=target, await_promise=False)
    if answer.get("type") != "success":
        return _State()
    return _State(*json.loads(answer["result"]["value"]))


def _asked(request: dict[str, Any]) -> _Asked:
    kind = str(request.get("goog:resourceType", "")).lower()
    form = str(request.get("goog:postData") or "") if request["method"] == "POST" else None
    return _Asked(request["request"], request["url"].partition("#")[0], request["method"], kind, form)


def _is_tracker(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return any(host == tracker or host.endswith("." + tracker) for tracker in _TRACKERS)


def _onward(url: str) -> bytes:
    """A document that leads to where a redirected one is, so that its links have their base.

    A redirect as a response would not do: a busy Chromium does not always announce the request that follows it, which
    then ends, unanswered, at the proxy that does not exist.
    """
    return f"<script>location.replace({json.dumps(url)})</script>".encode()


def _headers(content_type: str) -> list[dict[str, Any]]:
    named = {"content-type": content_type, "access-control-allow-origin": "*"}
    return [{"name": name, "value": {"type": "string", "value": value}} for name, value in named.items() if value]


def _body(body: bytes) -> dict[str, str]:
    return {"type": "base64", "value": base64.b64encode(body).decode("ascii")}
