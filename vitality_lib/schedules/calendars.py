"""Services out of an iCalendar (RFC 5545): events that recur and whose title names a service.

Calendars are bounded: at most 400 events whose title could name a service are looked at, each of at most 4,000
characters; what a rule cannot say as a recurrence is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vitality_lib.document import Document
from vitality_lib.models import Evidence, Service
from vitality_lib.schedules.calendar_rules import exceptions, recurrence
from vitality_lib.schedules.dated_events import Event, regular, services_of, together
from vitality_lib.schedules.lexicon.services import SERVICE

if TYPE_CHECKING:
    from icalendar.cal import Component

_MOST_EVENTS, _LONGEST_EVENT = 400, 4000
_CONFIDENCE = 0.9
_BEGIN, _END = "BEGIN:VEVENT", "END:VEVENT"
_SUMMARY = re.compile(r"^SUMMARY[^:\r\n]{0,100}:(.{0,200})", re.M)
_SERVICE = re.compile(SERVICE, re.I)
_ZONE = re.compile(r"^X-WR-TIMEZONE:([\w/+-]{1,60})", re.M)
_SHOWN = re.compile(r"^(?:DTSTART|DTEND|RRULE|SUMMARY|LOCATION)\b", re.M)


@dataclass(frozen=True)
class _Found:
    """An event of a calendar, its rule as written, and the dates on which it does not take place."""

    event: Event
    rule: str | None
    without: tuple[str, ...]


def is_calendar(document: Document) -> bool:
    """Whether a page is an iCalendar, whatever its media type."""
    return document.page.body[:200].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR")


def calendar_services(document: Document) -> tuple[Service, ...]:
    """The services that a calendar says, with method `calendar`. Their evidence points into the calendar's own text."""
    fetched = document.page.fetched_at
    today = fetched.date() if fetched else None
    once: list[Event] = []
    services: list[Service] = []
    for found in islice(_events(document), _MOST_EVENTS):
        if found.rule is None:
            once.append(found.event)
        elif rule := recurrence(found.rule, found.event.start, today):
            services += services_of(found.event, replace(rule, exceptions=exceptions(found.without, rule, today)))
    recent = (event for event in once if today is None or abs((event.start.date() - today).days) < 120)
    return together([*services, *regular(recent)])


def _events(document: Document) -> Iterator[_Found]:
    text, place = document.text, 0
    zone = _zone(text)
    while (start := text.find(_BEGIN, place)) >= 0:
        end = text.find(_END, start)
        if end < 0:
            return
        place = end + len(_END)
        block = text[start:place]
        title = _SUMMARY.search(block) if len(block) <= _LONGEST_EVENT else None
        if title and _SERVICE.search(title[1]) and (found := _event(document, start, block, zone)):
            yield found


def _event(document: Document, at: int, block: str, zone: ZoneInfo | None) -> _Found | None:
    """One event; None for one without a time of day, cancelled, moved from its series, or broken."""
    from icalendar.cal import Component  # noqa: PLC0415 - 40 ms, and few parishes publish a calendar

    try:
        parsed = Component.from_ical(block)
        start, end = _moment(parsed, "DTSTART", zone), _moment(parsed, "DTEND", zone)
        dates = _excepted(parsed)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        return None
    if start is None or "RECURRENCE-ID" in parsed or str(parsed.get("STATUS", "")).upper() == "CANCELLED":
        return None
    rule = parsed.get("RRULE")
    said = rule.to_ical().decode() if rule is not None and hasattr(rule, "to_ical") else None
    if isinstance(rule, list):  # several rules of one event
        return None
    title, place = str(parsed.get("SUMMARY", "")), str(parsed.get("LOCATION", ""))
    return _Found(Event(title, start, end, place, _evidence(document, at, block)), said, dates)


def _moment(event: Component, name: str, zone: ZoneInfo | None) -> datetime | None:
    """A time of an event on the clock of its place; None where it has none. UTC counts only where `zone` is known."""
    if name not in event:
        return None
    value = event.decoded(name)
    if not isinstance(value, datetime):
        return None
    if _raw(event, name).endswith("Z"):
        return value.astimezone(zone).replace(tzinfo=None) if zone else None
    return value.replace(tzinfo=None)


def _raw(event: Component, name: str) -> str:
    written = event[name].to_ical()
    return (written.decode() if isinstance(written, bytes) else str(written)).upper()


def _excepted(event: Component) -> tuple[str, ...]:
    """The dates (ISO) of EXDATE."""
    given = event.get("EXDATE", [])
    lists = given if isinstance(given, list) else [given]
    dates = [one.dt for dates in lists for one in dates.dts]
    return tuple(dict.fromkeys((one.date() if isinstance(one, datetime) else one).isoformat() for one in dates))


def _zone(text: str) -> ZoneInfo | None:
    named = _ZONE.search(text[:5000])
    try:
        return ZoneInfo(named[1]) if named else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _evidence(document: Document, at: int, block: str) -> Evidence:
    """The lines of an event from the first to the last that matters, as they stand in the calendar."""
    shown = [match.start() for match in _SHOWN.finditer(block)]
    begin = shown[0] if shown else 0
    last = block.find("\n", shown[-1]) if shown else -1
    quote = block[begin : last if last > 0 else len(block)].rstrip("\r\n")[:500]
    start = at + begin
    return Evidence(document.page.sha256, document.url, quote, start, start + len(quote), "calendar", _CONFIDENCE)
