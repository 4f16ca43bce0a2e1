"""One browser shows page after page; a new one follows when it held too much memory, or was not needed for long."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator

import psutil
import pytest
from browser_site import MARKS, command, descendants
from scripted_web import Reply, Server

from vitality_lib.models import Page, Purpose, Request
from vitality_lib.web import browser
from vitality_lib.web.browser_processes import BrowserProcesses
from vitality_lib.web.door import Door, open_door

pytestmark = [*MARKS[:1], *MARKS[2:], pytest.mark.asyncio(loop_scope="function")]
MIB = 2**20
LIGHT = 10
HOLDS_300_MIB = """
held = []
for (let i = 0; i < 300; i++) held.push(new Uint8Array(1048576).fill(7))
document.title = held.length
"""


@pytest.fixture
async def door(web: Server) -> AsyncIterator[Door]:
    for number in range(LIGHT):
        web.pages[f"light-{number}.example/"] = Reply("<script>document.title = 'Mass'</script>")
    web.pages["hungry.example/"] = Reply(f"<script>{HOLDS_300_MIB}</script>")
    async with open_door(web.settings(browser="auto", browser_memory=450), None) as door:
        yield door
    assert drivers() == []


async def read(door: Door, name: str) -> bytes:
    page = await door.get(Request(f"http://{name}.example/", Purpose.BROWSER))
    assert isinstance(page, Page), page
    return page.body


def drivers() -> list[int]:
    """The drivers that run below this process: there is one for each browser."""
    return [pid for pid in descendants(os.getpid()) if "chromedriver\0" in command(pid)]


def held_by_browsers() -> int:
    """Bytes of their own that they hold."""
    return sum(private for pid in descendants(os.getpid()) if "chrom" in command(pid) for private in _private(pid))


def _private(pid: int) -> list[int]:
    try:
        memory = psutil.Process(pid).memory_info()
    except psutil.NoSuchProcess:
        return []
    return [memory.rss - memory.shared]


async def test_ten_pages_are_shown_by_one_browser(door: Door) -> None:
    started = set()
    for number in range(LIGHT):
        assert b"<title>Mass</title>" in await read(door, f"light-{number}")
        started.update(drivers())
    assert len(started) == 1


async def test_what_a_light_page_leaves_is_not_much_and_soon_measured(door: Door) -> None:
    await read(door, "light-0")
    (driver,) = drivers()
    processes = BrowserProcesses(driver)
    began = time.thread_time()
    processes.look()
    assert time.thread_time() - began < 0.1
    assert 64 * MIB < processes.most_held < 450 * MIB


async def test_after_a_hungry_page_a_new_browser_shows_the_next(door: Door) -> None:
    await read(door, "light-0")
    (first,) = drivers()
    hungry = asyncio.create_task(read(door, "hungry"))
    most = 0
    while not hungry.done():
        most = max(most, held_by_browsers())
        await asyncio.sleep(0.05)
    assert b"<title>300</title>" in await hungry
    assert drivers() == []
    assert b"<title>Mass</title>" in await read(door, "light-1")
    (second,) = drivers()
    assert second != first
    assert held_by_browsers() < most - 200 * MIB


async def test_one_that_nobody_needs_is_let_go_and_another_comes_when_needed(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "IDLE_SECONDS", 3.0)
    await read(door, "light-0")
    (first,) = drivers()
    await asyncio.sleep(1.5)
    await read(door, "light-1")
    await asyncio.sleep(2.0)  # three seconds after the first page, not after the second
    assert drivers() == [first]
    await asyncio.sleep(2.0)
    assert drivers() == []
    assert b"<title>Mass</title>" in await read(door, "light-2")
    assert drivers() != [first]
