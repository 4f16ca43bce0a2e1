"""One page in the browser, until it has settled."""

from __future__ import annotations

from dataclasses import dataclass

from selenium.webdriver import Remote

from vitality_lib.models import Outcome, Reason
from vitality_lib.web.browser_answers import Answers
from vitality_lib.web.patience import Patience
from vitality_lib.web.stillness import HungError, settled
from vitality_lib.web.url import WebAddressError, canonical


@dataclass(frozen=True)
class Rendered:
    """The page as the browser left it."""

    url: str
    html: str


def render(driver: Remote, tab: str, answers: Answers, most: int, patience: Patience) -> Rendered | Outcome:
    """Load a page in a tab and wait until it is still: no request open, and the document not changing. Blocks.

    Only BiDi commands are used: a classic one would keep the driver from hearing the answers it waits for.
    An outcome for a page of more than `most` characters, one that never answers, or one that went to no address.
    Raises one of BROWSER_FAILURES when the browser fails.
    """
    url = answers.url
    driver.browsing_context.navigate(context=tab, url=url, wait="none")
    try:
        state = settled(driver, tab, answers.idle, most, patience)
    except HungError as error:
        return Outcome(Reason.TIMEOUT, f"{url}: {error}")
    finally:
        answers.cancel()
    if state.size > most:
        return Outcome(Reason.TOO_LARGE, f"{url}: {state.size} characters in the browser")
    try:
        return Rendered(str(canonical(state.url)), f"<!DOCTYPE html>\n{state.html}")
    except WebAddressError:
        return Outcome(Reason.UNREADABLE, f"{url}: in the browser it leads to {state.url[:80]}")
