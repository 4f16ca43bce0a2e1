"""Run the DAG `vitality_extraction` as `airflow dags test` does; then let a queued run of `vitality_reporting` be late.

A scheduler's round finds the missed deadline, and the trigger that it leaves for the triggerer is run. The last line of
the output is what Airflow holds by then, as JSON: {"extraction": state of its run, "events": what the events of the
Asset say, "callback": how the deadline's callback ended}. The argument is what the run of extraction is asked for.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from airflow._shared.module_loading import import_string
from airflow.api.common.trigger_dag import trigger_dag
from airflow.dag_processing.dagbag import DagBag
from airflow.jobs.job import Job, run_job
from airflow.jobs.scheduler_job_runner import SchedulerJobRunner
from airflow.models.asset import AssetEvent, AssetModel
from airflow.models.callback import Callback
from airflow.models.trigger import Trigger
from airflow.utils.session import create_session
from airflow.utils.types import DagRunTriggeredByType
from sqlalchemy import select

ROOT = Path(__file__).parents[2]
_MOST_TRIES = 10


def main() -> None:
    run = (
        DagBag(str(ROOT / "dags" / "vitality_extraction.py"))
        .dags["vitality_extraction"]
        .test(run_conf=json.loads(sys.argv[1]))
    )
    trigger_dag("vitality_reporting", triggered_by=DagRunTriggeredByType.TEST)  # paused: queued, and left so
    schedule_until_the_deadline_has_a_trigger()
    ended = asyncio.run(run_trigger())
    with create_session() as session:
        told = session.scalars(
            select(AssetEvent.extra)
            .join(AssetModel, AssetModel.id == AssetEvent.asset_id)
            .where(AssetModel.name == "vitality_alerts")
            .order_by(AssetEvent.id)
        ).all()
    print("\n" + json.dumps({"extraction": run.state, "events": told, "callback": ended}))  # noqa: T201


def schedule_until_the_deadline_has_a_trigger() -> None:
    """One round of the scheduler finds the deadline missed, a later one hands its callback on, some rounds after."""
    for _ in range(_MOST_TRIES):
        scheduler = SchedulerJobRunner(Job(), num_runs=5)
        run_job(job=scheduler.job, execute_callable=scheduler._execute)
        with create_session() as session:
            if session.scalars(select(Callback).where(Callback.trigger_id.is_not(None))).all():
                return


async def run_trigger() -> list[str]:
    """Do with the missed deadline's trigger what a triggerer does; how its callback went."""
    with create_session() as session:
        (callback,) = session.scalars(select(Callback)).all()
        row = session.get_one(Trigger, callback.trigger_id)
        trigger = import_string(row.classpath)(**row.kwargs)
    return [event.payload["state"] async for event in trigger.run()]


if __name__ == "__main__":
    main()
