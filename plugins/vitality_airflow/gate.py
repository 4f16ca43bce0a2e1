"""After the mapped tasks of a stage: was everything done that was planned, and did it change anything?"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from airflow.sdk import Asset, AssetAlias, Context
from airflow.sdk.exceptions import AirflowFailException

from vitality_airflow.database import database_settings
from vitality_airflow.plan import answer
from vitality_lib.harmless import one_line
from vitality_lib.models import Stage
from vitality_lib.settings import Settings
from vitality_lib.store import ledger, news
from vitality_lib.store.database import connect
from vitality_lib.work import watchdog

log = logging.getLogger(__name__)
_NOT_DONE = ("failed", "upstream_failed")


class AlreadyTold(AirflowFailException):
    """A failure of which another alert tells: that of the task that failed first, or that of the stall."""


def check(context: Context, stage: Stage) -> None:
    """Raise AirflowFailException, naming the dioceses, unless each planned one has its outcome in the ledger.

    Likewise when the stage stands still: cycle after cycle with due work, and not one unit that ended well.
    It is AlreadyTold where an alert of its own tells of each fault.
    """
    ti = context["ti"]
    states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id])[ti.run_id]
    if states.get(f"{stage}.plan") != "success":
        raise AlreadyTold("the plan failed, so nothing was worked on")
    planned = ti.xcom_pull(task_ids=f"{stage}.plan") or []
    failed = {name for index, name in enumerate(planned) if states.get(f"{stage}.diocese_{index}") in _NOT_DONE}
    failure = answer(_failure(database_settings(), stage, ti.run_id, failed))
    if failure:
        raise failure
    log.info("All %d planned dioceses have their outcome.", len(planned))


def announce(context: Context, stage: Stage, asset: Asset) -> None:
    """Add an event to `asset` when this run changed what it stands for, so that only then the next stage is woken."""
    changed = answer(_changed(database_settings(), stage, context["dag_run"].start_date))
    log.info("%d %s changed.", changed, asset.name)
    if changed:
        context["outlet_events"][AssetAlias(f"{asset.name} changed")].add(asset, extra={"changed": changed})


async def _failure(settings: Settings, stage: Stage, run: str, failed: set[str]) -> AirflowFailException | None:
    """What is wrong with this stage of the run, in one line; None when nothing is. Its row in the ledger is ended so.

    The ledger knows what was planned, whatever became of the plan's XCom. A cycle that did all its work, and like those
    before it to no avail, is at fault, too.
    """
    now = datetime.now(UTC)
    async with connect(settings) as database, database.transaction() as connection:
        planned = await ledger.planned(connection, run, stage)
        missing = {unit.name for unit in planned if unit.reason is None or unit.reason in ledger.UNFINISHED}
        fault = _verdict(sorted(missing | failed), len(planned))
        await ledger.finish(connection, run, stage, now, ok=not fault, detail=fault)
        stall = await watchdog.look(connection, stage, settings.stalled_cycles) if planned and not fault else None
        if stall:
            await ledger.finish(connection, run, stage, now, ok=False, detail=stall.line)
    if stall:
        return AlreadyTold(f"StalledError: {stall.line}")
    return (AlreadyTold if missing <= failed else AirflowFailException)(fault) if fault else None


def _verdict(unfinished: list[str], planned: int) -> str:
    names = one_line(", ".join(unfinished))  # they come from a website, and end in Airflow's log and in the ledger
    return f"{len(unfinished)} of {planned} dioceses did not finish: {names}" if unfinished else ""


async def _changed(settings: Settings, stage: Stage, since: datetime) -> int:
    async with connect(settings) as database, database.transaction() as connection:
        return await news.count(connection, stage, since)
