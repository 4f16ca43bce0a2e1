"""Part `memory`: the most that each stage's processes held at once, browser included, against its pod's request."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bench_child import Failed
from bench_crawl import WORKER, Place, place
from bench_nation import Nation, nation
from bench_options import Options, progress
from bench_page import Result
from bench_sizes import plan_of
from cluster_environment import environment
from measure import STAGES, limits_of, pod_of
from measured import Measured, control_groups, measure, measure_tree
from vitality_airflow.runtime import runtime

from vitality_lib.models import Stage

PARISHES = 1000
_MIB = 2**20


def measured(options: Options) -> Result:
    """Each stage once, in order, with one worker and all the memory of the machine."""
    os.environ |= environment("production").variables()
    runtime.cache_clear()
    without = control_groups()
    rows, faults = [], []
    with nation(plan_of(options, PARISHES)) as served, place() as here:
        for stage in STAGES:
            allowed = limits_of(pod_of(stage))[0]
            took = _stage(here, served, options, stage, groups=not without)
            progress(f"memory: {stage}, {took.memory / _MIB:.0f} MiB")
            rows.append((stage, f"{took.memory / _MIB:.0f}", f"{allowed / _MIB:.0f}", f"{took.memory / allowed:.0%}",
                         f"{took.seconds:.0f}", f"{took.cpu_seconds:.0f}"))  # fmt: skip
            if took.memory >= allowed:
                faults.append(f"{stage} held {took.memory / _MIB:.0f} MiB, its pod has {allowed / _MIB:.0f}")
    how = f"summed over processes (no control group: {without})" if without else "by the kernel's control group"
    notes = [f"Worker, Chromium and its driver, {how}; PostgreSQL and the web server are not in it."]
    return Result(("stage", "MiB at most", "its pod's", "share", "seconds", "CPU s"), rows, notes, faults)


def _stage(here: Place, served: Nation, options: Options, stage: Stage, *, groups: bool) -> Measured:
    settings: Mapping[str, str] = {**served.settings(), **options.settings}
    own = {"DATABASE_URL": here.url(), "VITALITY_HOME": str(here.home / "made")}
    command, log = [*WORKER, "--type", stage.value], Path(here.home) / f"{stage}.log"
    took = (measure if groups else measure_tree)(command, {**os.environ, **settings, **own}, log)
    if took.code:
        raise Failed(f"{stage} ended with {took.code}\n{log.read_text('utf-8', 'replace')[-1500:]}")
    return took
