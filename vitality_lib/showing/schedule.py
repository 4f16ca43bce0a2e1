"""The schedule of one parish in plain English: what takes place, where that was read, and until when it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from vitality_lib.calendar.days import is_in_force
from vitality_lib.calendar.patterns import next_change
from vitality_lib.decisions.corrections import record as correction_record
from vitality_lib.models import Evidence, ServiceType
from vitality_lib.showing.contradictions import contradiction_lines
from vitality_lib.store import corrections, schedule_contradictions, schedule_pages, service_history
from vitality_lib.store.corrections import METHOD, KeptCorrection
from vitality_lib.store.database import Connection
from vitality_lib.store.parish_search import FoundParish
from vitality_lib.store.schedule_contradictions import KeptContradiction
from vitality_lib.store.schedule_pages import SchedulePage
from vitality_lib.store.service_history import Version

_TITLES = {
    ServiceType.MASS: "Mass",
    ServiceType.CONFESSION: "Confession",
    ServiceType.ADORATION: "Adoration",
    ServiceType.OTHER_DEVOTION: "Other devotions",
}


@dataclass(frozen=True)
class Shown:
    """The schedule of a parish as it is published on a day.

    `holds_until` is the first day of another pattern, None when none is known within 400 days; `pages` are those of the
    last good visit, `contradictions` where these contradict each other, `corrected` the corrections in force.
    """

    parish: FoundParish
    on: date
    versions: tuple[Version, ...]
    holds_until: date | None
    pages: tuple[SchedulePage, ...]
    contradictions: tuple[KeptContradiction, ...]
    corrected: tuple[KeptCorrection, ...]


async def schedule_on(connection: Connection, parish: FoundParish, on: date | None, now: datetime) -> Shown:
    """What is published for a day (without one: for today); of a past day what was published at its end (UTC)."""
    day = on or now.date()
    moment = min(datetime.combine(day, time(), UTC) + timedelta(days=1), now)
    versions = await service_history.as_of(connection, parish.id, moment)
    kept = await corrections.every(connection, parish_id=parish.id)
    return Shown(
        parish,
        day,
        versions,
        next_change([one.service for one in versions], day),
        await schedule_pages.of_parish(connection, parish.id),
        await schedule_contradictions.of_parish(connection, parish.id),
        tuple(one for one in kept if one.counts(now)),
    )


def record(shown: Shown, now: datetime) -> dict[str, Any]:
    """The schedule for programs; services in the fields of the published records."""
    return {
        "parish_id": shown.parish.id,
        "diocese": shown.parish.diocese,
        "parish": shown.parish.entry.name,
        "website": shown.parish.entry.website,
        "on": shown.on.isoformat(),
        "holds_until": shown.holds_until and shown.holds_until.isoformat(),
        "services": [_service(one, shown.on) for one in _in_order(shown.versions)],
        "pages": [vars(page) for page in shown.pages],
        "contradictions": [one.record() for one in shown.contradictions],
        "corrections": [correction_record(one, now) for one in shown.corrected],
    }


def _service(one: Version, on: date) -> dict[str, Any]:
    best = _best(one)
    return {
        "id": one.id,
        "words": one.words,
        **one.service.record(),
        "since": one.valid_from.astimezone(UTC).isoformat(timespec="seconds"),
        "in_force": is_in_force(one.service.recurrence, on),
        "confidence": best and best.confidence,
        "url": best and best.url,
    }


def lines(shown: Shown, now: datetime) -> Iterator[str]:
    """The schedule for people, a line at a time."""
    entry = shown.parish.entry
    yield f"{entry.name} ({shown.parish.diocese}), parish {shown.parish.id}, on {shown.on.isoformat()}"
    if entry.website:
        yield entry.website
    if not shown.versions:
        yield "No service is published."
    for (church, kind), versions in groupby(
        _in_order(shown.versions), key=lambda one: (one.service.church, one.service.type)
    ):
        yield ""
        yield f"{_TITLES[kind]}{f' at {church}' if church else ''}"
        for one in versions:
            yield f"  {one.words}{'' if is_in_force(one.service.recurrence, shown.on) else ' (not at this time)'}"
            yield f"      {_whence(one)}"
    if shown.versions:
        yield ""
        yield _holds(shown)
    yield from _about_pages(shown.pages)
    yield from contradiction_lines(shown.contradictions)
    yield from _about_corrections(shown.corrected, now)


def _in_order(versions: Sequence[Version]) -> list[Version]:
    """By church, the parish's own first, then by type, as first published."""
    types = list(_TITLES)
    return sorted(versions, key=lambda one: (one.service.church or "", types.index(one.service.type), one.id))


def _whence(one: Version) -> str:
    best, since = _best(one), f"since {one.valid_from:%Y-%m-%d}"
    if best is None:
        return since
    if best.method == METHOD:
        return f"{since}, corrected: {best.quote}"
    quote = " ".join(best.quote.split())
    return f"{since}, {best.confidence:.0%} sure, {best.url}: “{quote}”"


def _best(one: Version) -> Evidence | None:
    return max(one.service.evidence, key=lambda piece: piece.confidence, default=None)


def _holds(shown: Shown) -> str:
    if shown.holds_until is None:
        return "No other pattern is known of within 400 days."
    return f"This pattern holds until {shown.holds_until.isoformat()}, when another one begins."


def _about_pages(pages: Sequence[SchedulePage]) -> Iterator[str]:
    if pages:
        yield ""
        yield "Pages read"
    for page in pages:
        yield f"  {page.url}: {page.services} services, {page.kept} published for its sake ({page.why})"


def _about_corrections(kept: Sequence[KeptCorrection], now: datetime) -> Iterator[str]:
    if kept:
        yield ""
        yield "Corrections in force"
    for one in kept:
        told = correction_record(one, now)
        what = " -> ".join(repr(words) for words in (told["wrong"] or "nothing", told["right"] or "nothing"))
        until = f", until {one.expires_at:%Y-%m-%d}" if one.expires_at else ""
        yield f"  {told['number']}: {what}, {one.why} ({one.set_by}, {one.set_at:%Y-%m-%d}{until}): {told['told']}"
