"""`make screenshots`: docs/images from a finished run of the sample web, with a real browser.

Uses a kept run (`make run KEEP=1`) when Airflow answers on the port, else makes a run of its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from airflow_api import Api
from dashboard_pages import SHOWN
from local_airflow import ROOT, USER, Airflow, AirflowFailed
from selenium import webdriver
from selenium.common import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support import expected_conditions as there
from selenium.webdriver.support.ui import WebDriverWait

from vitality_lib import settings
from vitality_lib.store.embedded import server_of

IMAGES = ROOT / "docs" / "images"
SIZE = (1440, 1000)
REPORT_SIZE = (1200, 1700)  # down to the charts
PAGE_SIZE = (1280, 900)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make screenshots")
    parser.add_argument("--port", type=int, default=8080)
    port = parser.parse_args().port
    home = settings.load().home.expanduser().resolve()
    server = server_of(home)
    airflow = Airflow(home / "airflow", port, server.url("airflow"), server.url("vitality"))
    IMAGES.mkdir(parents=True, exist_ok=True)
    try:
        with _finished_run(airflow) as run, _browser() as browser:
            shoot_grid(browser, airflow, run)
            shoot_dashboard(browser, airflow)
            shoot_report(browser, home / "reports" / "latest" / "index.html")
    except (AirflowFailed, WebDriverException) as problem:
        print(f"make screenshots: {str(problem).splitlines()[0]}")
        return 1
    return 0


def shoot_grid(browser: WebDriver, airflow: Airflow, run: str) -> None:
    """The grid of `vitality_all` with its groups open, as the person at the UI sees it after a run."""
    browser.get(f"{airflow.address}/")
    wait = WebDriverWait(browser, 60)
    wait.until(there.presence_of_element_located((By.NAME, "username"))).send_keys(USER)
    browser.find_element(By.NAME, "password").send_keys(airflow.password())
    browser.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    wait.until(there.url_matches(f"{airflow.address}/(?!auth)"))
    browser.get(f"{airflow.address}/dags/vitality_all/runs/{run}")
    wait.until(there.presence_of_element_located((By.PARTIAL_LINK_TEXT, "reporting")))
    wait.until(there.element_to_be_clickable((By.CSS_SELECTOR, "button[aria-label^='Expand all']"))).click()
    time.sleep(3)  # the grid draws itself after its data has come
    _save(browser, "airflow-grid")


def shoot_dashboard(browser: WebDriver, airflow: Airflow) -> None:
    """Every page of the dashboard, in light and in dark; whoever is logged in by now sees it."""
    browser.set_window_size(*PAGE_SIZE)
    for look in ("light", "dark"):
        scheme = {"name": "prefers-color-scheme", "value": look}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        for name, path in SHOWN.items():
            browser.get(f"{airflow.address}/vitality{path}")
            if name == "parish":  # ids differ from run to run: the first with services
                browser.get(f"{airflow.address}/vitality/parishes?services=yes")
                browser.find_element(By.CSS_SELECTOR, "tbody th a").click()
            WebDriverWait(browser, 30).until(there.presence_of_element_located((By.CSS_SELECTOR, ".moment")))
            time.sleep(1)  # a report in its frame, a map
            _save(browser, f"dashboard-{name}-{look}")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def shoot_report(browser: WebDriver, report: Path) -> None:
    """The top of the newest report."""
    if not report.exists():
        raise AirflowFailed(f"there is no report at {report}")
    browser.set_window_size(*REPORT_SIZE)
    browser.get(report.as_uri())
    WebDriverWait(browser, 30).until(there.presence_of_element_located((By.TAG_NAME, "h1")))
    _save(browser, "report")


def _save(browser: WebDriver, name: str) -> None:
    path = IMAGES / f"{name}.png"
    browser.save_screenshot(str(path))
    print(path.relative_to(ROOT))


@contextmanager
def _finished_run(airflow: Airflow) -> Iterator[str]:
    """The newest good run of an Airflow that is up; one is started, and ended afterwards, when none is."""
    api = Api(airflow)
    if api.ready():
        yield _demand(api.newest_good_run())
        return
    command = [sys.executable, str(ROOT / "scripts" / "run.py"), "--keep", "1", "--port", str(airflow.port)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as kept:
        try:
            # With KEEP=1 it says so when the run has ended, and stays.
            said = next((line for line in kept.stdout or () if "stays up" in line), None)
            yield _demand(api.newest_good_run() if said and api.ready() else None)
        finally:
            kept.send_signal(signal.SIGTERM)


def _demand(run: str | None) -> str:
    if run is None:
        raise AirflowFailed("there is no run that ended well; make one first: make run KEEP=1")
    return run


@contextmanager
def _browser() -> Iterator[WebDriver]:
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--hide-scrollbars", f"--window-size={SIZE[0]},{SIZE[1]}", "--lang=en-US"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's sandbox does not work for root
    driver = shutil.which("chromedriver")
    browser = webdriver.Chrome(options=options, service=Service(driver) if driver else Service())
    try:
        browser.set_window_size(SIZE[0], SIZE[1])
        yield browser
    finally:
        browser.quit()


if __name__ == "__main__":
    sys.exit(main())
