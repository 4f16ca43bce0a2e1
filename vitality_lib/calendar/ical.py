"""Services as an iCalendar (RFC 5545): one event for each, with the rule itself wherever iCalendar can say it.

- A rule of weekdays, nth weekdays, every other week or days of the month is an RRULE. What it leaves out for a holy day
  or another exception are EXDATEs. A rule that no RRULE says (holy days, seasons, times that depend on another service)
  is a list of RDATEs. Where dates are listed, nothing is said beyond the horizon, and X-VITALITY-RULE holds the rule.
- An end that the page does not state is not there: no DTEND, no DURATION. By RFC 5545 the event ends when it starts.
- Clock times hold the year round, while a DURATION of hours does not where the clocks change in the night: such nights
  are instances of their own (RECURRENCE-ID) with the end as the clock shows it.
- What has no date within the horizon (by appointment, ended) is a VJOURNAL without one, so that nothing is lost.
- TENTATIVE is what the page leaves open: which weeks, how long the Mass before it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, Journal
from icalendar.prop import vRecur, vText

from vitality_lib.calendar.english import say
from vitality_lib.calendar.ical_notation import rule_text, service_text
from vitality_lib.calendar.ical_rule import Dates, dates_of
from vitality_lib.calendar.ical_zone import zone_component
from vitality_lib.calendar.occurrences import Occurrence, occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.spoken import TYPES, say_languages
from vitality_lib.harmless import is_link
from vitality_lib.models import Service

PRODUCT = "-//Diocesan Vitality//EN"
TWO_YEARS = timedelta(days=731)
_C = TypeVar("_C", Event, Journal)


@dataclass(frozen=True)
class Church:
    """Where services are held: `key` names it for good (`parish 17, church 3`) and goes into the UIDs of its events.

    `location` is its name and address in one line.
    """

    key: str
    place: Place
    location: str = ""


def components(
    services: Sequence[Service],
    church: Church,
    first: date,
    stamp: datetime,
    *,
    horizon: timedelta = TWO_YEARS,
    others: Sequence[Service] = (),
) -> Iterator[Event | Journal]:
    """The events of a church's services from the day `first` on; `stamp` is when they were told (DTSTAMP).

    `others` are what a service may be tied to; without them, the services themselves.
    Raises CannotBeSaidError for a service that has no meaning in words.
    """
    for service in services:
        found = list(occurrences(service, first, first + horizon, church.place, others or services))
        if found:
            yield from _events(service, found, church, stamp, first + horizon)
        else:
            yield _with_rule(_described(Journal(), service, church, stamp), service)


def calendar_of(name: str, events: Iterable[Event | Journal], zones: Iterable[str], year: int) -> Calendar:
    """A calendar with the zones (IANA names) of its churches, by the clock changes of `year`."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for title in ("x-wr-calname", "name"):
        calendar.add(title, vText(name))  # of these two the library does not know by itself that they are text
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for zone in sorted(set(zones)):
        calendar.add_component(zone_component(zone, year))
    for event in events:
        calendar.add_component(event)
    return calendar


def _events(
    service: Service, found: Sequence[Occurrence], church: Church, stamp: datetime, last: date
) -> Iterator[Event]:
    """The event, then each of its instances that has another length. One that is tied is an event for each length."""
    for number, (length, some) in enumerate(_by_length(service, found)):
        starts = [_wall(service, one) for one in some]
        event, dates = _described(Event(), service, church, stamp, number), dates_of(service, starts, last)
        event.add("status", "CONFIRMED" if all(one.certain for one in some) else "TENTATIVE")
        _add_dates(event, dates)
        if length is not None:
            event.add("duration", length)
        yield event if dates.says_all else _with_rule(event, service)
        for start, one in zip(starts, some, strict=True):
            if one.end != _end(one.start, length):
                yield _instance(event, start, one)


def _instance(event: Event, start: datetime, one: Occurrence) -> Event:
    instance = Event()
    for name in ("uid", "dtstamp", "summary", "description", "categories", "location", "status"):
        if name in event:
            instance[name] = event[name]
    instance.add("recurrence-id", start)
    instance.add("dtstart", start)
    if one.end:
        instance.add("dtend", one.end)
    return instance


def _described(component: _C, service: Service, church: Church, stamp: datetime, number: int = 0) -> _C:
    """`number` counts the further events of one service, which say that they belong to the first."""
    uid = uuid5(NAMESPACE_URL, _identity(service, church))
    component.add("uid", f"{uid}{f'-{number}' if number else ''}@diocesan-vitality")
    if number:
        component.add("related-to", f"{uid}@diocesan-vitality")
    component.add("dtstamp", stamp.astimezone(UTC))
    vigil = " (vigil)" if service.vigil else ""
    language = f" {spoken}" if (spoken := say_languages(service.language)) else ""
    component.add("summary", f"{TYPES[service.type]}{vigil}{language}")
    component.add("description", say(service))
    component.add("categories", [TYPES[service.type]])
    if church.location and isinstance(component, Event):
        component.add("location", church.location)
    best = max(service.evidence, key=lambda piece: piece.confidence, default=None)
    if best and is_link(best.url):
        component.add("url", best.url)
    component.add("x-vitality-service", service_text(service))
    return component


def _with_rule(component: _C, service: Service) -> _C:
    component.add("x-vitality-rule", rule_text(service.recurrence))
    return component


def _identity(service: Service, church: Church) -> str:
    return "\n".join((church.key, service_text(service), rule_text(service.recurrence)))


def _add_dates(event: Event, dates: Dates) -> None:
    event.add("dtstart", dates.first)
    if dates.rule:
        event.add("rrule", vRecur.from_ical(dates.rule))
    if dates.left_out:
        event.add("exdate", list(dates.left_out))
    if dates.added:
        event.add("rdate", list(dates.added))


def _wall(service: Service, one: Occurrence) -> datetime:
    """The start as the clock has it, though a change of clocks may skip it that day: the rule is about the clock."""
    clock = time.fromisoformat(service.start) if service.start else one.start.time()
    return datetime.combine(one.start.date(), clock, one.start.tzinfo)


def _by_length(service: Service, found: Sequence[Occurrence]) -> list[tuple[timedelta | None, list[Occurrence]]]:
    """The occurrences by how long they take by the clock; None where no end is stated.

    With times of its own a service has one length. Its other lengths come of a change of clocks, and stay exceptions.
    """
    lengths: dict[timedelta | None, list[Occurrence]] = {}
    for one in found:
        length = one.end.replace(tzinfo=None) - one.start.replace(tzinfo=None) if one.end else None
        lengths.setdefault(length, []).append(one)
    if service.start:
        return [(max(lengths, key=lambda length: len(lengths[length])), list(found))]
    return list(lengths.items())


def _end(start: datetime, length: timedelta | None) -> datetime | None:
    """Where RFC 5545 (3.3.6) puts the end: days go by the calendar, what is left by the time that passes."""
    if length is None:
        return None
    days, rest = timedelta(days=length.days), timedelta(seconds=length.seconds)
    return ((start + days).astimezone(UTC) + rest).astimezone(start.tzinfo)
