"""`vitality inspect`: what the readers see in a page, saved or fetched, and why there is nothing to see."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from command_line import Vitality
from tiny_country import ANNE, CLARE, LARKSPUR, LIST_URL, PARISHES, TAMARACK, directory, mass_times, page, settle
from web.scripted_web import Answering, Reply, Server, serving

from vitality_lib.inspection import inspect, read_saved
from vitality_lib.models import Page


@pytest.fixture
async def web() -> AsyncIterator[Server]:
    """The tiny country's web."""
    async with serving() as web:
        settle(web)
        yield web


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Any:
    """The one JSON object that was printed, and what was said of errors."""

    def last() -> tuple[dict[str, Any], str]:
        printed = capsys.readouterr()
        return json.loads(printed.out), printed.err

    return last


def saved(subject: str, body: str | bytes, url: str = "") -> dict[str, Any]:
    return read_saved(subject, Page(url, body.encode() if isinstance(body, str) else body, route="file"))


# --- a page that is fetched ------------------------------------------------------------------------------------------


async def test_the_list_of_dioceses_is_fetched_and_read(web: Server, said: Any) -> None:
    assert await inspect("dioceses", [], LIST_URL, web.settings()) == 0
    record, errors = said()
    assert [one["name"] for one in record["dioceses"]] == [LARKSPUR, TAMARACK]
    assert record["dioceses"][0] == {
        "name": LARKSPUR,
        "street": "1 Cathedral Square",
        "city": "Larkspur",
        "state": "MO",
        "zip": None,
        "website": "http://larkspur.example/",
    }
    assert errors == ""


async def test_links_of_a_homepage_come_with_their_score_and_reasons(web: Server, said: Any) -> None:
    assert await inspect("links", [], "http://larkspur.example/", web.settings()) == 0
    best = said()[0]["links"][0]
    assert (best["leads_to"], best["url"], best["label"]) == (
        "directory",
        "http://larkspur.example/parishes",
        "Find a Parish",
    )
    assert best["score"] > 0
    assert best["reasons"]


async def test_a_directory_is_followed_to_its_end_and_tells_its_routes(web: Server, said: Any) -> None:
    first = directory(list(PARISHES)[:3]) + '<a rel="next" href="/parishes?page=2">Next</a>'
    web.pages["larkspur.example/parishes"] = page(first)
    web.pages["larkspur.example/parishes?page=2"] = page(directory(list(PARISHES)[3:]))
    assert await inspect("directory", [], "http://larkspur.example/parishes", web.settings()) == 0
    record, _ = said()
    assert [parish["name"] for parish in record["parishes"]] == list(PARISHES.values())
    assert (record["platform"], record["route"], record["outcome"]) == ("tables", "static", "ok")
    assert len(record["routes"]) == 2


async def test_a_schedule_is_looked_for_as_far_as_one_visit_goes(web: Server, said: Any) -> None:
    web.pages[f"{ANNE}/"] = page('<h1>Welcome</h1><a href="/mass-times">Mass Times</a>')
    web.pages[f"{ANNE}/mass-times"] = page(mass_times("St. Anne"))
    assert await inspect("schedule", [], f"http://{ANNE}/", web.settings()) == 0
    record, _ = said()
    assert {service["type"] for service in record["services"]} == {"mass", "confession", "adoration"}
    assert record["outcome"] == "ok"
    assert [route.split()[1] for route in record["routes"]] == [f"http://{ANNE}/:", f"http://{ANNE}/mass-times:"]


