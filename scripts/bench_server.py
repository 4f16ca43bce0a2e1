"""Part `server`: the generated nation by itself: how many pages it has, how many requests a second it answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from urllib.parse import urlsplit

from bench_nation import Nation, Plan, nation
from bench_options import Options, progress
from bench_page import Result
from bench_sizes import sized
from nation.moulds import pages_of
from nation.sites import Web

PARISHES = 17_000
LEAST_PAGES, LEAST_A_SECOND = 100_000, 3000
SITES = 1000  # that are asked, several pages of each
REQUESTS = 20_000
CLIENTS = 16

Target = tuple[str, str]  # host and path


@dataclass(frozen=True)
class Counted:
    """What a nation has."""

    hosts: int
    pages: int


def measured(options: Options) -> Result:
    """Count it, then ask it: on connections that stay, and on a new one each time."""
    plan = sized(options.size(PARISHES), options.dioceses)
    progress(f"server: counting the pages of {plan.parishes} parishes")
    began = time.monotonic()
    found = counted(plan)
    progress(f"  {found.pages:,} in {time.monotonic() - began:.0f} s")
    with nation(plan) as served:
        paths = list(islice(targets(plan), SITES * 4))
        kept = asyncio.run(_rate(served, paths, keep=True))
        new = asyncio.run(_rate(served, paths, keep=False))
    faults = []
    if kept < LEAST_A_SECOND:
        faults.append(f"{kept:.0f} requests a second, {LEAST_A_SECOND} are asked for")
    if plan.parishes >= PARISHES and found.pages <= LEAST_PAGES:
        faults.append(f"{found.pages} pages")
    heading = ("parishes", "dioceses", "hosts", "pages", "requests/s, kept connections", "requests/s, new ones")
    row = (f"{plan.parishes:,}", plan.dioceses, f"{found.hosts:,}", f"{found.pages:,}", f"{kept:,.0f}", f"{new:,.0f}")
    return Result(
        heading,
        [row],
        [f"{CLIENTS} connections at once, from one process beside it: it is the client that is slow on new ones."],
        faults,
    )


def counted(plan: Plan) -> Counted:
    """The hosts (with and without `www.` counted apart), and the pages of parishes and dioceses (counted once)."""
    web = Web(plan)
    return Counted(web.names, web.pages + sum(len(pages_of(member)) for _, member in plan.parishes_of_all()))


def targets(plan: Plan) -> Iterator[Target]:
    """Pages of parish sites, site after site."""
    for _, member in plan.parishes_of_all():
        if member.parish.website and member.parish.site:
            host = urlsplit(member.parish.website).netloc
            yield from ((host, path) for path in ("/robots.txt", *islice(pages_of(member), 3)))


async def _rate(served: Nation, paths: list[Target], *, keep: bool) -> float:
    """Requests a second, after one round in which the pages are made."""
    for wanted in (len(paths), REQUESTS):
        queue = islice(cycle(paths), wanted)
        began = time.monotonic()
        await asyncio.gather(*(_client(served.port, queue, keep=keep) for _ in range(CLIENTS)))
        seconds = time.monotonic() - began
    return REQUESTS / seconds


async def _client(port: int, queue: Iterator[Target], *, keep: bool) -> None:
    """One connection at a time, opened anew after each answer, or whenever the server has closed it."""
    talk: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for host, path in queue:
        reader, writer = talk = talk or await asyncio.open_connection("127.0.0.1", port)
        close = "" if keep else "Connection: close\r\n"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{close}\r\n".encode())
        if not await _answered(reader) or not keep:
            writer.close()
            talk = None
    if talk:
        talk[1].close()


async def _answered(reader: asyncio.StreamReader) -> bool:
    """Read one answer; False where the server hung up."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.partition(b"content-length: ")[2].split(b"\r\n", 1)[0]))
    except (asyncio.IncompleteReadError, ConnectionError):
        return False
    return True
