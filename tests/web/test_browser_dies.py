"""A browser that dies, never starts, or is closed: the page is shown by the next, and nothing stays behind."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import pytest
from browser_site import FETCH, JSON, MARKS, Site, command, descendants
from scripted_web import Answering, Asked, Reply, Server

from vitality_lib.models import Outcome, Purpose, Reason, Request
from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait
from vitality_lib.web import browser
from vitality_lib.web import door as doors
from vitality_lib.web.browser_paths import BrowserPaths
from vitality_lib.web.door import open_door
from vitality_lib.web.process_memory import ProcessMemory

pytestmark = MARKS

WHO_DIES = {
    "browser": "/chromium\0",
    "driver": "/chromedriver\0",
    "renderer": "--type=renderer",
    "network service": "NetworkService",
}


@pytest.mark.parametrize(
    ("dies", "over"),
    [
        ("browser", "/app.js"),
        ("driver", "/app.js"),
        ("renderer", "/times?day=su"),
        ("network service", "/app.js"),
        ("network service", "/times?day=su"),
    ],
)
async def test_a_browser_that_dies_over_a_page_is_followed_by_a_fresh_one(site: Site, dies: str, over: str) -> None:
    """As a whole, or one of its processes, which is what a kernel short of memory kills."""
    killed: list[int] = []

    def dying(reply: Reply) -> Answering:
        def die_once(_: Asked) -> Reply:
            if not killed:
                killed.extend(pid for pid in descendants(os.getpid()) if WHO_DIES[dies] in command(pid))
                for pid in killed:
                    os.kill(pid, signal.SIGKILL)
            return reply

        return die_once

    site.serve("<main>Mass</main><script src='/app.js'></script>", FETCH)
    site.put("/times?day=su", Reply('{"mass": "Sunday 9:30"}', headers=JSON))
    site.put(over, dying(site.web.pages[site.host + over]))
    assert b"Sunday 9:30" in (await site.page()).body
    assert killed


DYING_DRIVER = """#!{python}
import http.server, sys
READY = b'{{"value": {{"ready": true}}}}'
class Driver(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(READY)))
        self.end_headers()
        self.wfile.write(READY)
    def do_POST(self):
        raise SystemExit  # in the middle of a command
http.server.HTTPServer(("127.0.0.1", int(sys.argv[-1].partition("=")[2])), Driver).serve_forever()
"""


@pytest.mark.asyncio(loop_scope="function")
async def test_a_driver_that_always_dies_is_an_outcome(
    web: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = tmp_path / "chromedriver"
    driver.write_text(DYING_DRIVER.format(python=sys.executable))
    driver.chmod(0o755)
    monkeypatch.setattr(doors, "find_browser", lambda: BrowserPaths("/usr/bin/false", str(driver)))
    web.pages["www.st-brendan.example/"] = Reply("<main>Mass</main>")
    async with open_door(web.settings(browser="auto"), None) as door:
        outcome = await door.get(Request("http://www.st-brendan.example/", Purpose.BROWSER))
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.NEEDS_BROWSER
    assert "the browser failed" in outcome.detail


@pytest.mark.asyncio(loop_scope="function")
async def test_a_browser_that_takes_too_long_to_start_is_an_outcome(
    web: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = tmp_path / "chromedriver"
    driver.write_text("#!/bin/sh\nexec sleep 60\n")
    driver.chmod(0o755)
    monkeypatch.setattr(doors, "find_browser", lambda: BrowserPaths("/usr/bin/false", str(driver)))
    monkeypatch.setattr(browser, "START_SECONDS", 0.5)
    web.pages["www.st-brendan.example/"] = Reply("<main>Mass</main>")
    before = set(descendants(os.getpid()))
    async with open_door(web.settings(browser="auto"), None) as door:
        outcome = await door.get(Request("http://www.st-brendan.example/", Purpose.BROWSER))
    assert isinstance(outcome, Outcome)
    assert outcome.reason is Reason.NEEDS_BROWSER
    assert "did not start within 0.5 s" in outcome.detail
    assert set(descendants(os.getpid())) <= before


@pytest.mark.asyncio(loop_scope="function")
async def test_no_process_and_no_profile_is_left_behind(web: Server) -> None:
    web.pages["www.st-brendan.example/"] = Reply("<main>Mass</main>")
    before = set(descendants(os.getpid()))
    async with open_door(web.settings(browser="auto"), None) as door:
        await door.get(Request("http://www.st-brendan.example/", Purpose.BROWSER))
        running = set(descendants(os.getpid())) - before
        profiles = {Path(found) for pid in running for found in re.findall(r"--user-data-dir=(\S+?)\0", command(pid))}
        assert profiles
    await asyncio.sleep(0.3)
    assert not [pid for pid in running if "chrom" in command(pid)]
    assert not [profile for profile in profiles if profile.exists()]


@pytest.mark.asyncio(loop_scope="function")
async def test_who_is_cut_off_gives_back_the_turns_of_the_page_first(
    web: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever hears that the browser was cut off may close the database next."""
    taken: set[str] = set()

    class Slow(ProcessMemory):
        async def take(self, ask: Ask) -> Turn | Wait | Shut:
            verdict = await super().take(ask)
            if isinstance(verdict, Turn):
                taken.add(str(verdict.holder))
            return verdict

        async def give_back(self, turn: Turn, rest: Rest) -> None:
            await asyncio.sleep(0.2)
            await super().give_back(turn, rest)
            taken.discard(str(turn.holder))

    asked = asyncio.Event()

    def late(_: Asked) -> Reply:
        asked.set()
        return Reply("late", pause=60)

    monkeypatch.setattr(doors, "ProcessMemory", Slow)
    web.pages["www.st-brendan.example/"] = Reply("<main>Mass</main><script>fetch('/late')</script>")
    web.pages["www.st-brendan.example/late"] = late
    async with open_door(web.settings(browser="auto"), None) as door:
        showing = asyncio.create_task(door.get(Request("http://www.st-brendan.example/", Purpose.BROWSER)))
        await asyncio.wait_for(asked.wait(), 60)
        showing.cancel()
        await asyncio.wait([showing])
        assert showing.cancelled()
        assert taken == set()
