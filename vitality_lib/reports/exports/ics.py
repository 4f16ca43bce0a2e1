"""Calendars to subscribe to: one for each church, and one for each diocese with all of its churches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from vitality_lib.calendar import ical
from vitality_lib.calendar.ical_lines import line, stamp_text, text_line
from vitality_lib.reports.exports import licence
from vitality_lib.reports.exports.asked import Asked, Parishes
from vitality_lib.reports.exports.churches import Church, churches_of, slug
from vitality_lib.reports.exports.fields import Field, Kind, exact
from vitality_lib.reports.exports.files import appearing

_FOLDER = Path("calendars")
_ALL = "all.ics"
CALENDAR = (
    Field("PRODID", Kind.TEXT, "Who wrote it.", required=True),
    Field("VERSION", Kind.TEXT, "Of iCalendar: `2.0`.", required=True),
    Field("NAME", Kind.TEXT, "The church or the diocese (RFC 7986).", required=True),
    Field("X-WR-CALNAME", Kind.TEXT, "The same, for programs that do not know `NAME`.", required=True),
    Field("DESCRIPTION", Kind.TEXT, "What the data are, whence, and the licence (RFC 7986).", required=True),
    Field("LAST-MODIFIED", Kind.MOMENT, "The moment of which the data speak (RFC 7986).", required=True),
    Field("X-VITALITY-AS-OF", Kind.MOMENT, "The same to the microsecond.", required=True),
    Field("X-VITALITY-LICENSE", Kind.TEXT, "The licence by its SPDX name, and where it stands.", required=True),
    Field("REFRESH-INTERVAL", Kind.TEXT, "How often to ask again: a day.", required=True),
)
EVENT = (
    Field("UID", Kind.TEXT, "Stable id of the event, made of church and service: it outlives exports.", required=True),
    Field("DTSTAMP", Kind.MOMENT, "The moment of which the data speak.", required=True),
    Field("SUMMARY", Kind.TEXT, "What is held, and in which language.", required=True),
    Field("DESCRIPTION", Kind.TEXT, "The service in plain English.", required=True),
    Field("CATEGORIES", Kind.TEXT, "What is held.", required=True),
    Field("STATUS", Kind.TEXT, "`CONFIRMED`; `TENTATIVE` where the page leaves something open."),
    Field("DTSTART", Kind.TEXT, "The first time, by the clock of its TZID."),
    Field("DURATION", Kind.TEXT, "How long it takes; none where no end is stated."),
    Field("RRULE", Kind.TEXT, "The rule, where iCalendar can say it."),
    Field("EXDATE", Kind.TEXT, "When the rule does not hold, within the days asked for."),
    Field("RDATE", Kind.TEXT, "When it is held besides; where no rule stands, each time but the first."),
    Field("RECURRENCE-ID", Kind.TEXT, "In an event of its own: a night in which the clocks change, with its own end."),
    Field("DTEND", Kind.TEXT, "The end of such a night."),
    Field("RELATED-TO", Kind.TEXT, "The first event of the service, where its times have several lengths."),
    Field("LOCATION", Kind.TEXT, "Church and address."),
    Field("URL", Kind.TEXT, "The page that says it best."),
    Field("X-VITALITY-SERVICE", Kind.TEXT, "The service in our own notation, the rule apart.", required=True),
    Field("X-VITALITY-RULE", Kind.TEXT, "The rule in our own notation, where RRULE does not say it all."),
)
_OURS = re.compile(r"all\.ics|\d+-[a-z0-9-]+\.ics")


async def write(parishes: Parishes, asked: Asked) -> int:
    """Fill the folder with `<diocese>/<parish id>-<church>.ics` and `<diocese>/all.ics`; returns how many parishes.

    Of one diocese at a time the events are held in memory, as text. Calendars of ours from an earlier export that have
    no church any more are removed. A church whose time zone nothing tells has none.
    """
    folder, count = asked.output or _FOLDER, 0
    written: set[Path] = set()
    folders = Counter[str]()
    feed: _Feed | None = None
    async for parish in parishes:
        count += 1
        if feed is None or feed.diocese != parish.diocese:
            written |= feed.close() if feed else set()
            name = slug(parish.diocese) or "diocese"
            folders[name] += 1
            number = f"-{folders[name]}" if folders[name] > 1 else ""
            feed = _Feed(parish.diocese, folder / f"{name}{number}", asked)
        for church in churches_of(parish):
            feed.add(church)
    written |= feed.close() if feed else set()
    _remove_stale(folder, written)
    return count


class _Feed:
    """The calendars of one diocese: each church's is written at once, their events are kept for the diocese's own."""

    def __init__(self, diocese: str, folder: Path, asked: Asked) -> None:
        self.diocese = diocese
        self._folder, self._asked = folder, asked
        self._events: list[str] = []
        self._zones: set[str] = set()
        self._written: set[Path] = set()

    def add(self, church: Church) -> None:
        if church.place is None or not church.services:
            return
        events = list(_events(church, self._asked))
        self._write(f"{church.parish.id}-{church.slug}.ics", _name(church), events, {church.place.zone})
        self._events += events
        self._zones.add(church.place.zone)

    def close(self) -> set[Path]:
        """Write the calendar of the diocese; the files that all of them are."""
        if self._events:
            self._write(_ALL, self.diocese, self._events, self._zones)
        return self._written

    def _write(self, file: str, name: str, events: list[str], zones: set[str]) -> None:
        with appearing(self._folder / file) as out:
            out.writelines(ical.calendar_of(name, events, zones, self._asked.first.year, _about(self._asked)))
        self._written.add(self._folder / file)


def _about(asked: Asked) -> Iterator[str]:
    """What a calendar says of itself; DESCRIPTION and LAST-MODIFIED by RFC 7986."""
    yield text_line("DESCRIPTION", f"{licence.DATA}. {licence.SOURCES} {licence.TITLE}: {licence.URL}")
    yield line("LAST-MODIFIED", stamp_text(asked.moment))
    yield text_line("X-VITALITY-AS-OF", exact(asked.moment))
    yield text_line("X-VITALITY-LICENSE", f"{licence.NAME} {licence.URL}")


def _events(church: Church, asked: Asked) -> Iterator[str]:
    assert church.place is not None, "a church without a zone has no calendar"
    here = ical.Church(church.key, church.place, _location(church))
    services = [one.service for one in church.services]
    horizon = timedelta(days=asked.days - 1)
    return ical.components(services, here, asked.first, asked.moment, horizon=horizon, others=church.siblings)


def _name(church: Church) -> str:
    return church.name if church.has_address else f"{church.name} ({church.parish.entry.name})"


def _location(church: Church) -> str:
    entry = church.parish.entry
    street = entry.street if church.has_address else None
    region = " ".join(part for part in (entry.state, entry.zip if church.has_address else None) if part)
    return ", ".join(part for part in (church.name, street, entry.city, region) if part)


def _remove_stale(folder: Path, written: set[Path]) -> None:
    """Remove the calendars that we wrote once and not now; whatever else lies there is left alone."""
    for path in sorted(folder.glob("*/*.ics")):
        if path not in written and _OURS.fullmatch(path.name) and _is_ours(path):
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def _is_ours(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        return any(line.strip() == f"PRODID:{ical.PRODUCT}" for _, line in zip(range(9), file, strict=False))
