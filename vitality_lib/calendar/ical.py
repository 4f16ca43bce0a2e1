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
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from vitality_lib.calendar.days import law_of
from vitality_lib.calendar.english import say
from vitality_lib.calendar.ical_lines import duration_text, line, local_text, stamp_text, text_line, texts_line
from vitality_lib.calendar.ical_notation import rule_text as notation
from vitality_lib.calendar.ical_notation import service_text
from vitality_lib.calendar.ical_rule import Dates, dates_within, rule_text
from vitality_lib.calendar.ical_zone import days_of_change, zone_text
from vitality_lib.calendar.occurrence import end_of, moment
from vitality_lib.calendar.occurrences import Occurrence, occurrences
from vitality_lib.calendar.place import Place
from vitality_lib.calendar.rules import weeks_are_guessed
from vitality_lib.calendar.spoken import TYPES, say_languages
from vitality_lib.harmless import is_link
from vitality_lib.models import Recurrence, Service

PRODUCT = "-//Diocesan Vitality//EN"
TWO_YEARS = timedelta(days=731)
_DAY = timedelta(days=1)


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
) -> Iterator[str]:
    """The events of a church's services from the day `first` on, as text; `stamp` is when they were told (DTSTAMP).

    `others` are what a service may be tied to; without them, the services themselves.
    Raises CannotBeSaidError for a service that has no meaning in words.
    """
    last, stamped = first + horizon, line("DTSTAMP", stamp_text(stamp))
    for service in services:
        told = _Told(service, church, stamped)
        found = list(_at_its_time(told, first, last) if service.start else _tied(told, first, last, others or services))
        yield from found or [told.journal()]


def calendar_of(
    name: str, events: Iterable[str], zones: Iterable[str], year: int, about: Iterable[str] = ()
) -> Iterator[str]:
    """The text of a calendar, piece by piece, with the zones (IANA names) of its churches, by the clock changes of
    `year`; `about` are further lines on the calendar itself.
    """
    yield f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n"
    yield from (text_line(title, name) for title in ("X-WR-CALNAME", "NAME"))
    yield "REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n"
    yield from about
    yield from (zone_text(zone, year) for zone in sorted(set(zones)))
    yield from events
    yield "END:VCALENDAR\r\n"


class _Words(NamedTuple):
    """What an event says of a service, whichever church holds it and whenever."""

    head: str  # SUMMARY, DESCRIPTION, CATEGORIES
    service: str  # the model's own notation, that of its recurrence apart
    rule: str
    tail: str


@lru_cache(maxsize=4096)
def _words(service: Service) -> _Words:
    vigil = " (vigil)" if service.vigil else ""
    language = f" {spoken}" if (spoken := say_languages(service.language)) else ""
    head = (
        text_line("SUMMARY", f"{TYPES[service.type]}{vigil}{language}")
        + text_line("DESCRIPTION", say(service))
        + texts_line("CATEGORIES", [TYPES[service.type]])
    )
    own = service_text(service)
    return _Words(head, own, notation(service.recurrence), text_line("X-VITALITY-SERVICE", own))


class _Told:
    """A service of a church on its way into events."""

    def __init__(self, service: Service, church: Church, stamped: str) -> None:
        self.service, self.church, self._stamped = service, church, stamped
        self.words = _words(replace(service, evidence=()))
        self.uid = str(uuid5(NAMESPACE_URL, "\n".join((church.key, self.words.service, self.words.rule))))
        best = max(service.evidence, key=lambda piece: piece.confidence, default=None)
        self._url = line("URL", best.url) if best and is_link(best.url) else ""
        self._location = text_line("LOCATION", church.location) if church.location else ""

    def event(self, status: str, dates: str, length: timedelta | None, *, says_all: bool, number: int = 0) -> str:
        """`number` counts the further events of one service, which say that they belong to the first."""
        related = line("RELATED-TO", f"{self.uid}@diocesan-vitality") if number else ""
        duration = line("DURATION", duration_text(length)) if length is not None else ""
        rule = "" if says_all else self.rule
        return (
            f"BEGIN:VEVENT\r\n{self._common(status, number)}{related}{self._url}{self.words.tail}"
            f"{dates}{duration}{rule}END:VEVENT\r\n"
        )

    def instance(self, status: str, start: str, one: Occurrence, number: int = 0) -> str:
        """One time that has another length than the others; `start` is its beginning as the clock shows it."""
        zone = self.church.place.zone
        end = line(f"DTEND;TZID={zone}", local_text(one.end.date(), f"{one.end:%H:%M}")) if one.end else ""
        return (
            f"BEGIN:VEVENT\r\n{self._common(status, number)}{line(f'RECURRENCE-ID;TZID={zone}', start)}"
            f"{line(f'DTSTART;TZID={zone}', start)}{end}END:VEVENT\r\n"
        )

    def journal(self) -> str:
        """What has no date."""
        uid = line("UID", f"{self.uid}@diocesan-vitality")
        return (
            f"BEGIN:VJOURNAL\r\n{uid}{self._stamped}{self.words.head}{self._url}{self.words.tail}{self.rule}"
            "END:VJOURNAL\r\n"
        )

    @property
    def rule(self) -> str:
        return text_line("X-VITALITY-RULE", self.words.rule)

    def _common(self, status: str, number: int) -> str:
        uid = f"UID:{self.uid}{f'-{number}' if number else ''}@diocesan-vitality\r\n"
        return f"{uid}{self._stamped}STATUS:{status}\r\n{self.words.head}{self._location}"


