"""Politeness over the fleet: five processes crawl 200 hosts over one PostgreSQL; a judge reads what the hosts saw."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
import timing
import uncounted
from fleet_judge import Seen, crawl_seconds, least_seconds, violations
from fleet_plan import rules
from fleet_server import PLANS

pytestmark = pytest.mark.alone

HERE = Path(__file__).parent
PROCESSES = 5


@dataclass
class Fleet:
    """A server and its crawlers, all running and ready."""

    plan: str
    pace: float
    database_url: str
    stack: ExitStack

    def __post_init__(self) -> None:
        self.server = self.started("fleet_server.py", self.plan)
        port = said(self.server)
        self.environment = uncounted.environment() | {
            "DATABASE_URL": self.database_url,
            "VITALITY_RESOLVE": f"*=127.0.0.1:{port}",
            "VITALITY_PACE": f"{self.pace:.3f}",
            "VITALITY_TIMEOUT": "3",
        }
        self.workers = [
            self.started("fleet_worker.py", self.plan, str(number), str(PROCESSES), environment=self.environment)
            for number in range(PROCESSES)
        ]
        assert [said(worker) for worker in self.workers] == ["ready"] * PROCESSES

    def started(self, *arguments: str, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, str(HERE / arguments[0]), *arguments[1:]]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment or uncounted.environment(),
        )
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        return process

    def go(self) -> None:
        for worker in self.workers:
            assert worker.stdin
            worker.stdin.write("go\n")
            worker.stdin.flush()

    def reports(self, workers: list[subprocess.Popen[str]]) -> list[dict[str, int]]:
        """What the workers say in the end."""
        said = [worker.communicate(timeout=400)[0] for worker in workers]
        assert [worker.returncode for worker in workers] == [0] * len(workers)
        return [json.loads(line) for line in said]

    def record(self) -> list[Seen]:
        """What the hosts saw."""
        lines = self.server.communicate(timeout=30)[0].splitlines()
        return [Seen(**json.loads(line)) for line in lines]


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.mark.timeout(500)
def test_ten_thousand_requests_break_no_rule_and_take_hardly_longer_than_the_rules_do(
    database_url: str, stack: ExitStack
) -> None:
    pace = min(2.0, timing.slowness() ** 0.75)  # a slow machine gets longer delays, not a softer bound
    fleet = Fleet("big", pace, database_url, stack)
    fleet.go()
    reports = fleet.reports(fleet.workers)
    record, expected = fleet.record(), rules(PLANS["big"], fleet.pace)
    took, least = crawl_seconds(record), least_seconds(record, expected)
    questions = sum(report["asked"] for report in reports) / len(record)
    print(  # noqa: T201
        f"{len(record)} requests to {len({seen.host for seen in record})} hosts by {PROCESSES} processes at a pace of "
        f"{fleet.pace:.2f}: {took:.1f} s, the rules need {least:.1f} s: {took / least:.3f}; "
        f"{questions:.2f} questions a request"
    )
    assert violations(record, expected) == []
    assert len(record) == sum(report["made"] for report in reports) == 10_000
    assert took <= 1.10 * least
    assert questions <= 3


@dataclass(frozen=True)
class Held:
    """A turn whose holder is dead: the host, and from when on another may have it, by the clock of the record."""

    host: str
    until: float


def killed_over_a_request(worker: subprocess.Popen[str], database_url: str) -> list[Held]:
    """Kill a worker while it has a turn: while it is stopped, only its own requests stay in flight so long."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        for _ in range(30):
            time.sleep(1)
            worker.send_signal(signal.SIGSTOP)
            time.sleep(2.5)
            query = "SELECT host, lapses_at - now() FROM turns WHERE taken_at < now() - interval '2 seconds'"
            held, now = connection.execute(query).fetchall(), time.monotonic()
            if held:
                worker.kill()
                return [Held(host, now + left.total_seconds()) for host, left in held]
            worker.send_signal(signal.SIGCONT)
    raise AssertionError("it never had a turn when it was stopped")


def test_one_of_five_processes_is_killed_and_the_others_finish_without_breaking_a_rule(
    database_url: str, stack: ExitStack
) -> None:
    fleet = Fleet("small", 0.3, database_url, stack)
    killed, *others = fleet.workers
    fleet.go()
    dead = killed_over_a_request(killed, database_url)
    reports, record = fleet.reports(others), fleet.record()
    assert violations(record, rules(PLANS["small"], fleet.pace)) == []
    assert [report["made"] for report in reports] == [20 * 4] * 4
    for held in dead:
        last, following = around(held, record)
        assert last.started < held.until - 0.5 <= following.started
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM turns WHERE lapses_at > now()").fetchone() == (0,)


def around(held: Held, record: list[Seen]) -> tuple[Seen, Seen]:
    """The last request to a host under the turn that lapsed, and the first after it: the longest pause is between."""
    seen = sorted((one for one in record if one.host == held.host), key=lambda one: one.started)
    return max(pairwise(seen), key=lambda two: two[1].started - two[0].ended)
