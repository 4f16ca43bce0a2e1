"""`python -m nation` from tests/: serve the nation until asked to end."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from nation.plan import DIOCESES, PARISHES, Plan
from nation.server import LIST_HOSTS, Served, Temper, serve
from nation.sites import Web
from vitality_lib.sample import USCCB_URL
from vitality_lib.sample.failing import Failing


def main(arguments: list[str] | None = None) -> int:
    """Serve; the first line of output is `{"port": N, "hosts": N}`. Ends with 0 when asked to."""
    asyncio.run(_serve(_parser().parse_args(arguments)))
    return 0


async def _serve(given: argparse.Namespace) -> None:
    asked_to_end = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_end.set)
    web = Web(Plan(given.dioceses, given.parishes, given.seed, given.epoch, given.changing))
    with ExitStack() as open_:
        log = open_.enter_context(given.log.open("w", encoding="utf-8")) if given.log else None

        def note(one: Served) -> None:
            if log:
                log.write(f"{one.host}\t{one.target}\t{one.began:.6f}\t{one.ended:.6f}\t{one.status}\n")

        failing = Failing(given.failing, given.seed, LIST_HOSTS)
        async with serve(web, Temper(given.pace, failing, note), given.port) as port:
            print(json.dumps({"port": port, "hosts": web.names}), flush=True)  # noqa: T201
            await asked_to_end.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m nation",
        description="Serve a nation invented from a seed on loopback: every host on one port.",
        epilog=f"Point a crawl at it with VITALITY_RESOLVE=*=127.0.0.1:PORT VITALITY_USCCB_URL={USCCB_URL}",
    )
    parser.add_argument("--port", type=int, default=0, help="default: any that is free")
    parser.add_argument("--dioceses", type=int, default=DIOCESES, help="default: %(default)s")
    parser.add_argument("--parishes", type=int, default=PARISHES, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=7, help="another seed, another nation (default: %(default)s)")
    parser.add_argument("--epoch", type=int, default=0, help="how often it has changed since (default: %(default)s)")
    parser.add_argument("--changing", type=float, default=0.05, help="share of the parishes that change each time")
    parser.add_argument("--failing", type=float, default=0.0, help="share of the requests that fail")
    parser.add_argument("--pace", type=float, default=0.0, help="factor on every latency (default: none)")
    parser.add_argument("--log", type=Path, help="where to write what was asked, and when: tab-separated")
    return parser


if __name__ == "__main__":
    sys.exit(main())
