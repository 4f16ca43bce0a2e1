"""A tiny fictional country on the scripted web: one list, two dioceses, three parishes each; all pages answer 304."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

from web.scripted_web import Answering, Asked, Reply, Server, serving

from vitality_lib.store import snapshot
from vitality_lib.store.database import Database
from vitality_lib.units.work import Work
from vitality_lib.web.door import open_door
from vitality_lib.work.worker import Worker

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

LIST_URL = "http://bishops.example/dioceses"
LARKSPUR, TAMARACK = "Diocese of Larkspur", "Diocese of Tamarack"
ANNE, BRENDAN, CLARE = "st-anne.example", "st-brendan.example", "st-clare.example"  # of Larkspur
DYMPHNA, EDMUND, FELIX = "st-dymphna.example", "st-edmund.example", "st-felix.example"  # of Tamarack
PARISHES = {ANNE: "St. Anne", BRENDAN: "St. Brendan", CLARE: "St. Clare"}
PARISHES |= {DYMPHNA: "St. Dymphna", EDMUND: "St. Edmund", FELIX: "St. Felix"}
SERVICES_EACH = 4  # of every parish: two Masses, Confession, Adoration


def settle(web: Server) -> None:
    """Put the whole country on the web."""
    web.pages["bishops.example/dioceses"] = page(diocese_list(LARKSPUR, TAMARACK))
    for host, parishes in (
        ("larkspur.example", (ANNE, BRENDAN, CLARE)),
        ("tamarack.example", (DYMPHNA, EDMUND, FELIX)),
    ):
        web.pages[f"{host}/"] = page(
            '<h1>Welcome</h1><ul><li><a href="/parishes">Find a Parish</a></li><li><a href="/news">News</a></li></ul>'
        )
        web.pages[f"{host}/parishes"] = page(directory(parishes))
        for parish in parishes:
            web.pages[f"{parish}/"] = page(mass_times(PARISHES[parish]))


def page(body: str) -> Answering:
    """A page that its server knows again by its ETag."""
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:8]}"'

    def answer(asked: Asked) -> Reply:
        known = asked.headers.get("if-none-match") == tag
        return (
            Reply("", 304, {"ETag": tag}) if known else Reply(f"<html><body>{body}</body></html>", 200, {"ETag": tag})
        )

    return answer


def diocese_list(*names: str) -> str:
    """The list of dioceses, in the markup of the bishops' conference."""
    rows = "".join(
        f"""<div class="views-row"><article class="node node--type-da"><h3 class="da-title">{name}</h3>
        <div class="da-address"><div class="field--name-field-da-address-1">{number} Cathedral Square</div>
        <div class="field--name-field-da-city">{name.split()[-1]}</div>
        <div class="field--name-field-da-state-abbreviation">MO</div></div>
        <div class="site"><a href="http://{name.split()[-1].lower()}.example/">Website</a></div></article></div>"""
        for number, name in enumerate(names, 1)
    )
    return f"<h1>All Dioceses</h1>{rows}"


def directory(hosts: Iterable[str]) -> str:
    """A table of parishes, told by the hosts of their websites."""
    rows = "".join(
        f'<tr><td><a href="http://{host}/">{PARISHES.get(host) or _name(host)}</a></td><td>{number} Elm Street</td>'
        f"<td>Larkspur, MO 63001</td><td>(314) 555-01{number:02}</td></tr>"
        for number, host in enumerate(hosts, 1)
    )
    head = "<tr><th>Parish</th><th>Address</th><th>City</th><th>Phone</th></tr>"
    return f"<h1>Parish Directory</h1><table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def new_parishes(count: int) -> tuple[str, ...]:
    """Hosts of parishes that nobody has heard of before."""
    return tuple(f"holy-cross-{number}.example" for number in range(count))


def _name(host: str) -> str:
    return host.removesuffix(".example").replace("-", " ").title()


def mass_times(name: str, sunday: str = "8:00 AM") -> str:
    """A parish's homepage with all that a visit looks for, so that one page is enough."""
    return f"""<h1>{name}</h1><h2>Mass Times</h2><ul><li>Saturday Vigil: 5:00 PM</li><li>Sunday: {sunday}</li></ul>
    <h2>Confession</h2><p>Saturday: 3:30 PM - 4:30 PM</p><h2>Adoration</h2><p>Friday: 9:00 AM - 10:00 AM</p>"""


# --- working on it ---------------------------------------------------------------------------------------------------


@dataclass
class Country:
    """The country's web, a database for its facts, and a clock that stands still until a test moves it."""

    web: Server
    database: Database
    home: Path
    now: datetime = NOON
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def work(self, run: str = "first", **settings: object) -> AsyncIterator[Work]:
        """What the stages work with, through the real door."""
        chosen = self.web.settings(**{"usccb_url": LIST_URL, "home": self.home} | settings)
        worker = Worker("ann", chosen.heartbeat_seconds)
        async with open_door(chosen, self.database, self._now) as door:
            yield Work(chosen, self.database, door, worker, run, self._now, self.stop)

    async def do(self, *stages: Callable[[Work], Awaitable[None]], run: str = "first", **settings: object) -> None:
        """Do stages, one after the other."""
        async with self.work(run, **settings) as work:
            for stage in stages:
                await stage(work)

    def _now(self) -> datetime:
        return self.now

    def environment(self, **more: str) -> dict[str, str]:
        """The variables of a command that crawls this country: nothing but errors is logged."""
        quick = {"VITALITY_RESOLVE": f"*=127.0.0.1:{self.web.port}", "VITALITY_PACE": "0.01", "VITALITY_BROWSER": "off"}
        here = {"VITALITY_USCCB_URL": LIST_URL, "DATABASE_URL": self.database.url, "VITALITY_LOG_LEVEL": "ERROR"}
        return {**quick, **here, **more}

    async def facts(self) -> str:
        """The fingerprint of all facts: equal before and after when no fact was written."""
        async with self.database.transaction() as connection:
            return await snapshot.fingerprint(connection)

    async def observed(self) -> dict[str, snapshot.ObservedDiocese]:
        """What is published, by diocese."""
        async with self.database.transaction() as connection:
            return {one.diocese.name: one for one in await snapshot.observed(connection)}

    async def parish(self, host: str) -> snapshot.ObservedParish:
        """What is published of the parish with the website at `host`."""
        parishes = [parish for diocese in (await self.observed()).values() for parish in diocese.parishes]
        (found,) = [parish for parish in parishes if parish.entry.website == f"http://{host}/"]
        return found

    async def outcomes(self, run: str = "first", kind: str = "parish") -> dict[str, str]:
        """The reason of each parish (or diocese) of a run in the last stage that it was in, by website (or name)."""
        rows = await self.rows(
            """SELECT coalesce(p.website, d.name), reason FROM outcomes
            JOIN dioceses d ON d.id = outcomes.diocese_id
            LEFT JOIN parishes p ON unit_kind = 'parish' AND p.id = unit_id
            WHERE run = %s AND unit_kind = %s ORDER BY finished_at""",
            run,
            kind,
        )
        return {str(name).removeprefix("http://").rstrip("/"): str(reason) for name, reason in rows}

    async def rows(self, query: LiteralString, *values: object) -> list[tuple[object, ...]]:
        """The answer to a question in SQL."""
        async with self.database.transaction() as connection:
            return await (await connection.execute(query, values)).fetchall()


@asynccontextmanager
async def settled(database: Database, home: Path) -> AsyncIterator[Country]:
    """The country, served while the block lasts."""
    async with serving() as web:
        settle(web)
        yield Country(web, database, home)
