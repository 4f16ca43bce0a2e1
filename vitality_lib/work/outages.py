"""A database that goes away for a moment costs a piece of work its place, not its worker."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

import structlog

from vitality_lib.store.database import Database
from vitality_lib.store.errors import DatabaseUnavailable

T = TypeVar("T")

PATIENCE_SECONDS = 60.0  # for a restart or a failover
_ATTEMPTS = 5  # work that loses the database every time is at fault itself
_LONGEST_PAUSE = 5.0  # seconds
_log = structlog.get_logger(__name__)


async def through_outages(
    database: Database, piece: Callable[[], Awaitable[T]], patience: float = PATIENCE_SECONDS
) -> T:
    """Do a piece of work that may be done twice; when the database is lost meanwhile, wait for it and do it again.

    Raises DatabaseUnavailable when the database is away for longer than `patience` seconds, or is lost every time.
    """
    for attempt in count(1):
        try:
            return await piece()
        except DatabaseUnavailable as error:
            if attempt == _ATTEMPTS:
                raise
            _log.warning("database lost", attempt=attempt, why=str(error))
            await _answers_again(database, error, patience)
    raise AssertionError


async def _answers_again(database: Database, lost: DatabaseUnavailable, patience: float) -> None:
    """Ask the database until it answers, less and less often. Raises the loss when patience is over."""
    try:
        async with asyncio.timeout(patience):
            for tries in count():
                await asyncio.sleep(min(0.1 * 2**tries, _LONGEST_PAUSE))
                if await _answers(database):
                    return
    except TimeoutError:
        raise lost from None


async def _answers(database: Database) -> bool:
    try:
        async with database.transaction():
            return True  # a connection that is handed out has just answered
    except DatabaseUnavailable:
        return False
