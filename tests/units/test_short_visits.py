"""A second visit asks for the pages that the first one's reading rests on; unchanged, the reading stands untouched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from tiny_country import ANNE, BRENDAN, CLARE, LARKSPUR, Country, page
from web.scripted_web import Reply

from vitality_lib.models import Day, Evidence, Page, Purpose, Recurrence, Request, Service, ServiceType
from vitality_lib.stages import discovery, extraction, schedule
from vitality_lib.store import corrections, schema_state
from vitality_lib.units import publishing, reader_version, short_visit
from vitality_lib.units.asked import Asked

MENU = '<a href="/mass-times">Mass Times</a> <a href="/about">About us</a>'
TIMES = "<h1>Mass Times</h1><p>Sunday 9:00 AM</p><p>Monday 8:00 AM</p><p>Saturday 5:00 PM</p>"
# What a visit writes because it is one: when, how it ended, what it asked for, and manners.
RECORDS = {"outcomes", "visits", "runs", "planned_units", "pages", "page_bodies", "pipeline_workers", "whole_visits"}
RECORDS |= {"diocese_work_assignments", "hosts", "addresses", "platforms", "host_turns", "robots", "robots_files"}


@pytest.fixture
async def visited(country: Country) -> Country:
    """The country, crawled once. St. Anne keeps its times on a page of their own, St. Brendan keeps none."""
    country.web.pages[f"{ANNE}/"] = page(f"<h1>St. Anne</h1>{MENU}<p>Welcome! Mass, Confession and Adoration.</p>")
    country.web.pages[f"{ANNE}/mass-times"] = page(TIMES)
    country.web.pages[f"{BRENDAN}/"] = page("<h1>St. Brendan</h1><p>We are building a new website.</p>")
    await country.do(discovery, extraction, schedule)
    country.web.asked.clear()
    return country


async def again(country: Country, days: float = 2, **settings: object) -> None:
    country.now += timedelta(days=days)
    await country.do(schedule, run="second", **{"force": True} | settings)


async def end_of(country: Country, host: str, run: str = "second") -> tuple[str, str, list[str], int]:
    """Reason, detail, routes and requests of a parish's visit."""
    ((reason, detail, routes, requests),) = await country.rows(
        """SELECT reason, detail, routes, requests FROM outcomes JOIN parishes p ON p.id = unit_id
        WHERE run = %s AND stage = 'schedule' AND unit_kind = 'parish' AND website = %s""",
        run,
        f"http://{host}/",
    )
    assert isinstance(routes, list)
    assert isinstance(requests, int)
    return str(reason), str(detail), routes, requests


async def versions(country: Country) -> set[tuple[object, ...]]:
    """Where each row of each table of facts stands: one that is written again stands elsewhere."""
    seen: set[tuple[object, ...]] = set()
    async with country.database.transaction() as connection:
        for table in schema_state.tables() - RECORDS:
            rows = await connection.execute(f"SELECT '{table}', ctid::text, xmin::text FROM {table}".encode())
            seen |= {row async for row in rows}
    return seen


async def starts(country: Country, host: str) -> list[str | None]:
    return [one.start for one in (await country.parish(host)).services]


# --- unchanged --------------------------------------------------------------------------------------------------------


async def test_only_the_page_with_the_services_is_asked_for(visited: Country) -> None:
    await again(visited)
    assert visited.web.paths(ANNE) == ["/mass-times"]
    assert visited.web.paths(CLARE) == ["/"]


async def test_its_page_is_known_to_have_been_checked(visited: Country) -> None:
    await again(visited)
    rows = await visited.rows("SELECT checked_at, visits FROM pages WHERE url = %s", f"http://{ANNE}/mass-times")
    assert rows == [(visited.now, 2)]


async def test_its_outcome_is_that_of_the_whole_visit_and_its_route_says_why(visited: Country) -> None:
    await again(visited)
    (reason, detail, *_), (_, first, *_) = await end_of(visited, ANNE), await end_of(visited, ANNE, "first")
    assert (reason, detail) == ("ok", first)
    assert await end_of(visited, ANNE) == (
        "ok",
        first,
        [f"http http://{ANNE}/mass-times: unchanged, the reading of 2026-03-02 stands"],
        1,
    )


async def test_of_a_site_without_services_the_homepage_is_enough(visited: Country) -> None:
    await again(visited)
    assert visited.web.paths(BRENDAN) == ["/"]
    assert (await end_of(visited, BRENDAN))[:2] == (await end_of(visited, BRENDAN, "first"))[:2]
    assert (await end_of(visited, BRENDAN))[0] == "no_schedule_page"


