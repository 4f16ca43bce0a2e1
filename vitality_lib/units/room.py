"""The sites that a worker has in hand at once, and when it takes another diocese: as soon as they leave room for it.

The last sites of a diocese, slow ones, may take minutes; so nobody waits for the end of a diocese to begin the next.
And no diocese is held whose sites could not begin: another worker might do it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager


class Room:
    """So many places, given in the order in which they are asked for."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)
        self._door = asyncio.Lock()
        self._coming: int | None = None

    @property
    def place(self) -> AbstractAsyncContextManager[None]:
        """`async with room.place:` one site is in hand."""
        return self._places

    @asynccontextmanager
    async def diocese(self, diocese_id: int) -> AsyncIterator[None]:
        """One diocese after the other comes in, when all sites of those before have begun and there is a place left.

        The next one waits until this one's sites are `lined_up`, or it is done.
        """
        await self._door.acquire()
        self._coming = diocese_id
        try:
            async with self._places:
                pass
            yield
        finally:
            self.lined_up(diocese_id)

    def lined_up(self, diocese_id: int) -> None:
        """All sites of this diocese wait for their places."""
        if self._coming == diocese_id:
            self._coming = None
            self._door.release()
