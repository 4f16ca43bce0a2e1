"""Part `efficiency`: the least time that the rules allow over the time a crawl takes; the web server is the witness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_crawl import Place, StageTook, place
from bench_manners import Witnessed, witnessed
from bench_nation import POLITENESS_OFF, Plan, asked, nation
from bench_options import Options, progress
from bench_page import Result
from bench_sizes import plan_of

from vitality_lib.models import Stage

PARISHES = 1000
LEAST, AT = 0.90, 5  # efficiency at so many workers


@dataclass(frozen=True)
class Crawl:
    """A stage, the workers that it had, what they took, what the server saw."""

    stage: Stage
    workers: int
    took: StageTook
    seen: Witnessed

    @property
    def efficiency(self) -> float:
        return self.seen.least / self.seen.seconds

    @property
    def row(self) -> Sequence[object]:
        """A line of the table."""
        seen, took = self.seen, self.took.workers
        return (f"{self.stage}, {self.workers}", f"{seen.requests:,}", f"{seen.least:.1f}", seen.bound,
                f"{seen.seconds:.1f}", f"{self.efficiency:.3f}", f"{took.seconds:.1f}",
                f"{took.cpu + self.took.database:.1f}", len(seen.broken))  # fmt: skip


def measured(options: Options) -> Result:
    """Discovery and extraction once, with one worker; then the schedule stage, for each number of workers anew.

    What is not among the chosen stages is only made ready for the others, with politeness off.
    """
    plan = plan_of(options, PARISHES)
    with place() as here:
        crawls = []
        for stage in (Stage.DISCOVERY, Stage.EXTRACTION):
            pace = options.pace if stage in options.stages else POLITENESS_OFF
            crawl = _crawl(here, plan, options, stage, workers=1, pace=pace)
            crawls += [crawl] if stage in options.stages else []
        for workers in options.workers if Stage.SCHEDULE in options.stages else ():
            crawls.append(_crawl(here, plan, options, Stage.SCHEDULE, workers=workers, pace=options.pace))
    return result(crawls, options.pace)


def result(crawls: Sequence[Crawl], pace: float) -> Result:
    """The table, the sum of all stages, and which rules were broken."""
    before = [one for one in crawls if one.stage is not Stage.SCHEDULE]
    rows = [one.row for one in crawls]
    for last in (one for one in crawls if one.stage is Stage.SCHEDULE):
        all_of_it = [*before, last]
        least, actual = (sum(one.seen.least for one in all_of_it), sum(one.seen.seconds for one in all_of_it))
        if not before:
            continue
        rows.append((f"all, {last.workers}", f"{sum(one.seen.requests for one in all_of_it):,}", f"{least:.1f}", "",
                     f"{actual:.1f}", f"{least / actual:.3f}", "", "", ""))  # fmt: skip
    faults = [f"{one.stage} with {one.workers}: {said}" for one in crawls for said in one.seen.broken[:5]]
    faults += [
        f"efficiency {one.efficiency:.3f} with {one.workers} workers, {LEAST} is asked for"
        for one in crawls
        if one.stage is Stage.SCHEDULE and one.workers == AT and one.efficiency < LEAST
    ]
    notes = [
        f"The clock runs at {pace}: rests of the manners and latencies of the server alike. Least time: the longest of"
        " all hosts' (answers, and the rests between them) and all keys' (answers of a platform or a domain, two at a"
        " time). Seconds: from the first request to the last answer, by the server's log; processes: with their start"
        " and end.",
    ]
    heading = ("stage, workers", "requests", "least s", "bound by", "seconds", "efficiency", "processes s", "CPU s",
               "rules broken")  # fmt: skip
    return Result(heading, rows, notes, faults)


def _crawl(here: Place, plan: Plan, options: Options, stage: Stage, *, workers: int, pace: float) -> Crawl:
    name = "vitality"
    if stage is Stage.SCHEDULE:
        here.copy(name := f"schedule{workers}")
    log = Path(here.home) / f"{stage}-{workers}.log"
    progress(f"efficiency: {stage}, {workers} workers, {plan.parishes} parishes at pace {pace}")
    with nation(plan, pace=pace, log=log) as served:
        settings: Mapping[str, str] = {**served.settings(pace), **options.settings}
        took = here.stage(stage, settings, name, workers)
    crawl = Crawl(stage, workers, took, witnessed(asked(log), plan, pace, _read_before(here, stage)))
    progress(f"  least {crawl.seen.least:.1f} s by {crawl.seen.bound}, took {crawl.seen.seconds:.1f} s")
    return crawl


def _read_before(here: Place, stage: Stage) -> frozenset[str]:
    """The hosts whose robots.txt an earlier stage has read: it is good for a day."""
    earlier = list(Stage)[: list(Stage).index(stage)]
    logs = [log for one in earlier for log in here.home.glob(f"{one}-*.log")]
    return frozenset(one.host for log in logs for one in asked(log) if one.target == "/robots.txt")