async def test_no_row_of_any_fact_is_written_and_the_visit_is_recorded(visited: Country) -> None:
    before = await versions(visited)
    visited.now += timedelta(days=2)
    await visited.do(discovery, extraction, schedule, run="second", force=True)
    assert await versions(visited) == before
    dates = await visited.rows("SELECT DISTINCT visited_at, interval_hours FROM visits WHERE good_at = visited_at")
    assert dates == [(visited.now, 36.0)]
    assert set(await visited.rows("SELECT visited_at FROM whole_visits")) == {(visited.now - timedelta(days=2),)}


async def test_an_unchanged_diocese_costs_its_homepage_and_its_directory_twice(visited: Country) -> None:
    visited.now += timedelta(days=2)
    await visited.do(discovery, extraction, run="second", force=True)
    assert visited.web.paths("larkspur.example") == ["/", "/parishes", "/parishes"]
    rows = await visited.rows(
        "SELECT DISTINCT facts, reason FROM outcomes WHERE run = 'second' AND stage = 'extraction'"
    )
    assert rows == [(3, "ok")]


async def test_a_page_that_a_browser_read_stands_as_long_as_its_html_does() -> None:
    door = _Answers({"http": b"<div id=app></div>", "browser": b"<p>Sunday 9:00 AM</p>"})
    url, asked = f"http://{CLARE}/", Asked(door)  # type: ignore[arg-type]
    plain, rendered = Request(url, Purpose.SCHEDULE), Request(url, Purpose.BROWSER)
    pages = [await asked.get(plain), await asked.get(rendered)]
    (pillar,) = asked.pillars([asked.got[1]]) or ()
    assert (pillar.request.browser, pillar.url) == (False, url)
    assert [isinstance(one, Page) and one.sha256 == pillar.hash for one in pages] == [True, False]
    assert Asked(door).pillars([asked.got[1]]) is None  # type: ignore[arg-type]  # nobody saw its HTML


@dataclass
class _Answers:
    """A door to one page, as HTTP gives it and as a browser makes it."""

    bodies: dict[str, bytes]

    async def get(self, request: Request) -> Page:
        route = "browser" if request.browser else "http"
        return Page(request.url, self.bodies[route], route=route)


# --- whatever is otherwise leads to a whole visit ---------------------------------------------------------------------


async def test_a_changed_page_is_read_and_not_asked_for_twice(visited: Country) -> None:
    visited.web.pages[f"{ANNE}/mass-times"] = page(TIMES.replace("9:00", "9:30"))
    await again(visited)
    assert sorted(visited.web.paths(ANNE)) == ["/", "/mass-times"]
    assert "09:30" in await starts(visited, ANNE)
    routes = (await end_of(visited, ANNE))[2]
    assert routes[0] == f"whole visit: http://{ANNE}/mass-times is not what it was on 2026-03-02"


async def test_of_several_pages_of_which_one_changed_none_is_asked_for_twice(visited: Country) -> None:
    visited.web.pages[f"{ANNE}/"] = page(f"<h1>St. Anne</h1>{MENU}<a href='/confession'>Confession</a>")
    visited.web.pages[f"{ANNE}/confession"] = page("<h1>Confession</h1><p>Saturday 3:00 PM</p>")
    await again(visited, days=29)
    visited.web.pages[f"{ANNE}/confession"] = page("<h1>Confession</h1><p>Saturday 3:30 PM</p>")
    visited.web.asked.clear()
    visited.now += timedelta(days=2)
    await visited.do(schedule, run="third", force=True)
    asked = visited.web.paths(ANNE)
    assert {"/", "/mass-times", "/confession"} <= set(asked)
    assert len(asked) == len(set(asked))
    assert {"09:00", "15:30"} <= set(await starts(visited, ANNE))
    checked = await visited.rows("SELECT checked_at FROM pages WHERE url = %s", f"http://{ANNE}/mass-times")
    assert checked == [(visited.now,)]


async def test_another_name_of_ours_reads_the_whole_site(visited: Country) -> None:
    """A page may ask of that crawler what it did not ask of this one."""
    await again(visited, user_agent="ParishAlmanac/1.0 (+https://example.org/)")
    assert "/" in visited.web.paths(ANNE)


async def test_a_page_that_is_gone_is_looked_for_from_the_homepage(visited: Country) -> None:
    visited.web.pages[f"{ANNE}/mass-times"] = lambda _: Reply("gone", 404)
    visited.web.pages[f"{ANNE}/"] = page(f"<h1>St. Anne</h1><a href='/times'>Mass Times</a>{MENU}")
    visited.web.pages[f"{ANNE}/times"] = page(TIMES.replace("9:00", "9:30"))
    await again(visited)
    assert visited.web.paths(ANNE).count("/mass-times") == 1
    assert "09:30" in await starts(visited, ANNE)


