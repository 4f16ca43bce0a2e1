"""How the requests of one process come to their turns with few questions to the memory of the fleet.

A host that has just answered us rests: nobody asks for it meanwhile. And of those that wait for the same shared key a
few stand in the queue of the fleet, the others behind them in a line of this process: hundreds who ask again and again
would be in each other's way. In that line hosts that were asked before go before new ones: what was begun is ended, and
a slow site that needs many requests does not need them after all others.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from weakref import WeakValueDictionary

from vitality_lib.store.turns import Ask, Rest, Shut, Turn, Wait
from vitality_lib.web import last_words, manners
from vitality_lib.web.line import Line
from vitality_lib.web.memory import Memory

_MOST_RESTING = 4096  # hosts whose rest is remembered
_MOST_BEGUN = 4096  # hosts of which is remembered when they were asked first


class Queue:
    """Gets turns for the requests of one process: `take`, the request, `give_back`."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._lines: WeakValueDictionary[str, Line] = WeakValueDictionary()
        self._resting: dict[str, tuple[float, float]] = {}  # since when, and at least until when
        self._begun: dict[str, int] = {}
        self._hosts = count()

    async def take(self, ask: Ask) -> Turn | Wait | Shut:
        """Wait for the turn. A Wait that comes back is too long for anybody: its place in the queue is left."""
        try:
            await self._rest(ask.host, ask.gap)
            async with self._front(ask):
                verdict = await self._queued(ask)
            # Who has to wait for its own host stands in the queue of the fleet already, before others who came later.
            # In the line it would come behind those of them who stand at its front, and who wait for it.
            while isinstance(verdict, Wait):
                if verdict.seconds > manners.PATIENCE:
                    await self._memory.leave(ask.holder)
                    return verdict
                await self._memory.wait(ask, verdict.seconds)
                verdict = await self._queued(ask)
            return verdict
        except BaseException:
            await last_words.said(self._memory.leave(ask.holder))
            raise

    async def give_back(self, turn: Turn, rest: Rest) -> None:
        """End a turn."""
        loop = asyncio.get_running_loop()
        if len(self._resting) >= _MOST_RESTING:
            self._resting = {host: times for host, times in self._resting.items() if times[1] > loop.time()}
        await self._memory.give_back(turn, rest)
        now = loop.time()
        self._resting[turn.host] = now, now + rest.seconds

    async def _queued(self, ask: Ask) -> Turn | Wait | Shut:
        """The turn, once what the host shares is free; a Wait is for the host itself."""
        while True:
            verdict = await self._memory.take(ask)
            if not isinstance(verdict, Wait) or not verdict.crowded or verdict.seconds > manners.PATIENCE:
                return verdict
            await self._memory.wait(ask, verdict.seconds)

    async def _rest(self, host: str, gap: float) -> None:
        """Wait for the end of a rest that is known here; what others know of the host is asked for afterwards.

        The gap may be longer than it was: when robots.txt, which has just been read, asks for a delay.
        """
        ended, until = self._resting.get(host, (float("-inf"), 0.0))
        seconds = max(until, ended + gap) - asyncio.get_running_loop().time()
        if 0 < seconds <= manners.PATIENCE:
            await asyncio.sleep(seconds)

    @asynccontextmanager
    async def _front(self, ask: Ask) -> AsyncIterator[None]:
        """Come to the front of the lines of its keys. In their order, so that nobody waits for each other."""
        async with AsyncExitStack() as stack:
            for key in sorted(ask.keys):
                line = self._lines.setdefault(key, Line(ask.most))
                await stack.enter_async_context(line.place(self._rank(ask.host)))
            yield

    def _rank(self, host: str) -> int:
        """How many hosts were asked for before this one."""
        if host not in self._begun:
            if len(self._begun) >= _MOST_BEGUN:
                del self._begun[next(iter(self._begun))]
            self._begun[host] = next(self._hosts)
        return self._begun[host]
