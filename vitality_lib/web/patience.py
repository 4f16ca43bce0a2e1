"""How long the browser is waited for: longer in a pod that has a fifth of a core, though never for ever."""

from __future__ import annotations

import time
from dataclasses import dataclass

from selenium.webdriver import Remote

ANSWER_SECONDS = 12.0  # for a command; a page whose script never ends answers none
_QUIET_SECONDS = 0.7
_RESTLESS_SECONDS = 5.0  # without requests, though the page goes on changing (a carousel, a clock)
_HOPELESS_SECONDS = 10.0  # without requests, though it never says that it has loaded
_TAB_SECONDS = 0.4  # that an empty tab takes at most on a whole core; a fifth of one takes 1 to 2 s
_MOST_TIMES = 4.0  # so that no page can hold us for long, wherever we are


@dataclass(frozen=True)
class Patience:
    """Seconds to wait, `times` as long as on a whole core."""

    times: float = 1.0

    @property
    def answer(self) -> float:
        """For the answer to a command."""
        return ANSWER_SECONDS * self.times

    @property
    def quiet(self) -> float:
        """Until a page that neither asks for anything nor changes is still."""
        return _QUIET_SECONDS * self.times

    @property
    def restless(self) -> float:
        """Until one that asks for nothing, but goes on changing, is taken as it is."""
        return _RESTLESS_SECONDS * self.times

    @property
    def hopeless(self) -> float:
        """Until one that asks for nothing, and never has loaded, is taken as it is."""
        return _HOPELESS_SECONDS * self.times


def measured(driver: Remote) -> Patience:
    """The patience that a browser needs here, by how long it takes for an empty tab. Raises one of BROWSER_FAILURES.

    Of two: the first has what is loaded only once. By commands that are not BiDi, whose limits are set after this.
    """
    _seconds_for_a_tab(driver)
    return Patience(min(max(_seconds_for_a_tab(driver) / _TAB_SECONDS, 1.0), _MOST_TIMES))


def _seconds_for_a_tab(driver: Remote) -> float:
    first = driver.current_window_handle
    began = time.monotonic()
    driver.switch_to.new_window("tab")
    driver.execute_script("return document.readyState")
    driver.close()
    driver.switch_to.window(first)
    return time.monotonic() - began
