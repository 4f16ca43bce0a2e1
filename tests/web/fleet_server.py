"""The sites of a plan, served by a process of their own: `fleet_server.py PLAN`, where PLAN is `big` or `small`.

Says its port; when its input ends, it says what it has seen, one JSON object a line, and ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import asdict
from itertools import cycle

from fleet_judge import Seen
from fleet_plan import HURRY, Site, big, small
from scripted_web import Answering, Asked, Reply, serving

WALL = "<title>Just a moment...</title>"
PLANS = {"big": big(10_000), "small": small()}


def answering(site: Site, record: list[Seen]) -> Answering:
    """How a site answers. An answer is over for its owner when it leaves, whenever it arrives."""
    answers = cycle(site.answers)

    async def answer(asked: Asked) -> Reply:
        code = next(answers)
        status, hurry = abs(code) or 503, HURRY if code < 0 else None
        await asyncio.sleep(site.seconds)
        record.append(Seen(site.host, asked.started, time.monotonic(), status, hurry, challenge=code == 0))
        return Reply(WALL if code == 0 else "<p>Mass", status, {"Retry-After": f"{hurry:.0f}"} if hurry else {})

    return answer


async def main(plan: str) -> None:
    record: list[Seen] = []
    async with serving() as server:
        server.pages |= {f"{site.host}/": answering(site, record) for site in PLANS[plan]}
        print(server.port, flush=True)  # noqa: T201
        await asyncio.to_thread(sys.stdin.read)
    print("\n".join(json.dumps(asdict(seen)) for seen in record))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
