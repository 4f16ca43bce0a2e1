"""A child of the bench: the walk through our own door. `bench_cost_ours.py fetch|parse|store WEBSITES ITEMS`.

`fetch` reads no page for its services and so follows the links in WEBSITES.links, which `parse` leaves behind.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

import bench_walk

from vitality_lib.models import Page, Purpose, Request, ScheduleReading
from vitality_lib.settings import Settings
from vitality_lib.store.database import Database, connect
from vitality_lib.web.door import Door, open_door


async def main(mode: str, websites: Path, items: Path) -> None:
    """Walk through all; the last line of output is `{"pages": N, "requests": N}`."""
    links = websites.with_suffix(".links")
    known = json.loads(links.read_text("utf-8")) if mode == "fetch" else {}
    sites = iter(bench_walk.websites(websites))
    settings = Settings()
    async with _memory(mode, settings) as database, open_door(settings, database) as door:
        with items.open("w", encoding="utf-8") as out:

            async def some() -> None:
                for site in sites:
                    await (_fetch(door, site, known) if mode == "fetch" else _parse(door, site, known, out))

            await asyncio.gather(*(some() for _ in range(bench_walk.SITES_AT_ONCE)))
        print(json.dumps({"pages": door.pages, "requests": door.requests}))
    if mode == "parse":
        links.write_text(json.dumps(known), "utf-8")


@asynccontextmanager
async def _memory(mode: str, settings: Settings) -> AsyncIterator[Database | None]:
    if mode != "store":
        yield None
        return
    async with connect(settings) as database:
        yield database


async def _fetch(door: Door, site: str, known: dict[str, list[str]]) -> None:
    if await _get(door, site):
        for url in known.get(site, ()):
            await _get(door, url)


async def _parse(door: Door, site: str, known: dict[str, list[str]], out: IO[str]) -> None:
    home = await _read(door, site, out)
    if home:
        known[site] = bench_walk.following(home)
        for url in known[site]:
            await _read(door, url, out)


async def _read(door: Door, url: str, out: IO[str]) -> ScheduleReading | None:
    page = await _get(door, url)
    if page is None:
        return None
    reading = bench_walk.read(page.url, page.body, page.headers.get("content-type", ""))
    out.write(bench_walk.item(page.url, reading))
    return reading


async def _get(door: Door, url: str) -> Page | None:
    page = await door.get(Request(url, Purpose.SCHEDULE))
    return page if isinstance(page, Page) else None


def _arguments(given: Sequence[str]) -> tuple[str, Path, Path]:
    mode, websites, items = given
    return mode, Path(websites), Path(items)


if __name__ == "__main__":
    asyncio.run(main(*_arguments(sys.argv[1:])))
