"""What a pod has left, and that the browser ends before its kernel would kill: in real control groups."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from scripted_web import Reply, Server

from vitality_lib.web.browser_paths import find_browser
from vitality_lib.web.pod_memory import left

sys.path.append(str(Path(__file__).parent.parent.parent / "scripts"))
from measured import control_groups, measure

MIB = 2**20
needs_groups = pytest.mark.skipif(bool(control_groups()), reason=f"no control groups here: {control_groups()}")

TELLS = "from vitality_lib.web.pod_memory import left; print(left())"
SHOWS = """
import asyncio, sys
from vitality_lib.models import Purpose, Request
from vitality_lib.settings import load
from vitality_lib.web.door import open_door
async def show():
    async with open_door(load(resolve=sys.argv[1], pace=0.01), None) as door:
        for name in ("heavy", "light"):
            answer = await door.get(Request(f"http://{name}.example/", Purpose.BROWSER))
            print(getattr(answer, "reason", "shown"), getattr(answer, "detail", ""))
asyncio.run(show())
"""
# In one go, as the worst of pages would: 500 MiB that no collection of garbage gives back.
HEAVY = """<body>St. Brendan<script>const held = [];
for (let i = 0; i < 500; i++) { held.push(new Uint8Array(1048576).fill(1)) }</script></body>"""


def test_what_is_left_is_the_limit_less_what_cannot_be_dropped(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("0::/kubepods.slice/pod7\n")
    (tmp_path / "memory.max").write_text("536870912\n")
    (tmp_path / "memory.current").write_text("400000000\n")
    (tmp_path / "memory.stat").write_text("anon 200000000\nfile 190\ninactive_file 50000000\nactive_file 30000000\n")
    assert left(tmp_path, tmp_path / "own") == 536870912 - 400000000 + 80000000


@pytest.mark.parametrize("limit", ["max", "9223372036854771712"])
def test_without_a_limit_there_is_no_end(tmp_path: Path, limit: str) -> None:
    (tmp_path / "own").write_text("0::/\n")
    (tmp_path / "memory.max").write_text(limit + "\n")
    assert left(tmp_path, tmp_path / "own") is None


def test_without_control_groups_there_is_no_end(tmp_path: Path) -> None:
    assert left(tmp_path, tmp_path / "own") is None


@needs_groups
def test_the_kernel_s_own_figures(tmp_path: Path) -> None:
    took = measure([sys.executable, "-c", TELLS], os.environ, tmp_path / "log", memory=300 * MIB)
    assert took.code == 0
    assert 250 * MIB < int((tmp_path / "log").read_text()) < 300 * MIB


@needs_groups
@pytest.mark.browser
@pytest.mark.skipif(find_browser() is None, reason="chromium and chromedriver are not installed")
async def test_a_page_that_is_too_much_for_the_pod_ends_before_the_kernel_kills(web: Server, tmp_path: Path) -> None:
    web.pages |= {"heavy.example/": Reply(HEAVY), "light.example/": Reply("<body>St. Brendan</body>")}
    command = [sys.executable, "-c", SHOWS, f"*=127.0.0.1:{web.port}"]
    took = await asyncio.to_thread(measure, command, os.environ, tmp_path / "log", memory=512 * MIB)
    heavy, light = (tmp_path / "log").read_text().splitlines()
    assert heavy == "too_large http://heavy.example/: more than this pod has memory left for in the browser"
    assert light.startswith("shown"), "the next page gets a browser of its own"
    assert (took.code, took.killed) == (0, 0)
