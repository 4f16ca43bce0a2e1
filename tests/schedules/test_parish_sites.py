"""On invented sites of parishes a visit finds the schedule, on the right page, within few requests."""

from __future__ import annotations

import pytest
from parish_sites import ParishSite, parish_sites
from shorthand import shorthand

from vitality_lib.document import Document
from vitality_lib.hyperlinks import host
from vitality_lib.schedules.calendars import is_calendar
from vitality_lib.schedules.text import visible_text

SITES = parish_sites()
ELSEWHERE = {"calendar.google.com"}  # where a site's own calendar is asked for


@pytest.fixture(params=SITES, ids=str)
def site(request: pytest.FixtureRequest) -> ParishSite:
    """Each of the sites, of which nothing was asked yet."""
    return ParishSite(request.param.folder)


async def test_a_visit_finds_what_the_site_states(site: ParishSite) -> None:
    seen = await site.visited()
    routes = "\n".join(seen.outcome.routes)
    assert sorted(map(shorthand, seen.services)) == sorted(site.expected["services"]), routes
    assert seen.outcome.reason == site.expected["reason"], routes


async def test_the_page_with_most_of_the_schedule_is_known_and_why_it_was_asked_for(site: ParishSite) -> None:
    seen = await site.visited()
    assert (seen.winner.url.rstrip("/") if seen.winner else None) == _bare(site.expected["winner"])
    assert all(page.why for page in seen.pages)
    assert sum(page.kept(seen.services) for page in seen.pages) == len(seen.services)


async def test_a_visit_costs_as_many_requests_as_it_should(site: ParishSite) -> None:
    seen = await site.visited()
    assert len(site.asked) == len(seen.outcome.routes) == site.expected["requests"] <= 8, seen.outcome.routes
    assert len(set(site.asked)) == len(site.asked)


async def test_nobody_else_is_asked(site: ParishSite) -> None:
    await site.visited()
    own = {host(site.site["home"])} | ELSEWHERE
    assert {host(asked.split(" ")[0]) for asked in site.asked} <= own


@pytest.mark.parametrize("site", [site for site in SITES if site.expected.get("evidence")], ids=str)
async def test_what_several_pages_state_is_one_service_with_a_piece_of_evidence_of_each(site: ParishSite) -> None:
    seen = await site.visited()
    pieces = {shorthand(service): len({piece.url for piece in service.evidence}) for service in seen.services}
    assert {short: pieces[short] for short in site.expected["evidence"]} == site.expected["evidence"]


async def test_contradictions_are_kept_with_both_sides(site: ParishSite) -> None:
    seen = await site.visited()
    assert len(seen.contradictions) == site.expected.get("contradictions", 0)


async def test_every_quote_stands_where_its_evidence_says(site: ParishSite) -> None:
    seen = await site.visited()
    for piece in (piece for service in seen.services for piece in service.evidence):
        document = Document(site.answers[piece.page_hash])
        text = document.text if is_calendar(document) else visible_text(document)
        assert piece.method == "json-ld" or text[piece.start : piece.end] == piece.quote


def test_hosts_are_fictional_and_each_file_is_a_page(site: ParishSite) -> None:
    assert host(site.site["home"]).endswith(".example")
    assert set(site.pages.values()) | {"site.json", "expected.json"} == {path.name for path in site.folder.iterdir()}


def _bare(address: str | None) -> str | None:
    return address.rstrip("/") if address else None
