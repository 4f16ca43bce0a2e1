"""One visit to a parish's website: from its homepage to the pages that state its services."""

from __future__ import annotations

from dataclasses import dataclass

from vitality_lib.ai.mark_spans import Mark
from vitality_lib.models import Outcome, Purpose, Reason, Request, Service
from vitality_lib.schedules.contradictions import Contradiction, settle
from vitality_lib.schedules.leads import Lead
from vitality_lib.schedules.marks import marked
from vitality_lib.schedules.visiting import steps
from vitality_lib.schedules.visiting.page_read import PageRead
from vitality_lib.schedules.visiting.trail import Fetch, Trail

# Where to look while no Mass is known, the cheapest and surest first.
_STEPS = (steps.weak_links, steps.calendars, steps.sitemap, steps.browser, steps.bulletin)


@dataclass(frozen=True)
class Visit:
    """What a visit found. `pages` are those read, in order, each with why and what it states.

    `outcome.routes` names each page that was asked for and what came of it. Where pages contradict each other, both
    sides stand in `contradictions`.
    """

    outcome: Outcome
    services: tuple[Service, ...] = ()
    pages: tuple[PageRead, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def winner(self) -> PageRead | None:
        """The page on which most of the services have their best evidence."""
        best = max(self.pages, key=lambda page: page.kept(self.services), default=None)
        return best if best and best.kept(self.services) else None


async def visit(website: str | None, fetch: Fetch, at_most: int = 8, mark: Mark | None = None) -> Visit:
    """Ask for at most `at_most` pages, the likeliest first, until Mass, confession and adoration are settled.

    What settles a type says `visiting.enough`. Links of the pages come first. While no Mass is known: weak links, the
    page's calendar, the sitemap or the platform's usual addresses, a browser for pages that a script fills (two at
    most), the newest bulletin. With `mark`, a model is asked at the end about lines that remain uncertain; what it adds
    displaces nothing.
    """
    if not website:
        return Visit(Outcome(Reason.NO_WEBSITE, "the directory names no website"))
    trail = Trail(fetch, at_most, looks_for_doubts=mark is not None)
    home = await trail.read(Lead(Request(website, Purpose.SCHEDULE, why="the homepage"), 0.0))
    if isinstance(home, Outcome):
        return Visit(Outcome(home.reason, home.detail, tuple(trail.routes)))
    trail.home = home
    await steps.strong_links(trail)
    for step in _STEPS:
        if not trail.knows_mass:
            await step(trail)
    return await _found(trail, mark)


async def _found(trail: Trail, mark: Mark | None) -> Visit:
    settled = settle([page.standing for page in trail.pages])
    in_force = [page.doubts for page in trail.pages if not page.standing.superseded]
    more = await marked(mark, in_force, settled.services)
    found = Visit(Outcome(Reason.OK), (*settled.services, *more), tuple(trail.pages), settled.contradictions)
    return Visit(_outcome(trail, found), found.services, found.pages, found.contradictions)


def _outcome(trail: Trail, found: Visit) -> Outcome:
    routes = tuple(trail.routes)
    if found.services:
        winner = found.winner
        most = f", {winner.kept(found.services)} of them by {winner.url}" if winner else ""
        return Outcome(Reason.OK, f"{len(found.services)} services{most}", routes)
    elsewhere = next((page.elsewhere for page in trail.pages if page.elsewhere), None)
    if elsewhere:
        return Outcome(elsewhere, "the times are announced, but not in a page's text", routes)
    if trail.failures:
        return Outcome(trail.failures[-1].reason, trail.failures[-1].detail, routes)
    return Outcome(Reason.NO_SCHEDULE_PAGE, f"no service times on {len(routes)} pages", routes)
