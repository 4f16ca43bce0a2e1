"""`vitality inspect`: what our readers see in a page, and why a site yields nothing.

Works on saved pages, or on one URL that is fetched politely. Needs no database. A saved page never makes us go out:
what would be fetched next stands under `next`.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vitality_lib.directories.crawl import collect
from vitality_lib.directories.registry import read_directory
from vitality_lib.discovery.links import directory_links
from vitality_lib.discovery.usccb import NotTheDioceseList, read_dioceses
from vitality_lib.document import Document, Kind
from vitality_lib.harmless import json_text, one_line
from vitality_lib.models import DirectoryReading, Outcome, Page, Purpose, Reason, Request
from vitality_lib.schedules.calendar_links import calendar_requests
from vitality_lib.schedules.links import schedule_links
from vitality_lib.schedules.page_services import read_page
from vitality_lib.schedules.visit import Visit, visit
from vitality_lib.schedules.visiting.page_read import PageRead
from vitality_lib.settings import Settings
from vitality_lib.web.door import Door, open_door

Record = dict[str, Any]
SUBJECTS = ("dioceses", "links", "directory", "schedule")


async def inspect(subject: str, files: Sequence[str], url: str, settings: Settings) -> int:
    """Print one JSON object for each file (or for the URL alone); return 0, or 1 when one of them yields nothing."""
    bad = 0
    async for name, record in _records(subject, files, url, settings):
        print(json_text({"file": name, **record} if name else record))  # noqa: T201 - the product of the command
        if "error" in record:
            bad += 1
            print(one_line(f"vitality inspect: {name or url}: {record['error']}"), file=sys.stderr)  # noqa: T201
    return 1 if bad else 0


async def _records(
    subject: str, files: Sequence[str], url: str, settings: Settings
) -> AsyncIterator[tuple[str | None, Record]]:
    if not files:
        async with open_door(settings, None) as door:
            yield None, await _fetched(subject, url, door, settings)
        return
    for name in files:
        try:
            body = _bytes_of(name)
        except OSError as error:
            yield name, {"error": f"cannot be read: {error.strerror}"}
            continue
        yield name, _read_or_say(subject, Page(url=url, body=body, route="file"))


def _bytes_of(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _read_or_say(subject: str, page: Page) -> Record:
    """One page that breaks a reader must not cost the answers on all others."""
    try:
        return read_saved(subject, page)
    except Exception as error:  # whatever it is, it is said, and the command ends with 1
        return {**_EMPTY[subject], "error": f"internal error, please report it: {type(error).__name__}: {error}"}


def read_saved(subject: str, page: Page) -> Record:
    """What the readers see in one saved page; `error` says why there is nothing to see."""
    document = Document(page)
    if document.kind is Kind.BINARY:
        return {
            **_EMPTY[subject],
            "error": "these bytes are no text; save the page as HTML, a feed as JSON or XML, or a PDF",
        }
    return _READERS[subject](document)


def _dioceses(document: Document) -> Record:
    try:
        reading = read_dioceses(document)
    except NotTheDioceseList as error:
        return {**_EMPTY["dioceses"], "error": str(error)}
    return {"dioceses": [diocese.record() for diocese in reading.dioceses]}


def _links(document: Document) -> Record:
    kinds = (("directory", directory_links), ("schedule", schedule_links))
    return {"links": [{"leads_to": kind, **link.record()} for kind, find in kinds for link in find(document)]}


def _directory(document: Document) -> Record:
    return _directory_record(read_directory(document))


def _directory_record(reading: DirectoryReading) -> Record:
    record: Record = {
        "platform": reading.platform,
        "route": reading.route.value,
        "parishes": [parish.record() for parish in reading.parishes],
        "next": _next(reading.next),
        "left_out": [asdict(row) for row in reading.left_out],
        "claimed": reading.claimed,
        "incomplete": reading.incomplete,
        "why": list(reading.why),
    }
    if not reading.parishes and not reading.next:
        record["error"] = "no parishes here; try the page that the diocese's site calls its parish directory"
    return record


def _schedule(document: Document) -> Record:
    reading = read_page(document)
    return {
        "services": [service.record() for service in reading.services],
        "next": _next((*reading.next, *calendar_requests(document))),
        "elsewhere": reading.elsewhere,
    }


_READERS: dict[str, Callable[[Document], Record]] = {
    "dioceses": _dioceses,
    "links": _links,
    "directory": _directory,
    "schedule": _schedule,
}
_EMPTY: dict[str, Record] = {
    "dioceses": {"dioceses": []},
    "links": {"links": []},
    "directory": {"platform": "", "route": "", "parishes": []},
    "schedule": {"services": []},
}


async def _fetched(subject: str, url: str, door: Door, settings: Settings) -> Record:
    """The same for a URL; directories are followed to their end, and schedules as far as one visit goes."""
    if subject == "schedule":
        seen = await visit(url, door.budget(settings.requests_per_parish).get, settings.requests_per_parish)
        return {
            "services": [service.record() for service in seen.services],
            "pages": [_page(page, seen) for page in seen.pages],
            "contradictions": [one.record() for one in seen.contradictions],
            **_outcome(seen.outcome),
        }
    budget = door.budget(settings.requests_per_directory)
    page = await budget.get(Request(url, Purpose.LIST))
    if isinstance(page, Outcome):
        return {**_EMPTY[subject], **_outcome(page)}
    if subject == "directory":
        collection = await collect(Document(page), budget.get, settings.requests_per_directory)
        return {**_directory_record(collection.reading), **_outcome(collection.outcome)}
    return read_saved(subject, page)


# What a page that was read may say; every other reason but `ok` keeps us from reading it at all.
_FINDINGS = frozenset({Reason.NO_SCHEDULE_PAGE, Reason.ONLY_IN_PDF, Reason.ONLY_IN_IMAGE})


def _outcome(outcome: Outcome) -> Record:
    record: Record = {"outcome": outcome.reason.value, "detail": outcome.detail, "routes": list(outcome.routes)}
    if not outcome.ok and outcome.reason not in _FINDINGS:
        record["error"] = f"{outcome.reason.value}: {outcome.detail}" if outcome.detail else outcome.reason.value
    return record


def _page(page: PageRead, seen: Visit) -> Record:
    """A page of a visit: why it was asked for, what it states, and how much of the schedule is taken from it."""
    return {"url": page.url, "why": page.why, "services": len(page.services), "kept": page.kept(seen.services)}


def _next(requests: Sequence[Request]) -> list[Record]:
    return [asdict(request) | {"method": request.method} for request in requests]
