"""Find Chromium and its driver, or get them; say in one line what came of it.

In order: what is installed; Debian's packages, when we may install; Selenium's own manager. Never fails: without a
browser everything else works, and what needs one ends with the outcome `needs_browser`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRIVERS = ("chromedriver", "chromium.chromedriver")
PACKAGES = (("chromium", "chromium-driver"), ("chromium-browser", "chromium-chromedriver"))  # Debian, Ubuntu
APT_SECONDS, MANAGER_SECONDS = 600, 180
_MANAGER = """
from selenium.webdriver.common.selenium_manager import SeleniumManager
paths = SeleniumManager().binary_paths(["--browser", "chrome", "--skip-driver-in-path", "--skip-browser-in-path"])
print(paths["browser_path"])
"""


def main() -> int:
    found = installed() or (from_packages() and installed()) or from_selenium()
    if found:
        print(f"Browser: {found}")
    else:
        print("Browser route is off: no Chromium with its driver; try: apt-get install chromium chromium-driver")
    return 0


def installed() -> str | None:
    """The browser, when it and a driver are on the PATH, and it starts (Ubuntu has a package that is only a hint)."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser or not any(map(shutil.which, DRIVERS)):
        return None
    return browser if _run([browser, "--version"], 60) else None


def from_packages() -> bool:
    """Install Debian's packages, as root or by a sudo that asks nothing."""
    if not shutil.which("apt-get"):
        return False
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if rights and not (shutil.which("sudo") and _run([*rights, "true"], 10)):
        return False
    print("Installing Chromium (once)", flush=True)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    _run([*apt, "update"], APT_SECONDS)
    return any(_run([*apt, "install", "-y", "--no-install-recommends", *names], APT_SECONDS) for names in PACKAGES)


def from_selenium() -> str | None:
    """The browser that Selenium's manager has, or fetches into its cache."""
    said = _run([sys.executable, "-c", _MANAGER], MANAGER_SECONDS)
    return said.strip().splitlines()[-1] if said and said.strip() else None


def _run(command: list[str], seconds: int) -> str | None:
    """Run without a terminal; what it said, or None when it failed or took too long."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout or " "


if __name__ == "__main__":
    sys.exit(main())
