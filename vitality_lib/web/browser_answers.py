"""What a page in the browser gets for what it asks: everything comes through the door, and not without end."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
import time
from collections import Counter
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Future
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Remote
from urllib3.exceptions import HTTPError
from websocket import WebSocketException

from vitality_lib.models import Outcome, Page, Reason
from vitality_lib.web.browser_requests import Asked, asked
from vitality_lib.web.fetch import Fetcher
from vitality_lib.web.tally import Tally
from vitality_lib.web.url import WebAddressError, canonical

MOST_REQUESTS = 80  # of one page, robots.txt included
_MOST_EVENTS = 400  # requests of one page that are answered at all, be it with a refusal
_MOST_LOADS = 8  # of one document, for a page that loads itself for ever
_SCRIPTS_FRESH = timedelta(days=1)

# What a command to a browser that is gone, or going, can raise: Selenium lets the errors of what it stands on through.
BROWSER_FAILURES = (WebDriverException, WebSocketException, HTTPError, OSError)

T = TypeVar("T")


class Answers:
    """The answers to one page's requests, which are made on `loop`; `answer` blocks and runs in threads.

    A server that was too slow once is not asked again, or a page could make us wait for it in a row.
    """

    def __init__(self, page: Page, fetcher: Fetcher, tally: Tally, loop: asyncio.AbstractEventLoop) -> None:
        self.url = page.url
        self._fetcher = fetcher
        self._tally = Tally(MOST_REQUESTS, tally, charged=False)
        self._loop = loop
        self._known = {page.url: page}
        self._silent: set[str] = set()
        self._loads: Counter[str] = Counter()
        self._events = 0
        self._lock = threading.Lock()
        self._open: dict[Asked, Future[Any] | None] = {}  # by event: a redirected request keeps its id
        self._fetching: set[asyncio.Task[Any]] = set()  # of the loop, which alone touches it
        self._ended = False
        self._active_at = time.monotonic()

    def answer(self, driver: Remote, event: dict[str, Any]) -> None:
        """Answer one `network.beforeRequestSent` event of WebDriver BiDi; runs in a thread of its own."""
        if not event.get("isBlocked"):
            return
        request = asked(event["request"])
        with self._lock:
            self._events += 1
            if self._events > _MOST_EVENTS:
                return  # it may wait until its page is closed
            self._open[request] = None
        answered = False
        try:
            answered = self._answer(driver, request)
        except (*BROWSER_FAILURES, CancelledError):
            pass  # the page, or the browser, is gone: nobody waits for this answer
        finally:
            with self._lock:
                del self._open[request]
                if answered:  # refusals are no news, or a page could ask for ever
                    self._active_at = time.monotonic()

    def idle(self, now: float) -> float:
        """Seconds for which the page has been waiting for nothing, as of a time of the monotonic clock."""
        with self._lock:
            return 0.0 if self._open else now - self._active_at

    def cancel(self) -> None:
        """Stop what is still being fetched: nobody waits for it any more."""
        with self._lock:
            pending = [future for future in self._open.values() if future]
        for future in pending:
            future.cancel()

    async def end(self) -> None:
        """Cancel what is still being fetched, and wait until it has given back its turns. Runs on the loop."""
        self._ended = True
        fetching = [*self._fetching]
        for task in fetching:
            task.cancel()
        await asyncio.gather(*fetching, return_exceptions=True)

    def _answer(self, driver: Remote, request: Asked) -> bool:
        """Give the page what it asks for. False when that was refused."""
        respond = partial(driver.network.provide_response, request=request.id)
        if request.kind == "stylesheet":  # an empty one, so that its `load` event comes
            respond(status_code=200, headers=_headers("text/css"), body=_body(b""))
            return False
        page = self._page_for(request)
        if page is None and request.kind == "document":
            respond(status_code=204, headers=[], body=_body(b""))  # RFC 9110 section 15.3.5: what is shown stays
        elif page is None:
            driver.network.fail_request(request=request.id)
        elif request.kind == "document" and page.url != request.url and request.method == "GET":
            self._known[page.url] = page
            respond(status_code=200, headers=_headers("text/html"), body=_body(_onward(page.url)))
        else:
            kind = page.headers.get("content-type", "")
            respond(status_code=200, headers=_headers(kind), body=_body(page.body))
        return page is not None

    def _page_for(self, request: Asked) -> Page | None:
        if request.kind == "document" and not self._may_load(request.url):
            return None
        known = self._known.get(request.url) if request.method == "GET" else None
        if known:
            return known
        if not request.is_fetched:
            return None
        try:
            address = canonical(request.url)
        except WebAddressError:
            return None
        if address.authority in self._silent:
            return None
        fresh = _SCRIPTS_FRESH if request.kind == "script" else timedelta(0)
        is_part = request.kind != "document"  # which a frame is: a page of its own
        answer = self._on_loop(request, self._fetcher.fetch(address, self._tally, request.form, is_part, fresh))
        if isinstance(answer, Outcome) and answer.reason is Reason.TIMEOUT:
            self._silent.add(address.authority)
        return answer if isinstance(answer, Page) else None

    def _may_load(self, url: str) -> bool:
        with self._lock:
            self._loads[url] += 1
            return self._loads[url] <= _MOST_LOADS

    def _on_loop(self, request: Asked, work: Coroutine[Any, Any, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(self._owned(work), self._loop)
        with self._lock:
            self._open[request] = future
        return future.result()

    async def _owned(self, work: Coroutine[Any, Any, T]) -> T:
        """The work, as a task that `end` finds."""
        if self._ended:
            work.close()
            raise asyncio.CancelledError
        task = asyncio.current_task()
        assert task is not None
        self._fetching.add(task)
        try:
            return await work
        finally:
            self._fetching.discard(task)


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
