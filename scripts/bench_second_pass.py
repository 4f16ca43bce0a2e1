"""Part `second-pass`: the same crawl once more over a nation in which nothing has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_crawl import STAGES, Place, place
from bench_nation import Served, asked, nation
from bench_options import Options, progress
from bench_page import Result
from bench_sizes import plan_of

PARISHES = 1000
MOST_REQUESTS, MOST_CPU = 1.2, 0.15  # per parish with a website; share of the first pass's
# The tables that hold facts; the others (turns, ledger, visits, robots.txt) say what was done and when.
FACTS = frozenset({
    "dioceses", "directories", "parishes", "churches", "services", "evidence", "schedule_pages", "page_bodies",
    "schedule_contradictions", "parish_versions", "diocese_versions", "service_wordings",
})  # fmt: skip
_WRITTEN = """
    SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""
Rows = Mapping[str, tuple[int, int, int]]  # inserted, updated, deleted


@dataclass(frozen=True)
class Pass:
    """One crawl: what the server was asked, CPU of the workers and of PostgreSQL, calls of a model, rows written."""

    log: Sequence[Served]
    cpu: float
    database: float
    calls: int
    rows: Rows


def measured(options: Options) -> Result:
    """Both passes on one database; the second visits everything, due or not."""
    plan = plan_of(options, PARISHES)
    with place() as here:
        first = _pass(here, plan, {}, options, "first")
        second = _pass(here, plan, {"VITALITY_FORCE": "1"}, options, "second")
        ((parishes,),) = here.ask("SELECT count(*) FROM parishes WHERE website IS NOT NULL")
    return result(first, second, parishes)


def result(first: Pass, second: Pass, parishes: int) -> Result:
    """Both passes beside each other; each row of a fact that the second wrote is a fault."""
    rows = []
    for name, one in (("first", first), ("second", second)):
        robots = sum(request.target == "/robots.txt" for request in one.log)
        rows.append((name, f"{len(one.log):,}", f"{len(one.log) / parishes:.2f}",
                     f"{(len(one.log) - robots) / parishes:.2f}", sum(request.status == 304 for request in one.log),
                     f"{one.cpu:.1f}", f"{one.database:.1f}", one.calls))  # fmt: skip
    share = (second.cpu + second.database) / (first.cpu + first.database)
    per_parish = len(second.log) / parishes
    rewritten = {name: counts for name, counts in second.rows.items() if name in FACTS}
    notes = [
        f"The second pass takes {share:.1%} of the first one's CPU (at most {MOST_CPU:.0%}).",
        "Rows that the second pass wrote (inserted/updated/deleted): "
        + ("; ".join(f"{name} {'/'.join(map(str, counts))}" for name, counts in sorted(second.rows.items())) or "none")
        + ".",
    ]
    faults = [f"{per_parish:.2f} requests a parish, not {MOST_REQUESTS}"] if per_parish > MOST_REQUESTS else []
    faults += [f"{share:.1%} of the first pass's CPU"] if share > MOST_CPU else []
    faults += [f"{second.calls} calls of a model"] if second.calls else []
    faults += [f"{name}: {sum(counts)} rows rewritten" for name, counts in sorted(rewritten.items())]
    heading = ("pass", "requests", "per parish", "without robots.txt", "304", "workers' CPU s", "PostgreSQL's CPU s",
               "AI calls")  # fmt: skip
    return Result(heading, rows, notes, faults)


def _pass(here: Place, plan: object, more: Mapping[str, str], options: Options, name: str) -> Pass:
    log = Path(here.home) / f"{name}.log"
    before, calls = written(here), _calls(here)
    with nation(plan, log=log) as served:
        took = [here.stage(stage, {**served.settings(), **options.settings, **more}) for stage in STAGES]
    rows = {
        table: counts
        for table, now in written(here).items()
        if any(counts := tuple(a - b for a, b in zip(now, before.get(table, (0, 0, 0)), strict=True)))
    }
    cpu = sum(one.workers.cpu for one in took)
    progress(f"second-pass: {name}, {cpu:.1f} s of CPU")
    return Pass(asked(log), cpu, sum(one.database for one in took), _calls(here) - calls, rows)


def written(here: Place) -> Rows:
    """Rows written so far, by table; sessions have told all they did by the time that they have ended."""
    here.ask("SELECT pg_stat_force_next_flush()")
    return {name: (inserted, updated, deleted) for name, inserted, updated, deleted in here.ask(_WRITTEN)}


def _calls(here: Place) -> int:
    ((calls,),) = here.ask("SELECT count(*) FROM ai_calls")
    return int(calls)
