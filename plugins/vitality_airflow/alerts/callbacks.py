"""What the DAGs name. Thin, for DAG files are read every half minute: the work is imported when there is some."""
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import Any

from airflow.sdk import AsyncCallback, Context, DeadlineAlert, DeadlineReference

from vitality_airflow.runtime import Runtime
from vitality_lib.models import Stage


def deadline(stage: Stage, runtime: Runtime) -> DeadlineAlert:
    """The deadline of the runs of this stage's DAG, counted from when they were queued."""
    return DeadlineAlert(
        name=f"{stage} late",
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=runtime.late_after(stage),
        callback=AsyncCallback(late, {"stage": stage.value}),
    )


async def late(stage: str, context: dict[str, Any]) -> None:
    """A deadline was missed. Airflow's triggerer runs this, with the run and the deadline as the scheduler saw them."""
    from vitality_airflow.alerts import lateness

    await lateness.late(stage, context)


def task_failed(context: Context) -> None:
    """A task failed, and is not tried again."""
    from vitality_airflow.alerts import failures

    failures.task_failed(context)


def task_ended_well(context: Context) -> None:
    """A task, which may have failed before, has ended well."""
    from vitality_airflow.alerts import failures

    failures.task_ended_well(context)


def run_failed(context: Context) -> None:
    """A run ended badly."""
    from vitality_airflow.alerts import failures

    failures.run_failed(context)


def look(context: Context) -> None:
    """At the end of a run: see `events`."""
    from vitality_airflow.alerts import events

    events.look(context)