async def test_a_page_that_moved_leads_to_a_whole_visit(visited: Country) -> None:
    visited.web.pages[f"{ANNE}/mass-times"] = lambda _: Reply("", 301, {"Location": f"http://{ANNE}/times"})
    visited.web.pages[f"{ANNE}/times"] = page(TIMES)
    await again(visited)
    assert (await end_of(visited, ANNE))[2][0].startswith("whole visit: ")
    assert visited.web.paths(ANNE).count("/") == 1


async def test_a_new_link_on_the_homepage_is_found_by_the_next_whole_visit(visited: Country) -> None:
    visited.web.pages[f"{ANNE}/"] = page(f"<h1>St. Anne</h1>{MENU}<a href='/confession'>Confession</a>")
    visited.web.pages[f"{ANNE}/confession"] = page("<h1>Confession</h1><p>Saturday 3:00 PM</p>")
    await again(visited, days=27.9)
    assert "15:00" not in await starts(visited, ANNE)
    visited.now += timedelta(days=0.2)
    await visited.do(schedule, run="third", force=True)
    assert "15:00" in await starts(visited, ANNE)
    assert (await end_of(visited, ANNE, "third"))[2][0] == "whole visit: the last one was on 2026-03-02"


async def test_every_visit_is_a_whole_one_where_the_setting_says_so(visited: Country) -> None:
    await again(visited, whole_visit_days=0)
    assert sorted(visited.web.paths(ANNE))[:1] == ["/"]
    assert (await end_of(visited, ANNE))[3] > 1


async def test_another_reader_reads_the_whole_site(visited: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_visit, "reader_version", lambda: "a better one")
    await again(visited)
    assert "/" in visited.web.paths(ANNE)


def test_the_version_of_the_readers_is_that_of_their_source() -> None:
    assert reader_version.reader_version() == reader_version.reader_version.__wrapped__()
    assert len(reader_version.reader_version()) == 64


async def test_a_visit_that_failed_leaves_nothing_that_stands(visited: Country) -> None:
    good = visited.web.pages[f"{CLARE}/"]
    visited.web.pages[f"{CLARE}/"] = lambda _: Reply("no", 404)
    await again(visited)
    visited.web.pages[f"{CLARE}/"] = good
    assert (
        await visited.rows(
            "SELECT 1 FROM whole_visits JOIN parishes p ON p.id = unit_id WHERE website = %s", f"http://{CLARE}/"
        )
        == []
    )
    visited.now += timedelta(days=2)
    await visited.do(schedule, run="third", force=True)
    assert (await end_of(visited, CLARE, "third"))[2] == [f"http http://{CLARE}/: 4 services"]


async def test_a_changed_directory_is_read_again(visited: Country) -> None:
    visited.web.pages["larkspur.example/parishes"] = page(
        "<h1>Parish Directory</h1><table><tr><th>Parish</th><th>Phone</th></tr>"
        + "".join(f'<tr><td><a href="http://{host}/">{name}</a></td><td>(314) 555-0199</td></tr>'
                  for host, name in ((ANNE, "St. Anne"), (BRENDAN, "St. Brendan"), (CLARE, "St. Clare")))
        + "</table>"
    )  # fmt: skip
    visited.now += timedelta(days=2)
    await visited.do(discovery, extraction, run="second", force=True)
    assert (await visited.parish(ANNE)).entry.phone == "+13145550199"
    assert visited.web.paths("larkspur.example").count("/parishes") == 2
    assert LARKSPUR in await visited.observed()


# --- what people decided ----------------------------------------------------------------------------------------------


async def test_an_expired_correction_is_let_go_though_the_site_is_unchanged(visited: Country) -> None:
    ((parish,),) = await visited.rows("SELECT id FROM parishes WHERE website = %s", f"http://{CLARE}/")
    assert isinstance(parish, int)
    proof = (Evidence("", "", "seen on the door", 0, 0, "correction", 1.0),)
    right = Service(ServiceType.MASS, Recurrence((Day.WE,)), "06:45", evidence=proof)
    until = visited.now + timedelta(days=1)
    async with visited.database.transaction() as connection:
        await corrections.put(
            connection, parish, wrong=None, right=right, why="seen", set_by="ann", now=visited.now, expires_at=until
        )
        await publishing.publish_again(connection, parish, visited.now)
    assert "06:45" in await starts(visited, CLARE)
    await again(visited)
    assert visited.web.paths(CLARE) == ["/"]
    assert "06:45" not in await starts(visited, CLARE)
    rows = await visited.rows(
        "SELECT changed_at FROM visits WHERE stage = 'schedule' AND unit_kind = 'parish' AND unit_id = %s", parish
    )
    assert rows == [(visited.now,)]
