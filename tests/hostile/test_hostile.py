"""A hundred and more hostile cases: each ends in its outcome, nothing escapes, memory and time hold."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from case import Case, Way, host_of
from groups import GROUPS
from hostile_server import HostileServer, hostile
from impostors import secured
from small_internet import WEBSITE
from timing import slowness
from uncounted import environment

from vitality_lib.web.browser_paths import find_browser

pytestmark = pytest.mark.long

HERE = Path(__file__).parent
MOST_SECONDS = 30.0
MOST_MIB = 64.0
MOST_MIB_OF_A_BROWSER = 1024.0  # on top of a plain page: one of its processes is stopped at 768, seen every 0.25 s


@dataclass(frozen=True)
class Attack:
    """What became of a group: its records by case, the browsers that are left, the MiB that one takes for a plain page,
    what the server was asked, who touched the canary.
    """

    records: Mapping[str, dict[str, Any]]
    left: list[str]
    plain: float
    asked: list[str]
    touched: list[str]


@cache
def attacked(group: str) -> Attack:
    """Run a group, once."""
    return asyncio.run(_attacked(group))


async def _attacked(group: str) -> Attack:
    cases = GROUPS[group]
    behaviours = {"warm-up.example": Case().behave} | {host_of(name): case.behave for name, case in cases.items()}
    robots = frozenset(host_of(name) for name, case in cases.items() if case.robots)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(hostile(behaviours, robots))
        folder = Path(stack.enter_context(TemporaryDirectory()))
        ports, trusted = await secured(server, folder, stack)
        plan = _plan(cases, server, ports) | {"trusted": str(trusted)}
        lines = await _run(group, plan)
    *records, last = (json.loads(line) for line in lines)
    by_case = {record["case"]: record for record in records}
    return Attack(by_case, last["left"], last["plain"], server.asked, server.touched)


def _plan(cases: Mapping[str, Case], server: HostileServer, ports: Mapping[str, int]) -> dict[str, Any]:
    """Names and routes of the small internet: a website each, those with TLS at an address of their own."""
    names: dict[str, list[list[str]]] = {"warm-up.example": [[WEBSITE]], "localhost": [["127.0.0.1"]]}
    names |= {host_of(name): [list(a) for a in case.answers] or [[WEBSITE]] for name, case in cases.items()}
    routes: list[tuple[str, int, int]] = [(WEBSITE, 80, server.port)]
    for number, (host, port) in enumerate(ports.items()):
        names[host] = [[f"93.184.216.{number}"]]
        routes += [(f"93.184.216.{number}", 80, server.port), (f"93.184.216.{number}", 443, port)]
    return {"names": names, "routes": routes, "canary": server.canary}


async def _run(group: str, plan: dict[str, Any]) -> list[str]:
    paths = f"{HERE}:{HERE.parent}:{HERE.parent.parent}"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(HERE / "attack.py"),
        group,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=environment() | {"PYTHONPATH": paths},
    )
    output, _ = await process.communicate(json.dumps(plan).encode())
    assert process.returncode == 0
    return output.decode().splitlines()


NEED_BROWSER = frozenset(group for group in GROUPS if any(c.way is Way.BROWSE for c in GROUPS[group].values()))
HERE_TOO = [group for group in GROUPS if group not in NEED_BROWSER or find_browser()]


def marks(group: str) -> list[pytest.MarkDecorator]:
    browser = [pytest.mark.browser] if group in NEED_BROWSER else []
    return browser + ([pytest.mark.chaos] if "slow" in group else [])


GROUP_PARAMS = [pytest.param(group, marks=marks(group)) for group in HERE_TOO]
CASES = [
    pytest.param(group, name, id=f"{group}: {name}", marks=marks(group)) for group in HERE_TOO for name in GROUPS[group]
]
BROWSED = [
    pytest.param(group, name, id=f"{group}: {name}", marks=marks(group))
    for group in HERE_TOO
    for name, case in GROUPS[group].items()
    if case.way is Way.BROWSE
]


@pytest.mark.parametrize(("group", "name"), CASES)
def test_a_hostile_case_ends_in_its_outcome(group: str, name: str) -> None:
    case, record = GROUPS[group][name], attacked(group).records[name]
    assert record["reason"] in case.reasons, record["detail"]
    assert case.holds.decode() in record["body"]
    assert case.lacks.decode() not in record["body"]
    assert case.says in record["detail"]


@pytest.mark.parametrize(("group", "name"), CASES)
def test_it_ends_soon_and_takes_little_memory(group: str, name: str) -> None:
    record = attacked(group).records[name]
    assert record["seconds"] < MOST_SECONDS or record["seconds"] < MOST_SECONDS * slowness()
    assert record["kept"] < MOST_MIB
    assert record["peak"] < MOST_MIB


@pytest.mark.parametrize(("group", "name"), BROWSED)
def test_the_browser_stays_within_bounds(group: str, name: str) -> None:
    attack = attacked(group)
    assert attack.plain > 0
    assert attack.records[name]["browser"] - attack.plain < MOST_MIB_OF_A_BROWSER


@pytest.mark.parametrize(("group", "name"), CASES)
def test_nothing_escapes(group: str, name: str) -> None:
    assert attacked(group).records[name]["attempts"] == []


@pytest.mark.parametrize(("group", "name"), CASES)
def test_a_trap_is_bounded(group: str, name: str) -> None:
    host = host_of(name)
    asked = [request for request in attacked(group).asked if f" {host}/" in request]
    assert len([request for request in asked if not request.endswith("/robots.txt")]) <= GROUPS[group][name].most


@pytest.mark.parametrize("group", GROUP_PARAMS)
def test_the_canary_sings_of_nobody(group: str) -> None:
    assert attacked(group).touched == []
    assert attacked(group).left == []


def test_there_are_as_many_cases_as_were_asked_for() -> None:
    quick = [case for group, cases in GROUPS.items() if "slow" not in group for case in cases.values()]
    assert sum(case.way is not Way.BROWSE for case in quick) >= 60
    assert sum(case.way is Way.BROWSE for case in quick) >= 12
    assert len({host_of(name) for cases in GROUPS.values() for name in cases}) == sum(map(len, GROUPS.values()))
