"""What every DAG of ours has in common: owner, tags, retries, time limits, pools."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from vitality_airflow.alerts.callbacks import deadline, run_failed, task_ended_well, task_failed
from vitality_airflow.params import params
from vitality_airflow.retries import RetryByEnding
from vitality_airflow.runtime import runtime
from vitality_lib.models import Stage

OWNER = "vitality"
TAGS = frozenset({"vitality", "discovery", "extraction", "schedule", "reporting", "by-hand", "continuous"})
START = datetime(2025, 1, 1, tzinfo=UTC)

# How long one task of a stage may take. A diocese has up to a few hundred parishes, each host has its turn, and the
# manners are slow on purpose.
TIME_LIMITS = {
    Stage.DISCOVERY: timedelta(hours=3),
    Stage.EXTRACTION: timedelta(hours=4),
    Stage.SCHEDULE: timedelta(hours=8),
    Stage.REPORTING: timedelta(hours=1),
}


def dag_settings(stage: Stage, dag_time_limit: timedelta) -> dict[str, Any]:
    """The arguments of DAG that are the same for all of ours, and the deadline of this one's runs."""
    return {
        "start_date": START,
        "catchup": False,
        "max_active_runs": 1,  # two runs of one stage would plan the same dioceses
        "dagrun_timeout": dag_time_limit,
        "deadline": deadline(stage, runtime()),
        "on_failure_callback": run_failed,
        "params": params(),
        "default_args": {
            "owner": OWNER,
            "retries": 2,
            "retry_delay": timedelta(seconds=30),
            "retry_exponential_backoff": 2,
            "max_retry_delay": timedelta(minutes=10),
            "execution_timeout": timedelta(minutes=10),
            "on_failure_callback": task_failed,
            "on_success_callback": task_ended_well,
        },
        "render_template_as_native_obj": False,
    }


def stage_settings(stage: Stage) -> dict[str, Any]:
    """The arguments of a stage's tasks that the scheduler must know: the pool caps the load on websites."""
    return {
        "stage": stage.value,
        "pool": f"vitality_{stage.value}",
        "execution_timeout": TIME_LIMITS[stage],
        "retry_policy": RetryByEnding(),
    }
