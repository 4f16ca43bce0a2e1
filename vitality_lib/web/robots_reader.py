"""How robots.txt is asked for and kept: once a day for each origin, whoever of the fleet asks."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from dataclasses import replace

from vitality_lib.models import Reason
from vitality_lib.settings import Settings
from vitality_lib.store.robots import RobotsFile
from vitality_lib.web.client import Call
from vitality_lib.web.memory import Memory
from vitality_lib.web.polite import PoliteClient, Tally
from vitality_lib.web.redirect import redirect_target
from vitality_lib.web.robots import MOST_BYTES, Robots, read
from vitality_lib.web.url import Address

MOST_REDIRECTS = 5  # RFC 9309 section 2.3.1.2
GOOD_SECONDS = 24 * 3600.0  # section 2.4
GOOD_SECONDS_AFTER_FAILURE = 3600.0
_RECENT_SECONDS = 600.0
_MOST_RECENT = 1024
_NOT_THE_SITES_FAULT = frozenset({Reason.BUDGET_SPENT, Reason.BREAKER_OPEN, Reason.FORBIDDEN_ADDRESS})


class RobotsReader:
    """Knows what each origin allows us."""

    def __init__(self, settings: Settings, client: PoliteClient, memory: Memory) -> None:
        self._pace = settings.pace
        self._product = re.split(r"[/\s]", settings.user_agent, maxsplit=1)[0]
        self._client = client
        self._memory = memory
        self._recent: OrderedDict[str, tuple[float, Robots]] = OrderedDict()
        self._reading: dict[str, asyncio.Lock] = {}

    async def of(self, address: Address, tally: Tally) -> Robots:
        """What the origin of an address allows us; fetched in the host's turn when it is not known."""
        origin = address.origin
        known = self._recent.get(origin)
        now = asyncio.get_running_loop().time()
        if known and now < known[0]:
            return known[1]
        async with self._reading.setdefault(origin, asyncio.Lock()):
            file = await self._memory.robots(origin) or await self._fetched(address, tally)
        self._reading.pop(origin, None)
        robots = Robots(file, self._product)
        if file.problem is None:
            self._recent[origin] = (now + _RECENT_SECONDS, robots)
            while len(self._recent) > _MOST_RECENT:
                self._recent.popitem(last=False)
        return robots

    async def _fetched(self, address: Address, tally: Tally) -> RobotsFile:
        """The file, after five redirects at most: what comes then counts as no file (section 2.3.1.2).

        A redirect to another origin's own robots.txt answers for that origin, too.
        """
        here = replace(address, path="/robots.txt")
        origins = [here.origin]
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._client.ask(Call(here, limit=MOST_BYTES + 1, truncate=True), None, tally)
            onward = redirect_target(answer)
            if onward is None:
                break
            here = onward
            if here.path == "/robots.txt":
                origins.append(here.origin)
        file = read(origins[0], answer)
        if file.problem not in _NOT_THE_SITES_FAULT:
            good = GOOD_SECONDS if file.problem is None else GOOD_SECONDS_AFTER_FAILURE * self._pace
            for origin in dict.fromkeys(origins):
                await self._memory.keep_robots(replace(file, origin=origin), good)
        return file
