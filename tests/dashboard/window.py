"""A browser window on the dashboard of a running Airflow: what is seen there, and what went wrong on the way."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from local_airflow import Airflow
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

AXE = Path(__file__).parent / "axe" / "axe.min.js"
DESKTOP, PHONE = (1280, 900), (360, 740)
_FLEETING = (NoSuchElementException, StaleElementReferenceException)  # live.js has just replaced it
_SEVERE = {"serious", "critical"}
_GRAVE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
    "best-practice"]}).then((found) => done(found.violations.map((one) => [one.impact, one.id, one.nodes[0].html])));
"""
T = TypeVar("T")


@dataclass
class Window:
    """One window. Paths are of the dashboard (`/`, `/reports`), or of Airflow when they begin with `/plugin/`."""

    driver: WebDriver
    airflow: Airflow
    _tokens: dict[str, str] = field(default_factory=dict)

    def log_in(self, user: str) -> None:
        """Be this user from now on; `` is nobody."""
        self.driver.get(f"{self.airflow.address}/vitality/static/icon.svg")
        self.driver.delete_all_cookies()
        if user:
            self.driver.add_cookie({"name": "_token", "value": self.token(user), "path": "/", "httpOnly": True})

    def token(self, user: str) -> str:
        """What Airflow's API takes for this user."""
        if user not in self._tokens:
            given = {"username": user, "password": self.airflow.password(user)}
            answer = httpx.post(f"{self.airflow.address}/auth/token", json=given, trust_env=False, timeout=60)
            self._tokens[user] = answer.raise_for_status().json()["access_token"]
        return self._tokens[user]

    def open(self, path: str) -> None:
        """Go there; what earlier pages logged is forgotten."""
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)  # type: ignore[no-untyped-call]
        self.driver.get(self.airflow.address + ("" if path.startswith("/plugin/") else "/vitality") + path)

    def look(self, *, dark: bool = False, size: tuple[int, int] = DESKTOP) -> None:
        """Show pages in light or dark, on a screen of so many CSS pixels."""
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._devtools("Emulation.setEmulatedMedia", {"features": features})
        screen = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
        self._devtools("Emulation.setDeviceMetricsOverride", screen)

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str = "main") -> str:
        return self.find(selector).text

    def wait(self, what: Callable[[], T], seconds: float = 10) -> T:
        """Until `what()` is something; selenium's TimeoutException when it is not in time."""
        waiting = WebDriverWait(self.driver, seconds, poll_frequency=0.1, ignored_exceptions=_FLEETING)
        return waiting.until(lambda _: what())  # type: ignore[return-value]

    def js(self, script: str) -> Any:
        return self.driver.execute_script(script)  # type: ignore[no-untyped-call]

    def complaints(self) -> list[str]:
        """What the page wrote to the console, but for what a refused page always does (401, 403)."""
        logged = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in logged if entry["level"] in {"SEVERE", "WARNING"}]

    def hosts(self) -> set[str]:
        """The hosts that were asked for anything since `open`; the name of our own is ``."""
        found = set()
        for entry in self.driver.get_log("performance"):  # type: ignore[no-untyped-call]
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = urlsplit(message["params"]["request"]["url"])
                found |= {url.netloc} if url.scheme in {"http", "https", "ws", "wss"} else set()
        return {"" if host == urlsplit(self.airflow.address).netloc else host for host in found}

    def violations(self) -> list[str]:
        """What axe-core calls serious or critical on this page, as `impact rule: the first element`."""
        if not self.js("return 'axe' in window"):
            self.js(AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(_GRAVE)  # type: ignore[no-untyped-call]
        return [f"{impact} {rule}: {html}" for impact, rule, html in found if impact in _SEVERE]

    def _devtools(self, command: str, values: dict[str, Any]) -> None:
        self.driver.execute_cdp_cmd(command, values)  # type: ignore[attr-defined]


@contextmanager
def opened(airflow: Airflow) -> Iterator[Window]:
    """A window of a headless Chromium, which is gone afterwards."""
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--hide-scrollbars", "--lang=en-US"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's sandbox does not work for root
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield Window(driver, airflow)
    finally:
        driver.quit()
