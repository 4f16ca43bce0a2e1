"""Fuzz the parsers of foreign bytes: `scripts/fuzz.py [NAME ...] --seconds 60`. Without a name, all of them in turn.

Each goes on from the corpus that earlier runs left in `--home`. Ends with 1 when there is a finding.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/fuzz")]
os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])
_HOME = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "vitality-fuzz"
_RUNS = re.compile(r"number_of_executed_units: (\d+)")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", metavar="NAME", help="parsers; --list shows them")
    asked.add_argument("--seconds", type=int, default=60, help="for each parser")
    asked.add_argument("--home", type=Path, default=_HOME, help="where corpus, findings and totals are kept")
    asked.add_argument("--list", action="store_true", help="print the names of the parsers")
    asked.add_argument("--only", choices=("guided", "growth"), help="one of the two halves")
    given = asked.parse_args()
    if given.list:
        from parsers import PARSERS  # noqa: PLC0415 - the fuzzer must load the library itself, instrumented

        print("\n".join(PARSERS))
        return 0
    given.home.mkdir(parents=True, exist_ok=True)
    totals = Totals(given.home)
    if given.only != "growth":
        _guided(given.names, given.home, given.seconds, totals)
    if given.only != "guided":
        _grown(given.names, given.home, given.seconds, totals)
    found = sorted(file for file in (given.home / "findings").rglob("*") if file.is_file() and file.suffix != ".txt")
    print(f"{totals.seconds:.0f} CPU seconds in all; findings: {len(found)}", *found, sep="\n")
    return 1 if found else 0


class Totals:
    """CPU seconds and runs by parser, over all runs; kept in a file that several processes may write."""

    def __init__(self, home: Path) -> None:
        self._file = home / "totals.json"

    @property
    def seconds(self) -> float:
        return float(sum(one["seconds"] for one in self._read().values()))

    def add(self, name: str, seconds: float, runs: int) -> None:
        with self._file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            known = self._read()
            one = known.setdefault(name, {"seconds": 0.0, "runs": 0})
            one["seconds"], one["runs"] = round(one["seconds"] + seconds, 1), one["runs"] + runs
            self._file.write_text(json.dumps(known, indent=1))
        print(
            f"{name:32} {seconds:7.1f} CPU s {runs:9} runs   in all {one['seconds']:8.1f} s {one['runs']:10}",
            flush=True,
        )

    def _read(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = json.loads(self._file.read_text()) if self._file.exists() else {}
        return found


def _guided(names: list[str], home: Path, seconds: int, totals: Totals) -> None:
    """Each parser in a process of its own, made of this one when the instrumented library has been loaded."""
    from guided import PARSERS, fuzz  # noqa: PLC0415 - takes ten seconds, and only half of the runs need it

    for name in names or PARSERS:
        log = home / "logs" / f"{name}.log"
        used, runs = _in_child(log, lambda name=name: fuzz(name, home, seconds))
        totals.add(name, used, runs)


def _grown(names: list[str], home: Path, seconds: int, totals: Totals) -> None:
    """Whether time grows in step with bytes, without instrumentation, which would be timed as well."""
    used, _ = _in_child(
        home / "logs" / "growth.log",
        lambda: os.execv(  # noqa: S606
            sys.executable,
            [sys.executable, str(ROOT / "tests/fuzz/growth.py"), str(home), str(max(2, seconds // 6)), *names],
        ),
    )
    totals.add("growth", used, 0)


def _in_child(log: Path, work: Any) -> tuple[float, int]:
    """CPU seconds and runs of a piece of work in a child process, whose output goes to a file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    child = os.fork()
    if child == 0:
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        work()
        os._exit(0)
    _, _, usage = os.wait4(child, 0)
    runs = _RUNS.search(log.read_text(errors="replace"))
    return usage.ru_utime + usage.ru_stime, int(runs[1]) if runs else 0


if __name__ == "__main__":
    raise SystemExit(main())
