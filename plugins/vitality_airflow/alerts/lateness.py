"""A run that is not over by its deadline is told of, while it goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from asgiref.sync import sync_to_async

from vitality_airflow.alerts.telling import Teller
from vitality_lib.store.alerts import Alert, AlertKind


async def late(stage: str, context: dict[str, Any]) -> None:
    """Raise the alert of a run, unless it was over before its deadline: one that failed has alerts of its own.

    `context`: {"dag_run": as Airflow's API shows it, "deadline": {"deadline_time"}}.
    """
    run, due = context["dag_run"], str(context["deadline"]["deadline_time"])
    if run["end_date"] and datetime.fromisoformat(run["end_date"]) <= datetime.fromisoformat(due):
        return
    what = (
        f"{stage} is late: the run {run['dag_run_id']} of {run['dag_id']}, queued at {run['queued_at']}, "
        f"was to be over by {due} and is {run['state']}"
    )
    mend = "see with `vitality status` who is at work, and at what; a run that gets on may go on"
    detail = {"stage": stage, "dag": run["dag_id"], "run": run["dag_run_id"], "deadline": due, "state": run["state"]}
    # Airflow's connections are asked for from a thread: here, in the triggerer's own, that would block all triggers.
    teller = await sync_to_async(Teller.known)()
    await teller.tell(Alert(AlertKind.STAGE_LATE, run["dag_id"], what, mend, detail))
