"""Where a visit looks, step by step: each goes on only as long as it is wanted and there is room for a request."""

from __future__ import annotations

from vitality_lib.document import Document
from vitality_lib.hyperlinks import absolute
from vitality_lib.models import Outcome, Purpose, Request
from vitality_lib.schedules.leads import WANTED, Lead, guess, sitemap_leads
from vitality_lib.schedules.platforms import platform_of
from vitality_lib.schedules.visiting.trail import BROWSER_READS, Trail
from vitality_lib.sitemap import addresses, further_sitemap, sitemap_address

_MOST_WEAK = 3
_MOST_CALENDARS = 2


async def strong_links(trail: Trail) -> None:
    """The links that speak of services, the best for what is still wanted first, until nothing is."""
    while trail.free > 0 and trail.wanted and (lead := _best(trail, strong=True)):
        await trail.read(lead)


async def weak_links(trail: Trail) -> None:
    """While no Mass is known, pages that state one now and then: `About`, `Visit`, `Contact`."""
    for _ in range(_MOST_WEAK):
        if trail.free > 0 and not trail.knows_mass and (lead := _best(trail, strong=False)):
            await trail.read(lead)
            await strong_links(trail)


async def calendars(trail: Trail) -> None:
    """The calendars that the pages show."""
    for request in trail.calendars[:_MOST_CALENDARS]:
        if trail.free > 0 and not trail.was_asked(request.url):
            await trail.read(Lead(request, 0.0), failure_counts=False)


async def sitemap(trail: Trail) -> None:
    """The pages that the site's sitemap names; without one, the usual addresses of its platform."""
    document = await _sitemap(trail)
    if document is not None:
        trail.waiting += sitemap_leads(document)
    elif trail.home and (platform := platform_of(trail.home)):
        for url in platform.guesses(trail.home.url):
            if trail.free > 0 and not trail.knows_mass and not trail.was_asked(url):
                await trail.read(guess(url, platform.name), failure_counts=False)
    await strong_links(trail)


async def browser(trail: Trail) -> None:
    """The pages that a script fills, with a browser, two at most, and where they lead to."""
    while trail.by_script and trail.browser_reads < BROWSER_READS and trail.room > 0 and not trail.knows_mass:
        trail.browser_reads += 1
        why = "the page is filled by script"
        await trail.read(Lead(Request(trail.by_script.pop(0), Purpose.BROWSER, why=why), 0.0))
        await strong_links(trail)


async def bulletin(trail: Trail) -> None:
    """The newest bulletin; where only a page of bulletins is known, that page first."""
    if not trail.bulletin_files and trail.bulletin_pages and trail.room > 1:
        request = Request(trail.bulletin_pages[0], Purpose.SCHEDULE, why="the page of bulletins")
        if not trail.was_asked(request.url):
            await trail.read(Lead(request, 0.0), failure_counts=False)
    if trail.bulletin_files and trail.room > 0 and not trail.knows_mass:
        request = Request(trail.bulletin_files[-1], Purpose.SCHEDULE, why="the newest bulletin: no page states a Mass")
        await trail.read(Lead(request, 0.0), failure_counts=False)


async def _sitemap(trail: Trail) -> Document | None:
    """The sitemap of the site's pages: at the usual place, else where robots.txt says; of an index, one part."""
    if trail.home is None or trail.free <= 1:
        return None
    url = sitemap_address(None, trail.home.url)
    document = await _fetched(trail, url)
    if document is None and trail.free > 1:
        robots = await _fetched(trail, absolute("/robots.txt", trail.home.url))
        named = sitemap_address(robots, trail.home.url)
        document = await _fetched(trail, named) if named != url and trail.free > 1 else None
    further = further_sitemap(document) if document else None
    return await _fetched(trail, further) if further and trail.free > 1 else document


async def _fetched(trail: Trail, url: str | None) -> Document | None:
    if url is None or trail.was_asked(url):
        return None
    request = Request(url, Purpose.SITEMAP, why="which pages the site has")
    document = await trail.get(request, failure_counts=False)
    if isinstance(document, Outcome):
        return None
    count = len(addresses(document)) + len(addresses(document, "sitemap"))
    trail.note(request, f"{count} addresses")
    return document if count or url.endswith("robots.txt") else None


def _best(trail: Trail, strong: bool) -> Lead | None:
    """The best of the waiting leads for what is wanted, taken from the list."""
    wanted = trail.wanted if trail.knows_mass else WANTED
    fit = [one for one in trail.waiting if one.strong is strong and not trail.was_asked(one.request.url)]
    best = max(fit, key=lambda lead: lead.value(wanted), default=None)
    if best is None or best.value(wanted) <= 0:
        return None
    trail.waiting.remove(best)
    return best
