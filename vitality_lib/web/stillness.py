"""When a page in the browser is still, and what it then looks like."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Remote

from vitality_lib.web.patience import Patience

SETTLE_SECONDS = 90.0
_STATE = """(html => JSON.stringify([document.readyState, location.href, html.length > %d ? '' : html, html.length]))
((document.documentElement || {}).outerHTML || '')"""


class HungError(Exception):
    """The page's script leaves the browser no time to answer."""


@dataclass(frozen=True)
class State:
    """The document as it is now. `size` is its length in characters; `html` is empty where that is too much."""

    ready: str = "loading"
    url: str = "about:blank"
    html: str = ""
    size: int = 0

    @property
    def loaded(self) -> bool:
        return self.ready == "complete" and self.url != "about:blank"


def settled(driver: Remote, tab: str, idle: Callable[[float], float], most: int, patience: Patience) -> State:
    """The document when it is still, or when there is no more to wait for.

    `idle` gives the seconds without a request, as of a time of the monotonic clock; `most` bounds the characters read.
    Raises HungError, or one of BROWSER_FAILURES.
    """
    started = changed_at = time.monotonic()
    state = State()
    while (now := time.monotonic()) < started + SETTLE_SECONDS:
        before, state = state, _state(driver, tab, most, patience)
        if state != before:
            changed_at = now
        quiet = min(idle(now), now - started)  # it asks for nothing before it is shown
        if state.loaded and (min(quiet, now - changed_at) >= patience.quiet or quiet >= patience.restless):
            break
        if quiet >= patience.hopeless or state.size > most:
            break
        time.sleep(0.1)
    return state


def _state(driver: Remote, tab: str, most: int, patience: Patience) -> State:
    """Asked from a world of our own, where no script of the page can pretend."""
    target = {"context": tab, "sandbox": "vitality"}
    asked_at = time.monotonic()
    try:
        answer = driver.script.evaluate(expression=_STATE % most, target=target, await_promise=False)
    except WebDriverException as error:
        if time.monotonic() - asked_at >= patience.answer:
            raise HungError("its script leaves the browser no time to answer") from error
        if "context" in str(error):  # the page is just now being replaced by the next
            return State()
        raise
    if answer.get("type") != "success":
        return State()
    return State(*json.loads(answer["result"]["value"]))
