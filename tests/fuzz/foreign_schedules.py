"""Service times: pages, calendars and structured data, and what is published of the services that they give."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import pairwise

from foreign import Parser, document, saved
from foreign_pages import pages

from vitality_lib.calendar.english import say
from vitality_lib.calendar.ical import Church, calendar_of, components
from vitality_lib.calendar.ical_reading import NotOursError, services_of
from vitality_lib.calendar.occurrences import occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.spoken import CannotBeSaidError
from vitality_lib.calendar.understand import understand
from vitality_lib.models import Outcome, Service
from vitality_lib.reports.exports.schedule_ld import told
from vitality_lib.schedules.bulletins import bulletins
from vitality_lib.schedules.calendar_links import calendar_requests
from vitality_lib.schedules.calendars import calendar_services
from vitality_lib.schedules.contradictions import settle
from vitality_lib.schedules.doubts import doubts
from vitality_lib.schedules.links import schedule_links
from vitality_lib.schedules.page_services import read_page
from vitality_lib.schedules.page_standing import standing
from vitality_lib.schedules.reader import read_services
from vitality_lib.schedules.structured import structured_services
from vitality_lib.schedules.text import visible_text
from vitality_lib.schedules.visit import visit

_BETWEEN = b"\n-- next page --\n"
_PLACE = Place("America/Chicago")
_FIRST, _LAST = date(2026, 9, 7), date(2026, 10, 12)
_PAGES = saved("schedules/pages/*.html")
_SITES = saved("schedules/sites/*/*", most=200)
_CALENDAR = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:America/Chicago\r\nBEGIN:VEVENT\r
DTSTART;TZID=America/Chicago:20260906T090000\r\nDTEND:20260906T150000Z\r\nSUMMARY;LANGUAGE=en:Sunday Mass\r
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,1MO;UNTIL=20270101T000000Z\r\nEXDATE:20260920T090000\r\nLOCATION:St. Odo\r
END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260907T090000\r\nSUMMARY:Confession\r
RRULE:FREQ=MONTHLY;BYDAY=FR;BYSETPOS=1;COUNT=9\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""
_JSON_LD = b"""<script type="application/ld+json">[{"@type":"Event","name":"Mass",
"startDate":"2026-09-13T09:00:00-05:00",
"location":{"name":"St. Odo"},"eventSchedule":{"@type":"Schedule","repeatFrequency":"P1W","byDay":["Sunday","1FR"],
"startTime":"09:00","endDate":"2027-01-01","exceptDate":["2026-10-04"],"byMonthWeek":[1,-1]}},
{"@type":"CatholicChurch","openingHoursSpecification":[{"name":"Confession","dayOfWeek":"Saturday","opens":"15:00"}]}]
</script>"""
_LINKED = b"""<iframe src="https://calendar.google.com/calendar/embed?src=c3QuZmljdHVzQGV4YW1wbGUub3Jn&cid=x%40y.example">
</iframe><a href="webcal://stodo.example/all.ics">Mass Times</a><a href="/bulletins/2026-09-06.pdf">Bulletin</a>"""


def _sayable(services: Sequence[Service]) -> list[Service]:
    """Those that have words; no other is published."""
    kept = []
    for one in services:
        with suppress(CannotBeSaidError):
            say(one)
            kept.append(one)
    return kept


def published(services: Sequence[Service]) -> None:
    """What becomes of services that were read: words that are read back, dates, schema.org."""
    for one in _sayable(services):
        assert understand(say(one)).value == one.value
        found = list(occurrences(one, _FIRST, _LAST, _PLACE, services))
        told(one, found, _FIRST, _LAST, _PLACE)


def _schedule(data: bytes) -> None:
    page = document(data)
    services = read_services(page).services
    shown = visible_text(page)
    assert all(piece.quote == shown[piece.start : piece.end] for one in services for piece in one.evidence)
    published(services)
    doubts(page, services)


def _structured(data: bytes) -> None:
    published(structured_services(document(data)))


def _calendar(data: bytes) -> None:
    page = document(data)
    services = calendar_services(page)
    assert all(piece.quote == page.text[piece.start : piece.end] for one in services for piece in one.evidence)
    published(services)


def _our_calendar(data: bytes) -> None:
    services_of(data)


def _links(data: bytes) -> None:
    page = document(data, "https://www.stodo.example/")
    assert all(one.url.startswith(("http://", "https://")) for one in schedule_links(page))
    assert all(one.url.startswith(("http://", "https://")) for one in calendar_requests(page))
    bulletins(page)


def _contradictions(data: bytes) -> None:
    read = [document(part, f"https://stodo.example/{n}") for n, part in enumerate(data.split(_BETWEEN)[:4])]
    stated = [standing(page, visible_text(page), read_page(page).services) for page in read]
    settled = settle(stated)
    assert all(one.why for one in settled.contradictions)
    published(settled.services)


def _visit(data: bytes) -> None:
    async def mark(spans: Sequence[object]) -> tuple[None, ...]:
        return (None,) * len(spans)

    found = asyncio.run(visit("https://www.stodo.example/", pages(data), 8, mark))
    assert isinstance(found.outcome, Outcome)
    published(found.services)


def _of_ours() -> list[bytes]:
    """Calendars as we write them."""
    services = [one for page in _PAGES[:6] for one in _sayable(read_services(document(page, "")).services)]
    church, stamp = Church("parish 1", _PLACE, "St. Odo, 1 Wick Road"), datetime(2026, 9, 7, tzinfo=UTC)
    return [
        "".join(calendar_of("x", components([one], church, _FIRST, stamp), [], 2026)).encode() for one in services[:20]
    ]


SCHEDULES = (
    Parser("schedule", _schedule, [*_PAGES, *_SITES]),
    Parser("structured", _structured, [_JSON_LD]),
    Parser("icalendar", _calendar, [_CALENDAR]),
    Parser("icalendar_of_ours", _our_calendar, _of_ours(), (NotOursError,)),
    Parser("schedule_links", _links, [_LINKED, *_SITES[::5]]),
    Parser("contradictions", _contradictions, [_BETWEEN.join(two) for two in pairwise(_PAGES)]),
    Parser("visit", _visit, [_BETWEEN.join((*two, _CALENDAR, _JSON_LD)) for two in pairwise(_SITES)]),
)  # fmt: skip
