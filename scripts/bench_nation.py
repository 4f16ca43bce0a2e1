"""The generated nation, served by a process of its own, and what its server says it was asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
for _folder in (TESTS / "web", TESTS):
    sys.path.insert(0, str(_folder))

from nation.plan import Plan  # noqa: E402 - it lies among the tests
from nation.server import Served  # noqa: E402

from vitality_lib.sample import USCCB_URL  # noqa: E402

POLITENESS_OFF = 0.0001  # the pace at which no host is owed a rest worth the name


@dataclass(frozen=True)
class Nation:
    """Where it is served, and which log it writes."""

    plan: Plan
    port: int
    pid: int
    log: Path | None

    def settings(self, pace: float = POLITENESS_OFF) -> dict[str, str]:
        """The variables that point a crawl at it."""
        return {
            "VITALITY_RESOLVE": f"*=127.0.0.1:{self.port}",
            "VITALITY_USCCB_URL": USCCB_URL,
            "VITALITY_PACE": str(pace),
            "VITALITY_LOG_FORMAT": "json",
        }


@contextmanager
def nation(plan: Plan, *, pace: float = 0.0, log: Path | None = None, failing: float = 0.0) -> Iterator[Nation]:
    """Serve a plan on a free port, and end the server on the way out; only then is its log complete."""
    command = [sys.executable, "-m", "nation", "--dioceses", str(plan.dioceses), "--parishes", str(plan.parishes)]
    command += ["--seed", str(plan.seed), "--epoch", str(plan.epoch), "--changing", str(plan.changing)]
    command += ["--pace", str(pace), "--failing", str(failing), *(["--log", str(log)] if log else [])]
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}:{ROOT}"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        try:
            assert process.stdout is not None
            yield Nation(plan, int(json.loads(process.stdout.readline())["port"]), process.pid, log)
        finally:
            process.terminate()


def asked(log: Path) -> Sequence[Served]:
    """What the server was asked, in the order of its answers."""
    return [_asked(*line.split("\t")) for line in log.read_text("utf-8").split("\n")[:-1]]


def _asked(host: str, target: str, began: str, ended: str, status: str) -> Served:
    return Served(host, target, float(began), float(ended), int(status))
