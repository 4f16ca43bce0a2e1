"""`make report-cost`: what the report of a country of national size takes, in seconds and memory.

Fills a database (196 dioceses, 17,000 parishes, 120,000 services) in an embedded PostgreSQL of its own, then runs
`vitality report` as a process of its own, twice: as it is, and after a report of long ago, so that every service is a
change. Ends with 1 above 60 s or 512 MiB.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from national_database import fill  # noqa: E402 - it lies among the tests

from vitality_lib.store import embedded, migrate  # noqa: E402

SECONDS, MEBIBYTES = 60.0, 512.0


@dataclass(frozen=True)
class Cost:
    """What one report took: seconds on the clock, and the most memory its process held, in MiB."""

    what: str
    seconds: float
    mebibytes: float

    @property
    def too_much(self) -> bool:
        return self.seconds > SECONDS or self.mebibytes > MEBIBYTES

    def __str__(self) -> str:
        return f"{self.what:45} {self.seconds:6.1f} s {self.mebibytes:6.0f} MiB{'  TOO MUCH' if self.too_much else ''}"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="vitality-") as folder:
        home = Path(folder)
        with embedded.running(home, ("fsync=off",)) as server:
            url = server.url("postgres")
            migrate.upgrade(url)
            asyncio.run(_fill(url))
            costs = [_report(url, home, "report")]
            with psycopg.connect(url) as connection:  # every service began after the report that is left
                connection.execute("UPDATE reports SET made_at = made_at - interval '2 years'")
            costs.append(_report(url, home, "report, all services and parishes new"))
    for cost in costs:
        print(cost)
    print(f"{'allowed':45} {SECONDS:6.1f} s {MEBIBYTES:6.0f} MiB")
    return int(any(cost.too_much for cost in costs))


async def _fill(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await fill(connection)


def _report(url: str, home: Path, what: str) -> Cost:
    """One `vitality report`, and what it took by the kernel's own account of that process."""
    environment = os.environ | {"DATABASE_URL": url, "VITALITY_HOME": str(home / "made")}
    start = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "vitality_lib", "report"], env=environment, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"vitality report ended with {process.returncode}")
    divisor = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(what, time.monotonic() - start, usage.ru_maxrss / divisor)


if __name__ == "__main__":
    sys.exit(main())
