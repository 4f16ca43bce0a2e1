"""`python -m vitality_lib.sample`: serve the sample web until asked to end."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys

from vitality_lib.sample import USCCB_URL, serve


def main(arguments: list[str] | None = None) -> int:
    """Serve; the first line of output is `{"port": N}`. Ends with 0 when asked to, with 1 when the port is in use."""
    given = _parser().parse_args(arguments)
    try:
        asyncio.run(_serve(given))
    except OSError as error:
        print(f"port {given.port} cannot be had: {error.strerror}; choose another with --port", file=sys.stderr)  # noqa: T201
        return 1
    return 0


async def _serve(given: argparse.Namespace) -> None:
    asked_to_end = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_end.set)
    async with serve(given.pace, given.port, given.failing, given.seed) as taken:
        print(json.dumps({"port": taken}), flush=True)  # noqa: T201
        await asked_to_end.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m vitality_lib.sample",
        description="Serve the sample web on loopback: every host on one port, told apart by the Host header.",
        epilog=f"Point a crawl at it with VITALITY_RESOLVE=*=127.0.0.1:PORT VITALITY_USCCB_URL={USCCB_URL}",
    )
    parser.add_argument("--port", type=_port, default=0, help="the port to serve on (default: any that is free)")
    parser.add_argument("--pace", type=_pace, default=1.0, help="factor on how long slow sites take (default: 1)")
    parser.add_argument("--failing", type=_share, default=0.0, help="share of the requests that fail (default: 0)")
    parser.add_argument("--seed", type=int, default=0, help="decides which requests fail, and how (default: 0)")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: give a number from 0 to 65535")
    return port


def _pace(text: str) -> float:
    pace = float(text)
    if not 0 <= pace <= 100:
        raise argparse.ArgumentTypeError(f"{text} is no pace: give a number from 0 to 100")
    return pace


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no share: give a number from 0 to 1")
    return share


if __name__ == "__main__":
    sys.exit(main())
