"""From a diocese's homepage to the one page that lists its parishes: candidates are fetched and proved, then chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from vitality_lib.directories import read_directory
from vitality_lib.discovery.links import directory_links
from vitality_lib.discovery.proof import Proof, prove
from vitality_lib.document import Document
from vitality_lib.models import Candidate, DirectoryReading, Outcome, Page, Purpose, Reason, Request

Fetch = Callable[[Request], Awaitable[Page | Outcome]]

_MOST_CANDIDATES = 5
_BROWSER_READS = 2  # candidates filled by script that are worth a browser


@dataclass(frozen=True)
class Found:
    """The directory of a diocese. `chosen.url` was fetched, and `proof` says what was seen there."""

    chosen: Candidate
    platform: str
    proof: Proof


@dataclass(frozen=True)
class Search:
    """How a search ended: `found` is None unless the outcome is ok."""

    outcome: Outcome
    found: Found | None = None


@dataclass
class _Trail:
    routes: list[str] = field(default_factory=list)
    proved: list[Found] = field(default_factory=list)
    failures: list[Outcome] = field(default_factory=list)
    by_script: list[Candidate] = field(default_factory=list)


async def find_directory(website: str | None, fetch: Fetch) -> Search:
    """Look for the parish directory of the diocese whose homepage is `website`."""
    if not website:
        return Search(Outcome(Reason.NO_WEBSITE, "the list of dioceses names no website"))
    home = await fetch(Request(website, Purpose.LIST))
    if isinstance(home, Outcome):
        return Search(Outcome(home.reason, home.detail, (f"{website}: {home.reason}",)))
    trail = _Trail([f"{home.url}: homepage"])
    document = Document(home)
    for candidate in directory_links(document)[:_MOST_CANDIDATES]:
        await _try(candidate, fetch, trail)
        if trail.proved and trail.proved[-1].proof.certain:
            break
    if not trail.proved:
        for candidate in trail.by_script[:_BROWSER_READS]:
            await _try(candidate, fetch, trail, Purpose.BROWSER)
    if not trail.proved:
        _consider(document, Candidate(home.url, "homepage", 0.0, ("the homepage itself",)), trail)
    return _choose(trail)


async def _try(candidate: Candidate, fetch: Fetch, trail: _Trail, purpose: Purpose = Purpose.LIST) -> None:
    page = await fetch(Request(candidate.url, purpose))
    if isinstance(page, Outcome):
        trail.routes.append(f"{candidate.url}: {page.reason}")
        trail.failures.append(page)
        return
    _consider(Document(page), candidate, trail)


def _consider(document: Document, candidate: Candidate, trail: _Trail) -> None:
    reading: DirectoryReading = read_directory(document)
    proof = prove(reading)
    trail.routes.append(f"{document.url}: {'; '.join(proof.why)}")
    if proof.proved:
        trail.proved.append(Found(replace(candidate, url=document.url), reading.platform, proof))
    elif any(request.browser for request in reading.next):
        trail.by_script.append(candidate)


def _choose(trail: _Trail) -> Search:
    routes = tuple(trail.routes)
    if trail.proved:
        best = max(trail.proved, key=lambda found: (found.proof.certain, found.proof.count, found.chosen.score))
        return Search(Outcome(Reason.OK, f"{best.platform} at {best.chosen.url}", routes), best)
    unseen = next((failure for failure in trail.failures if failure.reason is Reason.NEEDS_BROWSER), None)
    if unseen:
        return Search(Outcome(unseen.reason, unseen.detail, routes))
    if trail.failures and len(trail.failures) == len(routes) - 1:
        worst = trail.failures[0]
        return Search(Outcome(worst.reason, worst.detail, routes))
    return Search(Outcome(Reason.NO_DIRECTORY, f"none of {len(routes)} pages lists parishes", routes))
