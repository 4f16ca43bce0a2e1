"""What a request that is cut off still owes the fleet: its turn given back, its place left."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


async def said(words: Coroutine[Any, Any, None]) -> None:
    """Do this, and be there until it is done, even when cancelled meanwhile: whoever waits for the end of a request may
    close the database after it. A second cancel cuts this off, too.
    """
    saying = asyncio.ensure_future(words)
    try:
        await asyncio.shield(saying)
    except asyncio.CancelledError:
        await saying
        raise
