"""A site that only a browser can read, and a look at the browser's processes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from scripted_web import Answering, Asked, Reply, Server

from vitality_lib.models import Outcome, Page, Purpose, Request
from vitality_lib.web.browser_paths import find_browser
from vitality_lib.web.door import Door

SCRIPT = {"Content-Type": "text/javascript"}
JSON = {"Content-Type": "application/json"}
FETCH = "fetch('/times?day=su').then(r => r.json()).then(t => { document.querySelector('main').textContent = t.mass })"
MARKS = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(find_browser() is None, reason="chromium and chromedriver are not installed"),
]


@dataclass(frozen=True)
class Site:
    """A parish's site with a host of its own, and the door to read it through (one browser for all tests of a file)."""

    host: str
    web: Server
    door: Door

    def serve(self, html: str, script: str = "") -> None:
        self.put("/", Reply(f"<!doctype html><title>St. Brendan</title><body>{html}</body>"))
        self.put("/app.js", Reply(script, headers=SCRIPT))

    def put(self, path: str, answering: Answering) -> None:
        self.web.pages[self.host + path] = answering

    @property
    def asked(self) -> list[Asked]:
        return [asked for asked in self.web.asked if asked.host == self.host]

    def paths(self) -> list[str]:
        return self.web.paths(self.host)

    async def get(self, url: str = "") -> Page | Outcome:
        return await self.door.get(Request(url or f"http://{self.host}/", Purpose.BROWSER))

    async def page(self, url: str = "") -> Page:
        answer = await self.get(url)
        assert isinstance(answer, Page), answer
        return answer


def descendants(pid: int) -> list[int]:
    """The processes below a process (Linux)."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for file in children for child in file.read_text().split()]
    return found + [deeper for child in found for deeper in descendants(child)]


def command(pid: int) -> str:
    """A process's command line, arguments ended by NUL; empty when it is gone, or dead and only not buried yet."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