# --- with a time of their own ---------------------------------------------------------------------------------------


def _at_its_time(told: _Told, first: date, last: date) -> Iterator[str]:
    """The event, then each of its instances that has another length, since the clocks change meanwhile."""
    service, place = told.service, told.church.place
    when = service.recurrence
    if service.start is None or not when.says_when:
        return
    law = law_of(when, place)
    dates = dates_within(when, first, last, law)
    if not dates.days:
        return
    status, length = "TENTATIVE" if weeks_are_guessed(when) else "CONFIRMED", _length(service)
    lines = _date_lines(when, (first, last), law, service.start, place.zone)
    yield told.event(status, lines, length, says_all=dates.says_all)
    for day in _days_near_changes(service, dates, place.zone, first, last):
        start = moment(day, service.start, place)
        one = Occurrence(start, end_of(service, start, place))
        if one.end != _end(start, length):
            yield told.instance(status, local_text(day, service.start), one)


@lru_cache(maxsize=4096)
def _date_lines(when: Recurrence, stretch: tuple[date, date], law: Place, clock: str, zone: str) -> str:
    """DTSTART, RRULE, EXDATE and RDATE."""
    dates = dates_within(when, *stretch, law)
    lines = [line(f"DTSTART;TZID={zone}", local_text(dates.days[0], clock))]
    if dates.rule:
        lines.append(line("RRULE", rule_text(dates, zone)))
    for name, days in (("EXDATE", dates.left_out), ("RDATE", dates.added)):
        if days:
            lines.append(line(f"{name};TZID={zone}", ",".join(local_text(day, clock) for day in days)))
    return "".join(lines)


def _length(service: Service) -> timedelta | None:
    """How long it takes by the clock; None where no end is stated, or one that does not lie after the start."""
    if service.start is None or service.end is None:
        return None
    end = "24:00" if service.end == "00:00" and not service.nights else service.end
    minutes = [int(clock[:2]) * 60 + int(clock[3:]) for clock in (service.start, end)]
    length = timedelta(days=service.nights, minutes=minutes[1] - minutes[0])
    return length if length > timedelta() else None


def _days_near_changes(service: Service, dates: Dates, zone: str, first: date, last: date) -> list[date]:
    """Its days on which the clocks may change before it ends."""
    before = range(-service.nights - 2, 2)
    near = (
        change + number * _DAY
        for year in range(first.year, last.year + 2)
        for change in days_of_change(zone, year)
        for number in before
    )
    return sorted(day for day in near if day in dates.days_set)


# --- tied to others -------------------------------------------------------------------------------------------------


def _tied(told: _Told, first: date, last: date, others: Sequence[Service]) -> Iterator[str]:
    """An event for each length; its dates are a list."""
    zone = told.church.place.zone
    by_length: dict[timedelta | None, list[Occurrence]] = {}
    for one in occurrences(told.service, first, last, told.church.place, others):
        length = one.end.replace(tzinfo=None) - one.start.replace(tzinfo=None) if one.end else None
        by_length.setdefault(length, []).append(one)
    for number, (length, some) in enumerate(by_length.items()):
        status = "CONFIRMED" if all(one.certain for one in some) else "TENTATIVE"
        starts = [f"{one.start:%Y%m%dT%H%M%S}" for one in some]
        more = line(f"RDATE;TZID={zone}", ",".join(starts[1:])) if starts[1:] else ""
        dates = line(f"DTSTART;TZID={zone}", starts[0]) + more
        yield told.event(status, dates, length, says_all=False, number=number)
        for start, one in zip(starts, some, strict=True):
            if one.end != _end(one.start, length):
                yield told.instance(status, start, one, number)


def _end(start: datetime, length: timedelta | None) -> datetime | None:
    """Where RFC 5545 (3.3.6) puts the end: days go by the calendar, what is left by the time that passes."""
    if length is None:
        return None
    days, rest = timedelta(days=length.days), timedelta(seconds=length.seconds)
    return ((start + days).astimezone(UTC) + rest).astimezone(start.tzinfo)
