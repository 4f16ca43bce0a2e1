"""Several pieces of work at once, all of which have ended when it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import TypeVar

T = TypeVar("T")


async def side_by_side(pieces: Iterable[Coroutine[object, object, T]]) -> list[T]:
    """Do them all; the results in the order given.

    The first that raises ends the others, and its exception comes out as it is: not while the others still run, as
    `asyncio.gather` has it, and not in an ExceptionGroup, which nobody who waits for a LeaseLost would look into.
    """
    tasks = [asyncio.ensure_future(piece) for piece in pieces]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
