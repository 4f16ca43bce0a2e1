"""Candidates put to the proof, within a budget: a page is fetched, and the feed that it names where one is enough."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from vitality_lib.directories.crawling.parts import PART
from vitality_lib.directories.registry import platforms, read_directory, readings
from vitality_lib.discovery.links import key
from vitality_lib.discovery.proof import Proof, feed_of, prove, title_of
from vitality_lib.document import Document, Kind
from vitality_lib.models import Candidate, DirectoryReading, Outcome, Page, Purpose, Reason, Request

Fetch = Callable[[Request], Awaitable[Page | Outcome]]
_MOST_FEEDS = 2  # a feed that names the request for its rows is one of two
_SURE = 0.8  # so sure a platform is of a page that names its feed, and no guess from its scripts
_Mark = tuple[str, str | None, bool]


@dataclass(frozen=True)
class Found:
    """The directory of a diocese. `chosen.url` was fetched, and `proof` says what was seen there."""

    chosen: Candidate
    platform: str
    proof: Proof

    @property
    def worth(self) -> tuple[bool, float]:
        """Certain before likely, then score; among few parishes each counts, among many the score tells more."""
        return self.proof.certain, min(self.proof.count, 8) + self.chosen.score


@dataclass
class Trial:
    """What was fetched for one diocese, and what it proved. `left` and `browsers` are what may be asked for still."""

    fetch: Fetch
    left: int = 8
    browsers: int = 2
    routes: list[str] = field(default_factory=list)
    proved: list[Found] = field(default_factory=list)
    by_script: list[Candidate] = field(default_factory=list)
    only_pdf: list[str] = field(default_factory=list)
    failures: list[Outcome] = field(default_factory=list)
    unshown: list[Outcome] = field(default_factory=list)  # why pages were not had that only a browser can read
    seen: dict[_Mark, Document | None] = field(default_factory=dict)
    read: int = 0  # candidates that could be read

    @property
    def best(self) -> Found | None:
        return max(self.proved, key=lambda found: found.worth, default=None)

    @property
    def certain(self) -> bool:
        return any(found.proof.certain for found in self.proved)

    async def open(self, url: str, purpose: Purpose) -> Document | None:
        """A page, once; None when it cannot be had, or is one that was seen under another address."""
        return await self._ask(Request(url, purpose))

    def has_seen(self, url: str) -> bool:
        return _mark(Request(url, Purpose.LIST), url) in self.seen

    async def put(self, candidate: Candidate, purpose: Purpose = Purpose.LIST) -> Document | None:
        """Put a candidate to the proof; return its page when that proves nothing, for the links it may have."""
        document = await self.open(candidate.url, purpose)
        self.read += document is not None
        return document if document and not await self.judge(document, candidate) else None

    async def judge(self, document: Document, candidate: Candidate) -> bool:
        """Whether a page is proved to list parishes: by the best of its readings that is."""
        title = title_of(document)
        tried: list[tuple[DirectoryReading, Proof]] = []
        for reading in readings(document):
            tried.append((reading, await self._proof(document, reading, title)))
            if tried[-1][1].proved:
                break
        reading, proof = tried[-1] if tried[-1][1].proved else tried[0]
        self.routes.append(f"{document.url}: {'; '.join(proof.why)}")
        if proof.proved:
            self.proved.append(Found(replace(candidate, url=document.url), reading.platform, proof))
        elif any(request.browser for reading, _ in tried for request in reading.next):
            self.by_script.append(candidate)
        elif document.kind is Kind.PDF:
            self.only_pdf.append(document.url)
        return proof.proved

    async def _proof(self, document: Document, reading: DirectoryReading, title: str) -> Proof:
        """The proof of a reading; where it only names a feed, the feed's. That a feed cannot be had now is held against
        pages alone that are not surely of a platform.
        """
        platform, proof, request = reading.platform, prove(reading, title), feed_of(reading)
        for _ in range(_MOST_FEEDS):
            if request is None or reading.parishes or (answer := await self._ask(request)) is None:
                break
            reading = read_directory(answer)
            proof, request = prove(reading, title, of_part=request.why == PART), feed_of(reading)
        if proof.proved and not proof.count and not _is_surely(platform, document):
            return replace(proof, proved=False)
        return proof

    async def _ask(self, request: Request) -> Document | None:
        asked = _mark(request, request.url)
        if asked in self.seen:
            return self.seen[asked]
        if self.left <= 0 if not request.browser else self.browsers <= 0:
            return None
        self.left -= not request.browser
        self.browsers -= request.browser
        for document in filter(None, self.seen.values()):
            document.forget()
        self.seen[asked] = None
        page = await self.fetch(request)
        if isinstance(page, Outcome):
            self.routes.append(f"{request.url}: {page.reason}")
            if request.purpose is not Purpose.SITEMAP:
                self.failures.append(page)
            if request.browser:
                self.unshown.append(page)
            return None
        answered = _mark(request, page.url)
        if answered != asked and answered in self.seen:
            self.routes.append(f"{request.url}: leads to {page.url}, seen before")
            return None
        self.seen[asked] = self.seen[answered] = Document(page)
        return self.seen[asked]

    def end(self) -> Outcome:
        """How the trial of all candidates ended."""
        routes, best = tuple(self.routes), self.best
        if best:
            return Outcome(Reason.OK, f"{best.platform} at {best.chosen.url}", routes)
        if self.unshown:  # what is not on the pages seen may be on these
            return Outcome(self.unshown[0].reason, self.unshown[0].detail, routes)
        if self.only_pdf:
            return Outcome(Reason.ONLY_IN_PDF, f"{self.only_pdf[0]} is a PDF in which no parishes were read", routes)
        if self.failures and not self.read:
            return Outcome(self.failures[0].reason, self.failures[0].detail, routes)
        return Outcome(Reason.NO_DIRECTORY, f"none of {len(routes)} pages lists parishes", routes)


def _mark(request: Request, url: str) -> _Mark:
    """What makes two requests one."""
    return key(url), request.body, request.browser


def _is_surely(name: str, document: Document) -> bool:
    modules = (module for module in platforms() if module.__name__.endswith(f".{name}"))
    return any(module.recognise(document) >= _SURE for module in modules)
