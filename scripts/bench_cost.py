"""Part `cost`: CPU and memory per 1,000 pages, step by step, beside a Scrapy spider on the same server."""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench_child import Took, cpu_of_database, run
from bench_crawl import STAGES, Place, place
from bench_nation import ROOT, Nation, nation
from bench_options import Options, progress
from bench_page import Result
from bench_sizes import plan_of

PARISHES = 1000
SCRAPY = "Scrapy: fetch + parse + JSON lines"
MOST_OF_READ, MOST_OF_WHOLE = 0.8, 2.0  # times Scrapy's CPU per page
_SCRAPY = ROOT / ".venv" / "scrapy" / "bin" / "python"
_SCRIPTS = Path(__file__).parent


@dataclass(frozen=True)
class Cost:
    """One run of one step: its process, PostgreSQL's seconds of CPU meanwhile, pages read, requests made."""

    process: Took
    database: float
    pages: int
    requests: int

    @property
    def cpu(self) -> float:
        """Seconds of CPU per 1,000 pages, the database's with it."""
        return (self.process.cpu + self.database) * 1000 / self.pages


def measured(options: Options) -> Result:
    """Several rounds; in each, every step once, one after the other. The median round of each step counts."""
    plan = plan_of(options, PARISHES)
    rounds: list[dict[str, Cost]] = []
    with nation(plan) as served:
        for number in range(options.repeat):
            progress(f"cost: round {number + 1} of {options.repeat}, {plan.parishes} parishes")
            with place() as here:
                rounds.append(_round(here, served))
    return result({step: median([one[step] for one in rounds]) for step in rounds[0]})


def median(costs: list[Cost]) -> Cost:
    """The run in the middle, by CPU."""
    middle = statistics.median_low(cost.cpu for cost in costs)
    return next(cost for cost in costs if cost.cpu == middle)


def result(costs: Mapping[str, Cost]) -> Result:
    """The table, the two ratios, and whether they are kept."""
    scrapy = costs[SCRAPY]
    rows = [
        (step, f"{one.pages:,}", f"{one.requests:,}", f"{one.process.cpu * 1000 / one.pages:.2f}",
         f"{one.database * 1000 / one.pages:.2f}", f"{one.process.memory / 2**20:.0f}", f"{one.cpu / scrapy.cpu:.2f}")
        for step, one in costs.items()
    ]  # fmt: skip
    read, whole = costs["fetch + parse"], costs["all stages"]
    alone = whole.process.cpu * 1000 / whole.pages / scrapy.cpu
    notes = [
        f"Fetched and parsed: {read.cpu / scrapy.cpu:.2f} times Scrapy's CPU per page (at most {MOST_OF_READ}). "
        f"Whole pipeline: {whole.cpu / scrapy.cpu:.2f} times with PostgreSQL, {alone:.2f} without "
        f"(at most {MOST_OF_WHOLE}).",
        "Equal work: the same homepages and the first page of times that each names, robots.txt obeyed, the same"
        " reader, 16 sites at once, politeness and browser off on both sides, start-up of the process included.",
    ]
    faults = []
    if read.cpu > MOST_OF_READ * scrapy.cpu:
        faults.append(f"a page fetched and parsed takes {read.cpu / scrapy.cpu:.2f} times Scrapy's CPU")
    if whole.cpu > MOST_OF_WHOLE * scrapy.cpu:
        faults.append(f"the whole pipeline takes {whole.cpu / scrapy.cpu:.2f} times Scrapy's CPU")
    heading = ("step", "pages", "requests", "CPU s / 1,000", "PostgreSQL's", "MiB at most", "to Scrapy")
    return Result(heading, rows, notes, faults)


def _round(here: Place, served: Nation) -> dict[str, Cost]:
    websites = here.home / "websites.json"
    sites = [member.parish.website for _, member in served.plan.parishes_of_all() if member.parish.website]
    websites.write_text(json.dumps(sites), "utf-8")
    settings = {**served.settings(), "VITALITY_BROWSER": "off", "GEMINI_API_KEY": ""}
    costs = {"fetch + parse": _ours("parse", here, websites, settings)}
    costs[SCRAPY] = _scrapy(here, websites, served.port)
    costs["fetch"] = _ours("fetch", here, websites, settings)
    store = {**settings, "DATABASE_URL": here.copy("store")}
    costs["fetch + parse + store"] = _ours("store", here, websites, store)
    costs |= _stages(here, settings)
    order = ("fetch", "fetch + parse", SCRAPY, "fetch + parse + store")
    return {step: costs[step] for step in (*order, *(step for step in costs if step not in order))}


def _stages(here: Place, settings: Mapping[str, str]) -> dict[str, Cost]:
    """Each stage by itself; each counts per 1,000 pages of the whole crawl, so that they add up to the last line."""
    took = {stage: here.stage(stage, settings) for stage in STAGES}
    ((pages, requests),) = here.ask("SELECT (SELECT count(*) FROM pages), (SELECT sum(requests)::bigint FROM hosts)")
    costs = {f"stage {stage}": Cost(one.workers, one.database, pages, requests) for stage, one in took.items()}
    whole = Took(0.0, 0.0, 0)
    for one in took.values():
        whole += one.workers
    costs["all stages"] = Cost(whole, sum(one.database for one in took.values()), pages, requests)
    return costs


def _ours(mode: str, here: Place, websites: Path, settings: Mapping[str, str]) -> Cost:
    command = [sys.executable, _SCRIPTS / "bench_cost_ours.py", mode, websites, here.home / "items.jsonl"]
    return _child(command, {**settings, "PYTHONPATH": str(ROOT)}, here)


def _scrapy(here: Place, websites: Path, port: int) -> Cost:
    """Scrapy sees the project's own packages, so that both sides parse with the same ones."""
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    command = [_SCRAPY, _SCRIPTS / "bench_cost_spider.py", websites, here.home / "items.jsonl", str(port)]
    return _child(command, {"PYTHONPATH": os.pathsep.join([str(ROOT), packages])}, here)


def _child(command: list[str | Path], environment: Mapping[str, str], here: Place) -> Cost:
    log = here.home / "child.log"
    log.unlink(missing_ok=True)
    before = cpu_of_database(here.server)
    took = run(command, environment, log)
    said = json.loads(log.read_text("utf-8").splitlines()[-1])
    return Cost(took, cpu_of_database(here.server) - before, said["pages"], said["requests"])
