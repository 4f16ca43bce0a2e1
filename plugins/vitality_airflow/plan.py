"""Which dioceses a run of a stage works on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from airflow.sdk import Context
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from vitality_airflow.database import database_settings
from vitality_lib.harmless import one_line
from vitality_lib.models import Stage
from vitality_lib.settings import Settings, SettingsError
from vitality_lib.store import backlog, dioceses, ledger
from vitality_lib.store.database import connect
from vitality_lib.store.errors import DatabaseUnavailable, StoreError

log = logging.getLogger(__name__)
T = TypeVar("T")


def plan(context: Context, stage: Stage) -> list[str]:
    """The names of the dioceses that are due (or asked for in the trigger form), written to the run ledger as planned.

    The group of tasks is as large as the backlog. Those with the most work come first (`backlog.longest_first`), and
    so begin first: Airflow queues tasks of equal weight by their map index.
    Raises AirflowFailException for a name that is on no list, AirflowException when the database is away.
    """
    settings, form = database_settings(), context["params"]
    chosen = _Chosen(
        names=tuple(form["dioceses"]) or settings.dioceses,
        at_most=settings.max_dioceses,
        force=bool(form["force"]) or settings.force,
    )
    names = answer(_plan(settings, stage, context["run_id"], chosen))
    log.info("%d dioceses to work on: %s", len(names), one_line(", ".join(names)) or "nothing is due")
    return names


def answer(question: Coroutine[None, None, T]) -> T:
    """Ask the store; what goes wrong becomes one line, retried only where trying again can help."""
    try:
        return asyncio.run(question)
    except DatabaseUnavailable as error:
        raise AirflowException(one_line(str(error))) from None
    except (StoreError, SettingsError) as error:
        raise AirflowFailException(one_line(str(error))) from None


@dataclass(frozen=True)
class _Chosen:
    """Which dioceses the person or the environment asks for."""

    names: tuple[str, ...]
    at_most: int
    force: bool


async def _plan(settings: Settings, stage: Stage, run: str, chosen: _Chosen) -> list[str]:
    now = datetime.now(UTC)
    async with connect(settings) as database, database.transaction() as connection:
        due = await dioceses.due(connection, stage, now, names=chosen.names, at_most=chosen.at_most, force=chosen.force)
        ordered = await backlog.longest_first(connection, stage, now, due, settings, force=chosen.force)
        await ledger.start(connection, run, stage, now)
        await ledger.plan_anew(connection, run, stage, [diocese.id for diocese in ordered])
    return [diocese.name for diocese in ordered]
