"""`make measure`: what each stage takes, with its browser, over the sample web, beside what its pod asks for.

Command and settings are those of the pod that Airflow would start (one for all dioceses, where a DAG has one for each).
Two crawls, each with an empty embedded PostgreSQL, which is not counted, nor is the sample web: one with all that the
machine has, and, where control groups can be made, one within the memory and CPU of a pod.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cluster_environment import NAMES, ROOT, environment
from crawled import crawled
from measured import control_groups, measure, measure_tree
from measured_table import Row, Run, faults, table
from sample_web import SampleWeb, sample_web

sys.path.append(str(ROOT / "plugins"))
from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator  # noqa: F401 - registers the models
from kubernetes.client import V1Pod
from kubernetes.utils.quantity import parse_quantity
from vitality_airflow.child import command_of, environment_of
from vitality_airflow.runtime import runtime
from vitality_airflow.sizes import in_bytes
from vitality_airflow.stage_operator import StageOperator

from vitality_lib.models import Stage
from vitality_lib.store import embedded, migrate

STAGES = (Stage.DISCOVERY, Stage.EXTRACTION, Stage.SCHEDULE, Stage.REPORTING)
_NOTHING_CHOSEN = {"force": False, "dioceses": [], "max_parishes_per_diocese": 0, "num_parishes_for_schedule": 0}
_LAST_WORDS = 2000  # characters of the log of a stage that failed
Limits = tuple[int, float]  # bytes and cores


@dataclass(frozen=True)
class Place:
    """Where a crawl is done: its folder, its database, the web it sees."""

    home: Path
    database: str
    web: SampleWeb


def main(arguments: list[str] | None = None) -> int:
    """0: every stage ends well within its pod; 1: one does not; 2: wrong usage."""
    given = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # everything that was started is ended on the way out
    os.environ |= environment(given.environment).variables()
    runtime.cache_clear()
    without = control_groups()
    free = _crawl(within_limits=False, groups=not without)
    within = {} if without else _crawl(within_limits=True, groups=True)
    rows = list(_rows(free, within))
    print(table(rows))
    if without:
        print(f"No control group can be made ({without}): memory is a sum over processes, nothing was limited.")
    found = faults(rows)
    for fault in found:
        print(fault)
    return 1 if found or len(rows) < len(STAGES) else 0


def _rows(free: dict[Stage, Run], within: dict[Stage, Run]) -> Iterator[Row]:
    shown = 0
    for stage, run in free.items():
        size = runtime().size(stage)
        yield Row(stage.value, size.memory, size.cpu, run, within.get(stage), shown)
        shown = run.done.in_browser


def _crawl(*, within_limits: bool, groups: bool) -> dict[Stage, Run]:
    """Each stage once, in order, up to the first that fails: those after it would have nothing to do."""
    runs: dict[Stage, Run] = {}
    with _place() as place:
        for stage in STAGES:
            print(
                f"{stage}, {'within the limits of its pod' if within_limits else 'with all there is'} ...", flush=True
            )
            pod, log = pod_of(stage), place.home / f"{stage}.log"
            variables = environment_of(pod, os.environ, place.database)
            variables |= {"VITALITY_HOME": str(place.home), **place.web.settings()}
            memory, cpu = limits_of(pod) if within_limits else (None, None)
            if groups:
                took = measure(command_of(pod), variables, log, memory=memory, cpu=cpu)
            else:
                took = measure_tree(command_of(pod), variables, log)
            runs[stage] = Run(took, crawled(place.database, stage.value))
            if took.code:
                print(log.read_text("utf-8", "replace")[-_LAST_WORDS:])
                break
    return runs


def pod_of(stage: Stage) -> V1Pod:
    """The pod of a stage, as its task starts it when nothing is filled in in the form of the trigger."""
    operator = StageOperator(task_id=stage.value, stage=stage.value, execution_timeout=timedelta(hours=1))
    operator.render_template_fields({"run_id": "measure", "params": _NOTHING_CHOSEN})  # type: ignore[typeddict-item]
    return operator.build_pod_request_obj(dry_run=True)


def limits_of(pod: V1Pod) -> Limits:
    """The memory and the CPU that a pod gets at most."""
    limits = pod.spec.containers[0].resources.limits
    return in_bytes(limits["memory"]), float(parse_quantity(limits["cpu"]))


@contextmanager
def _place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="vitality-measure-") as folder:
        home = Path(folder)
        with embedded.running(home) as server, sample_web() as web:
            migrate.upgrade(server.url("vitality"))
            yield Place(home, server.url("vitality"), web)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make measure", description=__doc__)
    parser.add_argument("--environment", choices=NAMES, default="production", help="whose pods (default: production)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
