"""Callbacks of tasks and runs that failed: which stage and diocese, why, and the command that mends it."""

from __future__ import annotations

import asyncio
import json
import shlex
from typing import Any

from airflow.sdk import Context

from vitality_airflow.alerts.telling import Teller
from vitality_airflow.database import database_settings
from vitality_airflow.gate import AlreadyTold
from vitality_lib.harmless import one_line
from vitality_lib.secrecy import Secrets
from vitality_lib.store.alerts import Alert, AlertKind

_LONGEST_REASON = 500
# What becomes of a run, and no task tells of. Whatever else ends a run, the alert of its task says.
_UNTOLD = {
    "timed_out": "its time was over: the tasks that were left are skipped",
    "all_tasks_deadlocked": "none of its tasks could begin any more",
}


def task_failed(context: Context) -> None:
    """A task failed, and is not tried again."""
    fault = context.get("exception")
    if not isinstance(fault, AlreadyTold):
        teller = Teller.known()
        reason = Secrets.of(teller.settings).masked(one_line(str(fault or "the task was killed")))[:_LONGEST_REASON]
        asyncio.run(teller.tell(_of_task(context, reason)))


def task_ended_well(context: Context) -> None:
    """A task that failed before has ended well. No receiver: asking Airflow for it costs each task a request."""
    asyncio.run(Teller(database_settings(), None).over(AlertKind.TASK_FAILED, {_subject(context), _place(context)}))


def run_failed(context: Context) -> None:
    """A run ended badly, for a reason that is none of its tasks'."""
    reason = str(context.get("reason") or "")
    if reason not in _UNTOLD:
        return
    run = context["dag_run"]
    what = f"the run {run.run_id} of {run.dag_id} failed: {_UNTOLD[reason]}"
    detail = {"dag": run.dag_id, "run": run.run_id, "reason": reason}
    asyncio.run(Teller.known().tell(Alert(AlertKind.RUN_FAILED, run.dag_id, what, _again(run), detail)))


def _of_task(context: Context, reason: str) -> Alert:
    ti = context["ti"]
    detail = {
        "stage": _stage(context),
        "diocese": _diocese(context),
        "dag": ti.dag_id,
        "task": ti.task_id,
        "run": ti.run_id,
        "reason": reason,
        "log": getattr(ti, "log_url", None),
    }
    subject, again = _subject(context), _again(context["dag_run"], _diocese(context))
    return Alert(AlertKind.TASK_FAILED, subject, f"{subject} failed: {reason}", again, detail)


def _subject(context: Context) -> str:
    diocese = _diocese(context)
    return f"{_place(context)} [{diocese}]" if diocese else _place(context)


def _place(context: Context) -> str:
    return f"{context['ti'].dag_id}, {context['ti'].task_id}"


def _stage(context: Context) -> str:
    return str(context["ti"].task_id).partition(".")[0]


def _diocese(context: Context) -> str | None:
    # Where a task was killed from outside, its callback sees the mapped task, which is of no diocese.
    return getattr(context.get("task"), "diocese", None)


def _again(run: Any, diocese: str | None = None) -> str:
    """What does the work again: a command, fit for a shell, with all that the run was asked for."""
    if run.dag_id == "vitality_discovery":
        return "wait for the next cycle, which begins by itself; if that fails, too: docs/troubleshooting.md"
    conf: dict[str, Any] = {**(run.conf or {}), **({"dioceses": [diocese]} if diocese else {})}
    asked = f" --conf {shlex.quote(json.dumps(conf))}" if conf else ""
    return f"airflow dags trigger {run.dag_id}{asked}"
