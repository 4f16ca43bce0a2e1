"""One visit to a parish's website: from its homepage to the pages that state its services."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from lxml import html

from vitality_lib.document import Document, Kind
from vitality_lib.models import (
    Outcome,
    Page,
    Purpose,
    Reason,
    Request,
    ScheduleReading,
    Service,
    ServiceType,
)
from vitality_lib.schedules.merge import merge
from vitality_lib.schedules.reader import read_services
from vitality_lib.schedules.text import visible_text

Fetch = Callable[[Request], Awaitable[Page | Outcome]]

_HEADLINE = frozenset({ServiceType.MASS, ServiceType.CONFESSION, ServiceType.ADORATION})
_SCHEDULE_WORDS = re.compile(r"mass|schedule|times|worship|liturg|misa|horario|confession", re.I)
_BROWSER_READS = 2  # pages of one visit that are worth a browser


@dataclass(frozen=True)
class Visit:
    """What a visit found. `outcome.routes` names each page that was asked for and what came of it."""

    outcome: Outcome
    services: tuple[Service, ...] = ()


@dataclass
class _Trail:
    """What was asked for so far, in order."""

    routes: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    readings: list[ScheduleReading] = field(default_factory=list)
    by_script: list[str] = field(default_factory=list)
    failures: list[Outcome] = field(default_factory=list)

    @property
    def services(self) -> tuple[Service, ...]:
        return merge([reading.services for reading in self.readings])

    @property
    def kept_for_browser(self) -> int:
        """Requests that are kept back for pages filled by script, while no Mass is known."""
        known = any(service.type is ServiceType.MASS for service in self.services)
        return 0 if known else min(len(self.by_script), _BROWSER_READS)

    @property
    def settled(self) -> bool:
        """Whether Mass, Confession and Adoration have all been found."""
        return {service.type for service in self.services} >= _HEADLINE


async def visit(website: str | None, fetch: Fetch, at_most: int = 8) -> Visit:
    """Ask for at most `at_most` pages, the likeliest first, until Mass, Confession and Adoration are settled.

    Pages that a script fills are asked for again with a browser, two at most, when no Mass was found otherwise.
    """
    if not website:
        return Visit(Outcome(Reason.NO_WEBSITE, "the directory names no website"))
    trail = _Trail()
    home = await _read(Request(website, Purpose.SCHEDULE), fetch, trail)
    if isinstance(home, Outcome):
        return Visit(Outcome(home.reason, home.detail, tuple(trail.routes)))
    await _follow(home, fetch, trail, at_most)
    if not any(service.type is ServiceType.MASS for service in trail.services):
        for url in trail.by_script[: min(_BROWSER_READS, at_most - len(trail.routes))]:
            await _read(Request(url, Purpose.BROWSER, why="the page is filled by script"), fetch, trail)
    return Visit(_outcome(trail), trail.services)


async def _follow(home: ScheduleReading, fetch: Fetch, trail: _Trail, at_most: int) -> None:
    waiting = list(home.next)
    while waiting and len(trail.routes) < at_most - trail.kept_for_browser and not trail.settled:
        request = waiting.pop(0)
        if request.url in trail.asked:
            continue
        reading = await _read(request, fetch, trail)
        if isinstance(reading, ScheduleReading):
            waiting += [more for more in reading.next if more.url not in trail.asked]


async def _read(request: Request, fetch: Fetch, trail: _Trail) -> ScheduleReading | Outcome:
    trail.asked.add(request.url)
    answer = await fetch(request)
    how = "browser" if request.browser else "http"
    if isinstance(answer, Outcome):
        trail.routes.append(f"{how} {request.url}: {answer.reason}")
        trail.failures.append(answer)
        return answer
    document = Document(answer)
    trail.asked.add(answer.url)
    if document.kind is Kind.BINARY:
        trail.routes.append(f"{how} {request.url}: no text")
        return Outcome(Reason.UNREADABLE, f"{request.url} is no text")
    reading = read_services(document)
    trail.routes.append(f"{how} {request.url}: {len(reading.services)} services")
    trail.readings.append(reading)
    if not request.browser and filled_by_script(document):
        # The page found by its label comes before the homepage it was found on.
        trail.by_script.insert(0 if trail.by_script else len(trail.by_script), answer.url)
    return reading


def _outcome(trail: _Trail) -> Outcome:
    routes = tuple(trail.routes)
    if trail.services:
        return Outcome(Reason.OK, f"{len(trail.services)} services", routes)
    elsewhere = next((reading.elsewhere for reading in trail.readings if reading.elsewhere), None)
    if elsewhere:
        return Outcome(elsewhere, "the times are announced, but not in a page's text", routes)
    if trail.failures:
        return Outcome(trail.failures[-1].reason, trail.failures[-1].detail, routes)
    return Outcome(Reason.NO_SCHEDULE_PAGE, f"no service times on {len(routes)} pages", routes)


def filled_by_script(document: Document) -> bool:
    """Whether a page's text is probably written by a script that an HTTP client does not run.

    Signs: hardly any text beside scripts; a `<noscript>` that asks for JavaScript; an empty element named for a
    schedule or an application's empty root.
    """
    if document.kind is not Kind.HTML or document.tree.find(".//script") is None:
        return False
    if len(visible_text(document)) < 200:
        return True
    if any("javascript" in (node.text_content() or "").lower() for node in document.tree.iter("noscript")):
        return True
    return any(_is_empty_container(node) for node in document.tree.iter("div", "section", "ul", "table", "main"))


def _is_empty_container(node: html.HtmlElement) -> bool:
    name = f"{node.get('id', '')} {node.get('class', '')}"
    if not (_SCHEDULE_WORDS.search(name) or node.get("id") in {"root", "app", "__next"}):
        return False
    return not node.text_content().strip()
