"""What a visit asked for so far, in order, and what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from vitality_lib.document import Document, Kind
from vitality_lib.models import Outcome, Page, Reason, Request, ServiceType
from vitality_lib.schedules.bulletins import bulletins
from vitality_lib.schedules.calendar_links import calendar_requests
from vitality_lib.schedules.calendars import is_calendar
from vitality_lib.schedules.doubts import doubts
from vitality_lib.schedules.leads import Lead, leads
from vitality_lib.schedules.links import page_key
from vitality_lib.schedules.page_services import read_page
from vitality_lib.schedules.page_standing import standing
from vitality_lib.schedules.text import visible_text
from vitality_lib.schedules.visiting.by_script import filled_by_script
from vitality_lib.schedules.visiting.enough import unsettled
from vitality_lib.schedules.visiting.page_read import PageRead

Fetch = Callable[[Request], Awaitable[Page | Outcome]]

BROWSER_READS = 2  # pages of one visit that are worth a browser


@dataclass
class Trail:
    """A visit on its way: at most `at_most` requests. `waiting` are the pages known and not asked for.

    `looks_for_doubts`: somebody can be asked about uncertain lines.
    """

    fetch: Fetch
    at_most: int
    looks_for_doubts: bool = False
    home: Document | None = None
    routes: list[str] = field(default_factory=list)
    pages: list[PageRead] = field(default_factory=list)
    failures: list[Outcome] = field(default_factory=list)
    waiting: list[Lead] = field(default_factory=list)
    calendars: list[Request] = field(default_factory=list)
    bulletin_files: list[str] = field(default_factory=list)
    bulletin_pages: list[str] = field(default_factory=list)
    by_script: list[str] = field(default_factory=list)
    browser_reads: int = 0
    _asked: set[str] = field(default_factory=set)
    _read: set[str] = field(default_factory=set)
    _latest: Document | None = None

    @property
    def knows_mass(self) -> bool:
        return any(service.type is ServiceType.MASS for page in self.pages for service in page.services)

    @property
    def wanted(self) -> frozenset[ServiceType]:
        """The types of service of which not enough is known."""
        return unsettled(self.pages)

    @property
    def room(self) -> int:
        """Requests that may still be made."""
        return self.at_most - len(self.routes)

    @property
    def free(self) -> int:
        """The same, less those kept back, while no Mass is known, for pages filled by script and for a bulletin."""
        if self.knows_mass:
            return self.room
        browser = min(len(self.by_script), BROWSER_READS - self.browser_reads)
        return self.room - browser - (1 if self.bulletin_files else 2 * bool(self.bulletin_pages))

    def was_asked(self, url: str) -> bool:
        return page_key(url) in self._asked

    async def get(self, request: Request, failure_counts: bool = True) -> Document | Outcome:
        """A document, or why there is none. A failure that does not count is no reason for the visit's end."""
        self._asked.add(page_key(request.url))
        for before in (self.home, self._latest):
            if before:
                before.forget()
        answer = await self.fetch(request)
        if isinstance(answer, Page):
            self._asked.add(page_key(answer.url))
            document = self._latest = Document(answer)
            if document.kind is not Kind.BINARY or is_calendar(document):
                return document
            answer = Outcome(Reason.UNREADABLE, f"{request.url} is no text")
            self.note(request, "no text")
        else:
            self.note(request, answer.reason.value)
            if answer.reason is Reason.BUDGET_SPENT:  # robots.txt and redirects cost requests, too
                self.at_most = len(self.routes)
            elif failure_counts:
                self.failures.append(answer)
        return answer

    async def read(self, lead: Lead, failure_counts: bool = True) -> Document | Outcome:
        """Ask for a page, read its services, and note where it leads to."""
        document = await self.get(lead.request, failure_counts)
        if isinstance(document, Outcome):
            return document
        # A site may answer each address with the same page, or lead all of them to one.
        signs = {document.page.sha256, f"{lead.request.browser} {page_key(document.url)}"}
        if signs & self._read:
            self.note(lead.request, "a page read before")
            return document
        self._read |= signs
        reading = read_page(document)
        text = visible_text(document)
        page = standing(document, text, reading.services)
        why, names = lead.request.why, lead.names
        unsure = doubts(document, reading.services) if self.looks_for_doubts and not is_calendar(document) else ()
        self.pages.append(PageRead(document.url, document.page.sha256, why, page, names, reading.elsewhere, unsure))
        self.note(lead.request, f"{len(reading.services)} services")
        if not lead.request.browser and filled_by_script(document, text):
            # The page found by its label comes before the homepage it was found on.
            self.by_script.insert(0 if self.by_script else len(self.by_script), document.url)
        if not is_calendar(document):
            self._look_around(document)
        return document

    def _look_around(self, document: Document) -> None:
        if document.page.nofollow:
            return
        self.waiting += [lead for lead in leads(document) if not self.was_asked(lead.request.url)]
        self.calendars += [one for one in calendar_requests(document) if one not in self.calendars]
        found = bulletins(document)
        self.bulletin_files += [found.newest] if found.newest else []
        self.bulletin_pages += [found.page] if found.page else []

    def note(self, request: Request, what: str) -> None:
        """Write down what came of a request; each that was made is noted once."""
        self.routes.append(f"{'browser' if request.browser else 'http'} {request.url}: {what}")