UNHAPPY: dict[str, tuple[Answering, str]] = {
    "gone": (Reply("", 404), "http_error"),
    "refused": (Reply("no", 403), "blocked"),
    "no text": (Reply(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "unreadable"),
}


@pytest.mark.parametrize("subject", ["dioceses", "links", "directory", "schedule"])
@pytest.mark.parametrize("case", UNHAPPY)
async def test_a_page_that_cannot_be_had_is_an_error_with_its_reason(
    web: Server, said: Any, subject: str, case: str
) -> None:
    web.pages[f"{CLARE}/"], reason = UNHAPPY[case]
    assert await inspect(subject, [], f"http://{CLARE}/", web.settings()) == 1
    record, errors = said()
    assert record["outcome"] == reason
    assert record[{"schedule": "services", "directory": "parishes"}.get(subject, subject)] == []
    assert len(errors.splitlines()) == 1
    assert errors.startswith(f"vitality inspect: http://{CLARE}/: {reason}")


async def test_robots_txt_holds_for_inspection_too(web: Server, said: Any) -> None:
    web.pages[f"{CLARE}/robots.txt"] = Reply("User-agent: *\nDisallow: /")
    assert await inspect("schedule", [], f"http://{CLARE}/", web.settings()) == 1
    assert said()[0]["outcome"] == "robots_disallowed"
    assert web.paths(CLARE) == []


async def test_a_directory_whose_feed_is_away_says_why_there_are_no_parishes(web: Server, said: Any) -> None:
    web.pages["larkspur.example/parishes"] = page('<div id="wpsl-wrap"></div><script>var wpslSettings = {};</script>')
    assert await inspect("directory", [], "http://larkspur.example/parishes", web.settings()) == 1
    record, errors = said()
    assert record["outcome"] == "http_error"
    assert "admin-ajax.php" in errors


async def test_a_site_without_times_is_a_finding_and_no_error(web: Server, said: Any) -> None:
    web.pages[f"{CLARE}/"] = page("<h1>St. Clare</h1><p>We are building a new website.</p>")
    assert await inspect("schedule", [], f"http://{CLARE}/", web.settings()) == 0
    record, errors = said()
    assert (record["services"], record["outcome"], errors) == ([], "no_schedule_page", "")


async def test_the_command_needs_no_database(web: Server, vitality: Vitality) -> None:
    done = await vitality.beside(
        *("inspect", "schedule", "--url", f"http://{ANNE}/"),
        VITALITY_RESOLVE=f"*=127.0.0.1:{web.port}",
        VITALITY_PACE="0.01",
        VITALITY_BROWSER="off",
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing",
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["services"]) == 4


# --- a page that was saved -------------------------------------------------------------------------------------------

PLACE = {"city": "Larkspur", "state": "MO", "zip": "63001"}
STORE = {"store": "St. Anne", "address": "1 Elm Street", "lat": "38.6", "lng": "-90.2", **PLACE}
POINT = {"type": "Point", "coordinates": [-90.2, 38.6]}
FEATURE = {"type": "Feature", "geometry": POINT, "properties": {"NAME": "St. Anne", "ADDRESS": "1 Elm Street", **PLACE}}
ADDRESS = {"streetAddress": "1 Elm Street", "addressLocality": "Larkspur", "addressRegion": "MO"}
CHURCHES = [{"@type": "CatholicChurch", "name": name, "address": ADDRESS} for name in ("St. Anne", "St. Brendan")]
FEEDS = {
    "wp_store_locator": json.dumps([STORE]),
    "geojson": json.dumps({"type": "FeatureCollection", "features": [FEATURE]}),
    "json_ld": f'<html><script type="application/ld+json">{json.dumps(CHURCHES)}</script></html>',
}


@pytest.mark.parametrize("platform", FEEDS)
def test_a_saved_feed_is_known_by_its_shape(platform: str) -> None:
    record = saved("directory", FEEDS[platform])
    assert record["platform"] == platform
    parish = record["parishes"][0]
    assert (parish["name"], parish["street"], parish["city"]) == ("St. Anne", "1 Elm Street", "Larkspur")
    assert "error" not in record


def test_what_would_be_fetched_next_stands_under_next() -> None:
    record = saved("schedule", '<a href="/mass-times">Mass Times</a>', f"http://{ANNE}/")
    assert [(one["method"], one["url"]) for one in record["next"]] == [("GET", f"http://{ANNE}/mass-times")]
    record = saved("directory", '<div id="wpsl-wrap"></div>', "http://larkspur.example/parishes")
    (feed,) = record["next"]
    assert feed["purpose"] == "feed"
    assert feed["url"].startswith("http://larkspur.example/wp-admin/admin-ajax.php?")
    assert "error" not in record


async def test_a_saved_page_is_never_a_reason_to_go_out(web: Server, tmp_path: Path, said: Any) -> None:
    home = tmp_path / "home.html"
    home.write_text('<html><body><a href="/mass-times">Mass Times</a></body></html>')
    assert await inspect("schedule", [str(home)], f"http://{ANNE}/", web.settings()) == 0
    assert said()[0]["next"]
    assert web.asked == []


def test_times_that_stand_elsewhere_are_announced() -> None:
    page = '<html><body><h1>Mass Schedule</h1><p><a href="/mass-schedule.pdf">Mass Schedule</a></p></body></html>'
    record = saved("schedule", page, f"http://{ANNE}/mass-schedule")
    assert (record["services"], record["elsewhere"]) == ([], "only_in_pdf")


def test_rows_that_are_no_parish_are_named_with_the_reason() -> None:
    rows = directory([*list(PARISHES)[:3], "st-anne-school.example"])
    record = saved("directory", f"<html><body>{rows}</body></html>", "http://larkspur.example/parishes")
    assert len(record["parishes"]) == 3
    assert record["left_out"] == [{"name": "St Anne School", "why": "a school", "entry": None}]
