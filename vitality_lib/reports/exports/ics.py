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
from vitality_lib.reports.exports.fields import exact
from vitality_lib.reports.exports.files import appearing

_FOLDER = Path("calendars")
_ALL = "all.ics"
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
