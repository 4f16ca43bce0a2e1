"""How robots.txt is asked for and kept: once a day for each origin, whoever of the fleet asks."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import uuid4
from weakref import WeakValueDictionary

from vitality_lib.models import Outcome, Reason
from vitality_lib.settings import Settings
from vitality_lib.store.robots import RobotsFile
from vitality_lib.web.client import Answer, Call
from vitality_lib.web.memory import Memory
from vitality_lib.web.polite import PoliteClient
from vitality_lib.web.redirect import redirect_target
from vitality_lib.web.robots import MOST_BYTES, Robots, product_token, read
from vitality_lib.web.tally import Tally
from vitality_lib.web.url import Address

MOST_REDIRECTS = 5  # RFC 9309 section 2.3.1.2
GOOD_SECONDS = 24 * 3600.0  # section 2.4
GOOD_SECONDS_AFTER_FAILURE = 3600.0
_RECENT_SECONDS = 600.0  # for which this process does not look into the store again
CLAIM_SECONDS = 30.0
_FIRST_LOOK, _LAST_LOOK = 0.2, 2.0  # seconds between two looks at what another one learns
_MOST_RECENT = 1024
_NOT_THE_SITES_FAULT = frozenset({Reason.BUDGET_SPENT, Reason.BREAKER_OPEN})


class RobotsReader:
    """Knows what each origin allows us."""

    def __init__(self, settings: Settings, client: PoliteClient, memory: Memory) -> None:
        self.product = product_token(settings.user_agent)
        self._pace = settings.pace
        self._client = client
        self._memory = memory
        self._recent: OrderedDict[str, tuple[float, Robots]] = OrderedDict()
        self._reading: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of(self, address: Address, tally: Tally) -> Robots:
        """What the origin of an address allows us; fetched in the host's turn when it is not known."""
        origin = address.origin
        known = self._recent.get(origin)
        now = asyncio.get_running_loop().time()
        if known and now < known[0]:
            return known[1]
        one_at_a_time = self._reading.setdefault(origin, asyncio.Lock())
        async with one_at_a_time:
            file = await self._memory.robots(origin) or await self._learnt(address, tally)
        robots = Robots(file, self.product)
        if file.problem is None:
            self._recent[origin] = (now + min(_RECENT_SECONDS, file.good_seconds), robots)
            while len(self._recent) > _MOST_RECENT:
                self._recent.popitem(last=False)
        return robots

    async def _learnt(self, address: Address, tally: Tally) -> RobotsFile:
        """The file, asked for by us or by another one of the fleet who is at it already."""
        async with self._claimed(address.origin):
            return await self._memory.robots(address.origin) or await self._fetched(address, tally)

    @asynccontextmanager
    async def _claimed(self, origin: str) -> AsyncIterator[None]:
        """While we are the one that asks. Waits while another one does, until it has, or has fallen silent."""
        holder, look = uuid4(), _FIRST_LOOK
        while not await self._memory.claim_robots(origin, holder, CLAIM_SECONDS):
            await asyncio.sleep(look)
            look = min(2 * look, _LAST_LOOK)

        async def renew() -> None:
            while True:
                await asyncio.sleep(CLAIM_SECONDS / 3)
                await self._memory.claim_robots(origin, holder, CLAIM_SECONDS)

        renewing = asyncio.create_task(renew())
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.shield(self._memory.release_robots(origin, holder))

    async def _fetched(self, address: Address, tally: Tally) -> RobotsFile:
        """The file, after five redirects at most: what comes then counts as no file (section 2.3.1.2).

        A redirect to another origin's own robots.txt answers for that origin, too, and where that one is known already
        it answers for this one.
        """
        here = replace(address, path="/robots.txt")
        been, origins = {str(here)}, [here.origin]
        while True:
            answer = await self._client.ask(Call(here, limit=MOST_BYTES + 1, truncate=True), None, tally)
            onward = redirect_target(answer)
            if onward is None or str(onward) in been or len(been) > MOST_REDIRECTS:
                break
            here = onward
            been.add(str(here))
            if here.path == "/robots.txt":
                if known := await self._memory.robots(here.origin):
                    return await self._kept(known, origins, known.good_seconds)
                origins.append(here.origin)
        file = read(origins[0], answer)
        if _says_nothing(answer, been):
            return file
        good = GOOD_SECONDS if file.problem is None else GOOD_SECONDS_AFTER_FAILURE * self._pace
        return await self._kept(file, origins, good)

    async def _kept(self, file: RobotsFile, origins: list[str], good: float) -> RobotsFile:
        for origin in dict.fromkeys(origins):
            await self._memory.keep_robots(replace(file, origin=origin), good)
        return replace(file, origin=origins[0], good_seconds=good)


def _says_nothing(answer: Answer | Outcome, been: set[str]) -> bool:
    """Whether the site had no part in it: we could not ask, or our own guard kept us off at once."""
    if not isinstance(answer, Outcome):
        return False
    return answer.reason in _NOT_THE_SITES_FAULT or (answer.reason is Reason.FORBIDDEN_ADDRESS and len(been) == 1)
