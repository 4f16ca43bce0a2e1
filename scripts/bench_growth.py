"""Part `growth`: the whole pipeline over nations of several sizes, politeness off, and how the time grows with them."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench_crawl import STAGES, Place, StageTook, place
from bench_nation import Nation, nation
from bench_options import Options, progress
from bench_page import Result
from bench_sizes import sized

from vitality_lib.models import Stage

PARISHES = (1000, 4000, 17_000)
LONGEST, LARGEST = 45 * 60.0, 17_000
MOST_EXPONENT = 1.05
_SHARED = frozenset({Stage.EXTRACTION, Stage.SCHEDULE})  # the stages whose work several workers can share


@dataclass(frozen=True)
class Grown:
    """One size: seconds from start to end, seconds of CPU with PostgreSQL's, pages kept."""

    parishes: int
    seconds: float
    cpu: float
    pages: int
    stages: Sequence[StageTook]


def measured(options: Options) -> Result:
    """Each size once, the smallest first."""
    return result([_grown(parishes, options) for parishes in sorted(options.parishes or PARISHES)])


def exponent(sizes: Sequence[float], took: Sequence[float]) -> float:
    """The b of took = a * size ** b, by least squares on the logarithms. At least two different sizes."""
    across, up = [math.log(one) for one in sizes], [math.log(one) for one in took]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    rise = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True))
    return rise / sum((x - middle) ** 2 for x in across)


def result(grown: Sequence[Grown]) -> Result:
    """The table, and the exponents of time and of CPU."""
    rows = [
        (f"{one.parishes:,}", f"{one.pages:,}", f"{one.seconds:.0f}", f"{one.cpu:.0f}",
         *(f"{stage.workers.seconds:.0f}" for stage in one.stages), f"{one.parishes / one.seconds:.1f}")
        for one in grown
    ]  # fmt: skip
    notes, faults = [f"Politeness off, {_workers()} workers share extraction and schedule."], []
    if len(grown) > 1:
        sizes = [one.parishes for one in grown]
        time_, cpu = exponent(sizes, [one.seconds for one in grown]), exponent(sizes, [one.cpu for one in grown])
        notes.append(f"Exponent of the seconds: {time_:.3f}, of the CPU: {cpu:.3f} (at most {MOST_EXPONENT}).")
        faults += [f"the seconds grow with the power {time_:.3f}"] if time_ > MOST_EXPONENT else []
    faults += [
        f"{one.parishes} parishes take {one.seconds / 60:.0f} min"
        for one in grown
        if one.parishes <= LARGEST and one.seconds > LONGEST
    ]
    heading = ("parishes", "pages", "seconds", "CPU s", *(f"{stage} s" for stage in STAGES), "parishes/s")
    return Result(heading, rows, notes, faults)


def _grown(parishes: int, options: Options) -> Grown:
    progress(f"growth: {parishes} parishes")
    with nation(sized(parishes, options.dioceses)) as served, place() as here:
        began = time.monotonic()
        took = [_stage(here, served, options, stage) for stage in STAGES]
        seconds = time.monotonic() - began
        ((pages,),) = here.ask("SELECT count(*) FROM pages")
    return Grown(parishes, seconds, sum(one.workers.cpu + one.database for one in took), pages, took)


def _stage(here: Place, served: Nation, options: Options, stage: Stage) -> StageTook:
    workers = _workers() if stage in _SHARED else 1
    took = here.stage(stage, {**served.settings(), **options.settings}, workers=workers)
    progress(f"  {stage}: {took.workers.seconds:.0f} s, {took.workers.cpu + took.database:.0f} s of CPU")
    return took


def _workers() -> int:
    return len(os.sched_getaffinity(0))
