"""Who changed what from the dashboard: a row in Airflow's audit log, and a line in the API server's."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeAlias

from fastapi import Depends
from fastapi.concurrency import run_in_threadpool

from vitality_lib.harmless import one_line

Note: TypeAlias = Callable[[str, str, str], Awaitable[None]]
_log = logging.getLogger(__name__)


def auditor() -> Note:
    """The dependency: `note: Noted`, and after a change `await note(asking.person.name, "close_breaker", host)`."""
    return _note


async def _note(who: str, event: str, what: str) -> None:
    _log.info("%s: %s %s", who, event, one_line(what))
    await run_in_threadpool(_write, who, event, one_line(what))


def _write(who: str, event: str, what: str) -> None:
    from airflow.models.log import Log  # noqa: PLC0415 - loaded in the API server already
    from airflow.utils.session import create_session  # noqa: PLC0415

    with create_session() as session:
        session.add(Log(event=f"vitality.{event}", owner=who, extra=what))


Noted = Annotated[Note, Depends(auditor)]
