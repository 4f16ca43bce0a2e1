"""A database of national size, invented from a seed: 196 dioceses, 17,000 parishes, 120,000 services with evidence.

For figures of time and memory. `python tests/national_database.py DATABASE_URL` fills a migrated, empty database.
Every quote stands in the stored page that its evidence names, and all facts agree with one another, but the places
are only roughly where their states are.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any

import psycopg
from psycopg import AsyncConnection

from vitality_lib.calendar.english import say
from vitality_lib.models import Day, Recurrence, Service, ServiceType

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
DIOCESES, PARISHES = 196, 17_000
SERVICES = 123_100  # one in forty has ended


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Two-letter code, and a place in the middle: degrees north and east.
_STATES = (
    *(("AL", 32.8, -86.8), ("AK", 61.4, -149.9), ("AZ", 33.4, -111.9), ("AR", 34.8, -92.4), ("CA", 36.7, -119.7)),
    *(("CO", 39.0, -105.0), ("CT", 41.6, -72.7), ("FL", 28.3, -81.7), ("GA", 33.0, -83.5), ("HI", 21.3, -157.8)),
    *(("ID", 43.6, -116.2), ("IL", 40.4, -89.0), ("IN", 39.8, -86.2), ("IA", 41.9, -93.4), ("KS", 38.5, -97.5)),
    *(("KY", 37.8, -85.0), ("LA", 30.5, -91.5), ("MA", 42.3, -71.8), ("MD", 39.2, -76.7), ("MI", 43.0, -84.6)),
    *(("MN", 45.3, -94.3), ("MO", 38.5, -92.4), ("MT", 46.9, -110.4), ("NE", 41.2, -98.5), ("NJ", 40.3, -74.5)),
    *(("NM", 35.0, -106.4), ("NY", 42.5, -75.5), ("NC", 35.5, -79.8), ("ND", 47.4, -100.5), ("OH", 40.3, -82.8)),
    *(("OK", 35.5, -97.4), ("OR", 44.5, -122.3), ("PA", 40.7, -77.5), ("SD", 44.3, -99.4), ("TX", 30.7, -97.8)),
    *(("UT", 40.5, -111.8), ("VA", 37.6, -78.2), ("WA", 47.4, -121.5), ("WI", 44.2, -89.6), ("WY", 42.9, -107.4)),
)
_SAINTS = _words(
    "Agnes Anne Anthony Augustine Bernard Brigid Catherine Cecilia Clare Dominic Elizabeth Francis Gabriel Helena "
    "Ignatius James Jerome Joan John Joseph Jude Lawrence Lucy Luke Margaret Mark Martin Mary Matthew Michael Monica "
    "Nicholas Patrick Paul Peter Philip Raphael Rita Rose Stephen Teresa Thomas Timothy Vincent"
)
_TOWNS = _words(
    "Ashby Brookfield Cedar Dunmore Elmira Fairview Glenwood Harper Ironton Jasper Kingston Lakeview Maple Newbury "
    "Oakdale Palmer Quincy Riverton Salem Taylor Union Vernon Weston Yorktown"
)
_PLATFORMS = ("cards", "ecatholic", "drupal_view", "wp_store_locator", "arcgis", "google_my_maps", "tables", "geojson")
_FAILURES = ("no_website", "timeout", "no_schedule_page", "only_in_pdf", "dns_failure", "robots_disallowed", "blocked")
_HEAD = "<!doctype html><html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p><ul>"
_WELCOME = "Welcome to our parish. " * 40

Row = Sequence[object]


@dataclass(frozen=True)
class Plan:
    """How many of each; `seed` makes it the same every time."""

    dioceses: int = DIOCESES
    parishes: int = PARISHES
    services: int = SERVICES
    seed: int = 7

    @cached_property
    def chance(self) -> random.Random:
        return random.Random(self.seed)

    @cached_property
    def state_of(self) -> list[tuple[str, float, float]]:
        """The state of each diocese."""
        return [_STATES[number % len(_STATES)] for number in range(self.dioceses)]

    @cached_property
    def diocese_of(self) -> list[int]:
        """The diocese of each parish, by its place from 0: a few are large, most are small."""
        weights = [0.2 + self.chance.expovariate(1) for _ in range(self.dioceses)]
        bounds = [round(part / sum(weights) * self.parishes) for part in accumulate(weights)]
        return [diocese for diocese, bound in enumerate(bounds) for _ in range(bound - ([0, *bounds][diocese]))]

    @cached_property
    def kinds(self) -> list[tuple[Service, str]]:
        """The services that occur, each with its words: few rules, as everywhere."""
        return [(service, say(service)) for service in _services()]

    @cached_property
    def services_of(self) -> list[list[int]]:
        """The kinds of services of each parish: seven or so for four parishes of five, none for the others."""
        told = [number for number in range(self.parishes) if number % 5]
        each, more = divmod(self.services, len(told))
        found: list[list[int]] = [[] for _ in range(self.parishes)]
        for place, number in enumerate(told):
            found[number] = sorted(self.chance.sample(range(len(self.kinds)), each + (place < more)))
        return found


def _services() -> Iterator[Service]:
    sunday, saturday = (Day.SU,), (Day.SA,)
    weekdays = (Day.MO, Day.TU, Day.WE, Day.TH, Day.FR)
    for hour in range(7, 19):
        for minute in ("00", "30"):
            language = ("en", "es", "vi", "en/es", "pl")[hour % 5] if minute == "30" else "en"
            yield _service(ServiceType.MASS, sunday, f"{hour:02}:{minute}", language=language)
    for start in ("16:00", "16:30", "17:00", "17:30"):
        yield _service(ServiceType.MASS, saturday, start, vigil=True)
    for start in ("06:30", "07:00", "08:00", "08:30", "12:10", "18:00"):
        yield _service(ServiceType.MASS, weekdays, start)
        yield _service(ServiceType.MASS, weekdays[::2], start, language="es")
    for start, end in (("15:00", "16:00"), ("15:30", "16:30"), ("09:00", None), ("16:00", "16:45")):
        yield _service(ServiceType.CONFESSION, saturday, start, end=end)
        yield _service(ServiceType.CONFESSION, (Day.WE,), start, end=end, season="lent")
    for start, end in (("09:00", "18:00"), ("12:00", "20:00"), ("19:00", "20:00")):
        yield _service(ServiceType.ADORATION, (Day.FR,), start, end=end, ordinals=("1",))
        yield _service(ServiceType.ADORATION, (Day.TH,), start, end=end)
    yield _service(ServiceType.ADORATION, tuple(Day(name) for name in ("SU", "MO", "TU", "WE", "TH", "FR", "SA")),
                   "00:00", end="24:00")  # fmt: skip
    yield _service(ServiceType.MASS, (Day.HOLYDAY,), "19:00")
    yield _service(ServiceType.MASS, (Day.HOLYDAY_EVE,), "18:30", vigil=True)
    yield _service(ServiceType.OTHER_DEVOTION, (Day.FR,), "19:00", season="lent", note="Stations of the Cross")


def _service(kind: ServiceType, days: tuple[Day, ...], start: str, **more: Any) -> Service:
    rule = {name: more.pop(name) for name in ("ordinals", "season") if name in more}
    return Service(kind, Recurrence(days, **rule), start, **more)


async def fill(connection: AsyncConnection[Any], plan: Plan | None = None) -> None:
    """Write the country into a migrated, empty database, and let the planner know of it."""
    plan = plan or Plan()
    async with connection.transaction():
        for table, columns, rows in _tables(plan):
            await _copy(connection, table, columns, rows)
    await connection.set_autocommit(True)
    await connection.execute("VACUUM ANALYZE")


def _tables(plan: Plan) -> Iterator[tuple[str, str, Iterable[Row]]]:
    yield "dioceses", "id name street city state zip website first_seen changed_at", _dioceses(plan)
    yield "directories", "diocese_id url label score platform route proved found_at changed_at", _directories(plan)
    yield (
        "parishes",
        "id diocese_id identity name street city state zip phone website pastor latitude longitude page_url platform "
        "first_seen changed_at gone_at",
        _parishes(plan),
    )
    yield (
        "services",
        "id parish_id type days ordinals season start_time end_time language vigil note words valid_from valid_to",
        _service_rows(plan),
    )
    yield "page_bodies", "hash size body", _bodies(plan)
    yield "pages", "request_key url final_url route status content_type body_hash fetched_at checked_at", _pages(plan)
    yield "evidence", "service_id page_hash url quote span_start span_end method confidence", _evidence(plan)
    yield "schedule_pages", "parish_id place url page_hash why services kept read_at", _schedule_pages(plan)
    yield "runs", "run stage started_at finished_at status detail", _runs()
    yield (
        "outcomes",
        "run stage unit_kind unit_id diocese_id reason detail facts requests worker_id finished_at",
        _outcomes(plan),
    )
    yield (
        "visits",
        "stage unit_kind unit_id visited_at good_at changed_at interval_hours due_at",
        _visits(plan),
    )
    yield "reviews", "diocese_id run published proposed why entries created_at", _reviews(plan)
    yield "hosts", "host ended_at next_at requests failures open_until open_reason", _hosts(plan)
    yield "reports", "run made_at figures path", _reports(plan)
    yield "ai_calls", "hash purpose model asked_at state tokens", _ai_calls(plan)
    yield "pipeline_workers", "worker_id worker_type pod_name status parishes_done started_at", _workers()


def _dioceses(plan: Plan) -> Iterator[Row]:
    for number, (state, *_) in enumerate(plan.state_of):
        town = f"{_TOWNS[number % len(_TOWNS)]} {number // len(_TOWNS) + 1}"
        site = f"https://diocese-{number + 1}.example/"
        yield number + 1, f"Diocese of {town}", "1 Main St", town, state, f"{10001 + number}", site, _ago(400), _ago(90)


def _directories(plan: Plan) -> Iterator[Row]:
    for number in range(plan.dioceses):
        if number % 25:
            platform, url = _PLATFORMS[number % len(_PLATFORMS)], f"https://diocese-{number + 1}.example/parishes"
            yield number + 1, url, "Find a Parish", 0.9, platform, "feed", 60, _ago(400), _ago(90)


def _parishes(plan: Plan) -> Iterator[Row]:
    chance = random.Random(plan.seed + 1)
    for number, diocese in enumerate(plan.diocese_of):
        state, north, east = plan.state_of[diocese]
        town, name = _TOWNS[number % len(_TOWNS)], _name(number)
        place = (round(north + chance.uniform(-0.8, 0.8), 5), round(east + chance.uniform(-0.8, 0.8), 5))
        yield (
            *(number + 1, diocese + 1, f"{name.lower()}|{town.lower()}|{number}", name, f"{number % 900 + 1} Elm St"),
            *(town, state, f"{10001 + number % 80_000}", f"+1206555{number % 10_000:04}"),
            *(_site(number) if number % 10 else None, "Rev. A. Pastor", *(place if number % 20 else (None, None))),
            *(f"https://diocese-{diocese + 1}.example/parishes", _PLATFORMS[diocese % len(_PLATFORMS)]),
            *(_ago(400), _ago(number % 300 + 1), _ago(20) if number % 200 == 5 else None),
        )


def _service_rows(plan: Plan) -> Iterator[Row]:
    for id_, parish, kind in _placed(plan):
        service, words = plan.kinds[kind]
        rule = service.recurrence
        ended = _ago(30) if id_ % 40 == 0 else None
        yield (
            *(id_, parish + 1, service.type.value, [day.value for day in rule.days], list(rule.ordinals), rule.season),
            *(service.start, service.end, service.language, service.vigil, service.note, words),
            *(_ago(id_ % 350 + 31), ended),
        )


def _placed(plan: Plan) -> Iterator[tuple[int, int, int]]:
    """Each service: its id, the place of its parish, its kind."""
    id_ = 0
    for parish, kinds in enumerate(plan.services_of):
        for kind in kinds:
            id_ += 1
            yield id_, parish, kind


def _page(plan: Plan, parish: int) -> tuple[str, list[tuple[str, int, int]], str, bytes]:
    """The page of a parish: its hash; the quote, first character and character after it of each service; text; body."""
    name = _name(parish)
    text = f"{name}\n{_WELCOME.strip()}"
    html, spans = _HEAD.format(name, _WELCOME), []
    for kind in plan.services_of[parish]:
        quote = plan.kinds[kind][1]
        spans.append((quote, len(text) + 1, len(text) + 1 + len(quote)))
        text += f"\n{quote}"
        html += f"<li>{quote}</li>"
    body = f"{html}</ul><!-- {parish} --></body></html>".encode()
    return hashlib.sha256(body).hexdigest(), spans, text, body


def _bodies(plan: Plan) -> Iterator[Row]:
    for parish in range(plan.parishes):
        if plan.services_of[parish]:
            name, _, _, body = _page(plan, parish)
            yield name, len(body), zlib.compress(body, 1)


def _pages(plan: Plan) -> Iterator[Row]:
    for parish in range(plan.parishes):
        if plan.services_of[parish]:
            address = f"{_site(parish)}mass-times"
            yield address, address, address, "http", 200, "text/html", _page(plan, parish)[0], _ago(5), _ago(2)


def _evidence(plan: Plan) -> Iterator[Row]:
    id_ = 0
    for parish, kinds in enumerate(plan.services_of):
        name, spans, *_ = _page(plan, parish) if kinds else ("", [])
        for span in spans:
            id_ += 1
            yield id_, name, f"{_site(parish)}mass-times", *span, "list", 0.6 + id_ % 40 / 100


def _schedule_pages(plan: Plan) -> Iterator[Row]:
    for parish, kinds in enumerate(plan.services_of):
        if kinds:
            told = (f"{_site(parish)}mass-times", _page(plan, parish)[0], "a link of the homepage")
            yield parish + 1, 1, *told, len(kinds), len(kinds), _ago(2)


def _runs() -> Iterator[Row]:
    for back in range(6):
        for stage in ("discovery", "extraction", "schedule", "reporting"):
            yield f"run-{back}", stage, _ago(back * 2 + 1), _ago(back * 2), "ok", f"{stage}: all planned finished"


def _outcomes(plan: Plan) -> Iterator[Row]:
    for back in range(3):
        run, when = f"run-{back}", _ago(back * 2)
        for diocese in range(plan.dioceses):
            found = diocese % 25 != 0
            told = ("worker-1", when)
            unit = ("diocese", diocese + 1, diocese + 1)
            yield run, "discovery", *unit, "ok" if found else "no_directory", "", int(found), 4, *told
            if found:
                yield run, "extraction", *unit, "ok", "", 86, 12, *told
        for parish, kinds in enumerate(plan.services_of):
            reason = "ok" if kinds else _FAILURES[parish % len(_FAILURES)]
            unit = ("parish", parish + 1, plan.diocese_of[parish] + 1)
            yield run, "schedule", *unit, reason, "", len(kinds), 3, f"worker-{parish % 3 + 1}", when


def _visits(plan: Plan) -> Iterator[Row]:
    for diocese in range(plan.dioceses):
        if diocese % 25:
            yield "extraction", "diocese", diocese + 1, _ago(2), _ago(2), _ago(40), 168.0, _ago(-5 + diocese % 7)
    for parish, kinds in enumerate(plan.services_of):
        seen = _ago(parish % 20)
        yield "schedule", "parish", parish + 1, seen, seen if kinds else None, _ago(60), 168.0, _ago(parish % 20 - 7)


def _reviews(plan: Plan) -> Iterator[Row]:
    for diocese in range(3, plan.dioceses, 60):
        entries = json.dumps([{"identity": f"new {n}", "name": f"St. New {n}", "page_url": "https://diocese.example/",
                               "platform": "cards"} for n in range(20)])  # fmt: skip
        yield diocese + 1, "run-0", 86, 20, "86 parishes became 20", entries, _ago(3)


def _hosts(plan: Plan) -> Iterator[Row]:
    for parish in range(plan.parishes):
        if parish % 10:
            shut = parish % 500 == 1
            until = NOW + timedelta(days=3650) if shut else "-infinity"
            host = _site(parish).split("/")[2]
            yield host, _ago(2), _ago(2), 40, 5 if shut else 0, until, "timeout" if shut else None


def _reports(plan: Plan) -> Iterator[Row]:
    for back in range(60, 0, -1):
        counts = {"dioceses": plan.dioceses, "parishes": plan.parishes - back, "services": plan.services - 9 * back}
        yield f"report-{back}", _ago(back), json.dumps({"web": "live", "totals": counts}), f"reports/{back}"


def _ai_calls(plan: Plan) -> Iterator[Row]:
    for number in range(3000):
        state = "failed" if number % 50 == 0 else "answered"
        purpose = ("rank_links", "mark_spans", "repeating_element")[number % 3]
        yield f"{number:064x}", purpose, "gemini-flash-latest", _ago(number / 100), state, 900 + number % 300


def _workers() -> Iterator[Row]:
    for number, stage in enumerate(("discovery", "extraction", "extraction", "schedule", "schedule", "reporting")):
        yield f"worker-{number}", stage, f"vitality-{stage}-{number}", "inactive", 100 * number, _ago(1)


def _name(number: int) -> str:
    first, second = _SAINTS[number % len(_SAINTS)], _SAINTS[number // len(_SAINTS) % len(_SAINTS)]
    return f"St. {first}" if number % 3 else f"Sts. {first} and {second}"


def _site(number: int) -> str:
    return f"https://parish-{number + 1}.example/"


def _ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


async def _copy(connection: AsyncConnection[Any], table: str, columns: str, rows: Iterable[Row]) -> None:
    names = ", ".join(columns.split())
    async with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy:
        for row in rows:
            await copy.write_row(row)
    if columns.startswith("id "):
        await connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))".encode()
        )


async def _main(url: str) -> None:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await fill(connection)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
