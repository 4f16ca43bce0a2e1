"""One process of the fleet: `fleet_worker.py PLAN NUMBER PROCESSES`, its settings in the environment.

Says that it is ready, begins when it is told so by a line, and says in the end, as a JSON object, how many requests it
made, and how often it had asked whether it may.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fleet_plan import Site
from fleet_server import PLANS

from vitality_lib.models import Outcome, Reason
from vitality_lib.settings import load
from vitality_lib.store.database import Database, connect
from vitality_lib.store.turns import Ask, Shut, Turn, Wait
from vitality_lib.web.client import Call, open_client
from vitality_lib.web.memory import FleetMemory
from vitality_lib.web.polite import PoliteClient
from vitality_lib.web.resolve import Resolver
from vitality_lib.web.tally import Tally
from vitality_lib.web.url import canonical

_LEFT_ALONE = {Reason.BLOCKED, Reason.BREAKER_OPEN}


@dataclass(frozen=True)
class CountingMemory(FleetMemory):
    """The fleet's memory, which counts how often it is asked for a turn."""

    asked: list[int] = field(default_factory=lambda: [0])

    async def take(self, ask: Ask) -> Turn | Wait | Shut:
        self.asked[0] += 1
        return await super().take(ask)


async def crawl(client: PoliteClient, site: Site, tally: Tally) -> None:
    """Make a site's requests one after the other, as a visit does, until the tally or the site says no."""
    while tally.refusal() is None:
        answer = await client.ask(Call(canonical(f"http://{site.host}/")), site.crawl_delay, tally)
        if isinstance(answer, Outcome):
            assert answer.reason in _LEFT_ALONE, answer
            return


async def work(database: Database, sites: list[tuple[Site, int]]) -> dict[str, int]:
    settings, memory, all_in_all = load(), CountingMemory(database), Tally()
    resolver = Resolver(settings)
    async with open_client(settings, resolver) as http, asyncio.TaskGroup() as group:
        client = PoliteClient(settings, resolver, http, memory, lambda: datetime.now(UTC))
        for site, quota in sites:
            group.create_task(crawl(client, site, Tally(quota, all_in_all)))
    return {"made": all_in_all.made, "asked": memory.asked[0]}


async def main(plan: str, number: int, processes: int) -> None:
    quotas = [(site, site.quota(number, processes, place)) for place, site in enumerate(PLANS[plan])]
    async with connect(load()) as database:
        print("ready", flush=True)  # noqa: T201
        await asyncio.to_thread(sys.stdin.readline)
        print(json.dumps(await work(database, [(site, quota) for site, quota in quotas if quota])))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
