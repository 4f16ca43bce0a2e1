"""How robots.txt is asked for and kept: once a day for each origin, whoever of the fleet asks."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4
from weakref import WeakValueDictionary

from vitality_lib.models import Outcome, Reason
from vitality_lib.settings import Settings
from vitality_lib.store.robots import RobotsFile
from vitality_lib.web import last_words
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
            file = await self._learnt(address, tally)
        robots = Robots(file, self.product)
        self._remember(origin, robots, now)
        return robots

    async def recall(self, origins: Sequence[str]) -> None:
        """Look up in one question what is known of these origins, because they are asked for next."""
        now = asyncio.get_running_loop().time()
        unknown = [origin for origin in origins if self._recent.get(origin, (0.0,))[0] <= now]
        if unknown:
            for file in await self._memory.all_robots(unknown[:_MOST_RECENT]):
                self._remember(file.origin, Robots(file, self.product), now)

    def _remember(self, origin: str, robots: Robots, now: float) -> None:
        if robots.file.problem is None:
            self._recent[origin] = (now + min(_RECENT_SECONDS, robots.file.good_seconds), robots)
            while len(self._recent) > _MOST_RECENT:
                self._recent.popitem(last=False)

    async def _learnt(self, address: Address, tally: Tally) -> RobotsFile:
        """The file as it is known; or asked for by us, or by another one of the fleet who is at it already."""
        holder, look = uuid4(), _FIRST_LOOK
        while not (known := await self._memory.claim_robots(address.origin, holder, CLAIM_SECONDS)):
            await asyncio.sleep(look)
            look = min(2 * look, _LAST_LOOK)
        return known if isinstance(known, RobotsFile) else await self._claimed(address, tally, holder)

    async def _claimed(self, address: Address, tally: Tally, holder: UUID) -> RobotsFile:
        """The file, asked for by us, while others wait until it is kept or we fall silent."""

        async def renew() -> None:
            while True:
                await asyncio.sleep(CLAIM_SECONDS / 3)
                await self._memory.claim_robots(address.origin, holder, CLAIM_SECONDS)

        renewing, kept = asyncio.create_task(renew()), False
        try:
            file, origins = await self._fetched(address, tally)
            if file.good_seconds > 0:
                await self._memory.keep_robots(file, file.good_seconds, origins, holder)
                kept = True
            return file
        finally:
            renewing.cancel()
            if not kept:
                await last_words.said(self._memory.release_robots(address.origin, holder))

    async def _fetched(self, address: Address, tally: Tally) -> tuple[RobotsFile, list[str]]:
        """The file and the origins that it answers for; with 0 seconds to be good it says nothing of the site.

        After five redirects at most: what comes then counts as no file (section 2.3.1.2). A redirect to another
        origin's own robots.txt answers for that origin, too, and where that one is known already it answers for this
        one.
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
                    return replace(known, origin=origins[0]), origins
                origins.append(here.origin)
        file = read(origins[0], answer)
        if _says_nothing(answer, been):
            return file, origins
        good = GOOD_SECONDS if file.problem is None else GOOD_SECONDS_AFTER_FAILURE * self._pace
        return replace(file, good_seconds=good), origins


def _says_nothing(answer: Answer | Outcome, been: set[str]) -> bool:
    """Whether the site had no part in it: we could not ask, or our own guard kept us off at once."""
    if not isinstance(answer, Outcome):
        return False
    return answer.reason in _NOT_THE_SITES_FAULT or (answer.reason is Reason.FORBIDDEN_ADDRESS and len(been) == 1)
