"""One group of hostile cases in a process of its own: `python attack.py GROUP < plan.json`, a line of JSON for each.

The process has the door, the readers and the browser as they are, on the small internet.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import certifi
import psutil  # type: ignore[import-untyped]
from browser_memory import BrowserMemory
from case import Case, Way, host_of
from groups import GROUPS, PATIENT
from small_internet import FencedLoop, SmallInternet

from vitality_lib.directories.crawl import collect
from vitality_lib.discovery.find import find_directory
from vitality_lib.document import Document
from vitality_lib.inspection import SUBJECTS, read_saved
from vitality_lib.models import Outcome, Page, Purpose, Request
from vitality_lib.schedules.visit import visit
from vitality_lib.settings import Settings, load
from vitality_lib.web import patience, resolve
from vitality_lib.web.door import Door, open_door

_MIB = 2**20
_SECONDS = 2.0  # of one request
_ANSWER_SECONDS = 5.0  # of a page in the browser, where otherwise it is 12


@dataclass(frozen=True)
class Record:
    """What became of one case. Memory in MiB, on top of what there was: `peak` the most it took, `kept` what stayed;
    `browser` the most that all of the browser had.
    """

    case: str
    reason: str
    detail: str
    body: str
    seconds: float
    peak: float
    kept: float
    browser: float
    attempts: list[str]


@dataclass(frozen=True)
class _Scene:
    door: Door
    internet: SmallInternet
    browsers: BrowserMemory


async def main(group: str, internet: SmallInternet) -> None:
    browsers = BrowserMemory()
    watching = asyncio.create_task(browsers.watch())
    async with open_door(_settings(group), None) as door:
        plain = await _warmed_up(door, browsers, any(case.way is Way.BROWSE for case in GROUPS[group].values()))
        for name, case in GROUPS[group].items():
            record = await _record(name, case, _Scene(door, internet, browsers))
            print(json.dumps(asdict(record)), flush=True)  # noqa: T201 - its answer
    watching.cancel()
    print(json.dumps({"left": browsers.left(), "plain": plain}))  # noqa: T201


async def _warmed_up(door: Door, browsers: BrowserMemory, browse: bool) -> float:
    """Have everything loaded that is loaded once; what the browser takes for a plain page, in MiB."""
    purpose = Purpose.BROWSER if browse else Purpose.SCHEDULE
    await door.get(Request("http://warm-up.example/", purpose))
    read_saved("directory", Page("http://warm-up.example/", b"<p>Mass 9:00 am"))
    gc.collect()
    gc.freeze()  # what stays for good need not be looked through before and after each case
    return browsers.peak


def _settings(group: str) -> Settings:
    """Everything as usual, on the real internet as far as anybody here knows, only quickly."""
    quick = {} if group in PATIENT else {"timeout_seconds": _SECONDS}
    return load(browser="auto").model_copy(update={"pace": 0.002, **quick})


async def _record(name: str, case: Case, scene: _Scene) -> Record:
    host = host_of(name)
    del scene.internet.attempts[:]
    scene.browsers.peak = 0.0
    before = _begin_peak()
    started = time.monotonic()
    remembered = 0.0 if case.forget else resolve._REMEMBERED_SECONDS
    with patch.object(resolve, "_REMEMBERED_SECONDS", remembered):
        outcome = await _came_of(case, case.url.format(host=host, canary=scene.internet.canary), scene.door)
    seconds = time.monotonic() - started
    peak = _peak() - before
    reason = "ok" if isinstance(outcome, Page) else str(outcome.reason)
    body = outcome.body.decode("utf-8", "replace") if isinstance(outcome, Page) else ""
    detail = "" if isinstance(outcome, Page) else outcome.detail[:500]
    kept = _now() - before
    browser = scene.browsers.peak
    return Record(name, reason, detail, body[:3000], seconds, peak, kept, browser, [*scene.internet.attempts])


async def _came_of(case: Case, url: str, door: Door) -> Page | Outcome:
    if case.way is Way.VISIT:
        return (await visit(url, door.budget(8).get, 8)).outcome
    if case.way is Way.FIND:
        return (await find_directory(url, door.budget(40).get)).outcome
    purpose = Purpose.BROWSER if case.way is Way.BROWSE else Purpose.SCHEDULE
    answer = await door.get(Request(url, purpose))
    if isinstance(answer, Outcome):
        return answer
    if case.way is Way.COLLECT:
        return (await collect(Document(answer), door.budget(40).get, 40)).outcome
    if case.way is Way.READ:
        read = [str(read_saved(subject, answer)) for subject in SUBJECTS]
        assert not any("internal error" in each for each in read)
        return Page(answer.url, "".join(read)[:3000].encode("utf-8", "replace"))
    return answer


def _begin_peak() -> float:
    """Forget the most memory this process ever had (proc(5), clear_refs), and say what it has now, in MiB."""
    now = _now()
    Path("/proc/self/clear_refs").write_text("5")
    return now


def _now() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / _MIB


def _peak() -> float:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def _internet(plan: dict[str, Any]) -> SmallInternet:
    return SmallInternet(plan["names"], {(ip, at): to for ip, at, to in plan["routes"]}, plan["canary"])


if __name__ == "__main__":
    planned = json.load(sys.stdin)
    small = _internet(planned)
    answer_seconds = patience.ANSWER_SECONDS if sys.argv[1] in PATIENT else _ANSWER_SECONDS
    with (
        patch.object(certifi, "where", lambda: planned["trusted"]),
        patch.object(patience, "ANSWER_SECONDS", answer_seconds),
        asyncio.Runner(loop_factory=lambda: FencedLoop(small)) as runner,
    ):
        runner.run(main(sys.argv[1], small))
