"""Where Chromium and its driver are on this machine."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ELSEWHERE = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)


@dataclass(frozen=True)
class BrowserPaths:
    """Where Chromium and the driver of the same version are."""

    browser: str
    driver: str


def find_browser() -> BrowserPaths | None:
    """Chromium and its driver: the system's, else those that Selenium's manager has left in its cache, else None."""
    system = next(filter(None, (shutil.which(name) for name in (*_NAMES, *_ELSEWHERE))), None)
    driver = shutil.which("chromedriver")
    if system and driver:
        return BrowserPaths(system, driver)
    cache = Path.home() / ".cache" / "selenium"
    drivers = sorted(cache.glob("chromedriver/*/*/chromedriver"))
    for found in reversed(drivers):
        browsers = sorted(cache.glob(f"chrome/*/{found.parent.name}/chrome"))
        if browsers:
            return BrowserPaths(str(browsers[-1]), str(found))
    return None
