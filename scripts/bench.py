"""`make bench`: what a nation costs. Each part measures one thing and writes its own table into docs/benchmarks.md."""

from __future__ import annotations

import importlib
import shlex
import signal
import sys
from datetime import UTC, datetime

import bench_options
import bench_page
from bench_child import Failed
from bench_options import progress

PARTS = {
    "server": "the generated nation itself: pages, requests a second",
    "efficiency": "least time by the rules / time taken, for 1, 5 and 10 workers",
    "cost": "CPU and memory per 1,000 pages, step by step, beside Scrapy",
    "pages": "pages read per core-second",
    "database": "statements and bytes to and from PostgreSQL per page",
    "second-pass": "the same crawl again, nothing having changed",
    "memory": "peak memory of each stage, browser included, against its pod's request",
    "growth": "the whole pipeline at 1,000, 4,000 and 17,000 parishes",
    "airflow": "Airflow's own cost (only when asked for)",
}


def main(arguments: list[str] | None = None) -> int:
    """0: all limits are kept; 1: one is not, or a part failed; 2: wrong usage."""
    given = sys.argv[1:] if arguments is None else arguments
    chosen, options = bench_options.parse(given, PARTS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # all that was started is ended on the way out
    faults = 0
    for part in chosen:
        progress(f"{part}: {PARTS[part]}")
        try:
            result = importlib.import_module(f"bench_{part.replace('-', '_')}").measured(options)
        except Failed as failed:
            progress(f"{part}: {failed}")
            faults += 1
            continue
        print(f"\n{part}\n\n{result}\n", flush=True)
        command = shlex.join(["scripts/bench.py", *_alone(given, part)])
        text = bench_page.put(bench_page.PAGE.read_text("utf-8"), part, result, command, datetime.now(UTC))
        bench_page.PAGE.write_text(text, "utf-8")
        faults += len(result.faults)
    return 1 if faults else 0


def _alone(given: list[str], part: str) -> list[str]:
    """The arguments with which this part alone is run."""
    kept = [one for place, one in enumerate(given) if "--parts" not in (one, given[place - 1] if place else "")]
    return ["--parts", part, *(one for one in kept if not one.startswith("--parts="))]


if __name__ == "__main__":
    sys.exit(main())
