"""After the mapped tasks of a stage: was everything done that was planned, and did it change anything?"""

from __future__ import annotations

import logging
from datetime import datetime

from airflow.sdk import Asset, AssetAlias, Context
from airflow.sdk.exceptions import AirflowFailException

from vitality_airflow.database import database_settings
from vitality_airflow.plan import answer
from vitality_lib.models import Stage
from vitality_lib.settings import Settings
from vitality_lib.store import ledger, news
from vitality_lib.store.database import connect

log = logging.getLogger(__name__)
_NOT_DONE = ("failed", "upstream_failed")


def check(context: Context, stage: Stage) -> None:
    """Raise AirflowFailException, naming the dioceses, unless each planned one has its outcome in the ledger."""
    ti = context["ti"]
    states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id])[ti.run_id]
    if states.get(f"{stage}.plan") != "success":
        raise AirflowFailException("the plan failed, so nothing was worked on")
    planned = ti.xcom_pull(task_ids=f"{stage}.plan") or []
    failed = {name for index, name in enumerate(planned) if states.get(f"{stage}.diocese_{index}") in _NOT_DONE}
    missing = set(answer(_missing(database_settings(), stage, ti.run_id)))
    if failed | missing:
        names = ", ".join(sorted(failed | missing))
        raise AirflowFailException(f"{len(failed | missing)} of {len(planned)} dioceses did not finish: {names}")
    log.info("All %d planned dioceses have their outcome.", len(planned))


def announce(context: Context, stage: Stage, asset: Asset) -> None:
    """Add an event to `asset` when this run changed what it stands for, so that only then the next stage is woken."""
    changed = answer(_changed(database_settings(), stage, context["dag_run"].start_date))
    log.info("%d %s changed.", changed, asset.name)
    if changed:
        context["outlet_events"][AssetAlias(f"{asset.name} changed")].add(asset, extra={"changed": changed})


async def _missing(settings: Settings, stage: Stage, run: str) -> list[str]:
    async with connect(settings) as database, database.transaction() as connection:
        return await ledger.missing(connection, run, stage)


async def _changed(settings: Settings, stage: Stage, since: datetime) -> int:
    async with connect(settings) as database, database.transaction() as connection:
        return await news.count(connection, stage, since)
