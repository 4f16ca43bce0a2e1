"""Sites that forbid some of their pages, by every means there is: whole visits, by HTTP and browser, ask for none."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from scripted_web import Reply, Server

from vitality_lib.directories.crawl import collect
from vitality_lib.discovery.find import find_directory
from vitality_lib.document import Document
from vitality_lib.models import Page, Purpose, Reason, Request
from vitality_lib.schedules.visit import visit
from vitality_lib.web.browser_paths import find_browser
from vitality_lib.web.door import open_door

HOST = "www.st-brendan.example"
HOME = f"http://{HOST}/"
FILLER = "<p>We are a community of faith in the valley of the lamp.</p>" * 8
LINKS = (
    "<a href='/mass'>Mass Times</a><a href='/private/mass-times'>Mass Schedule</a>"
    "<a href='/confession'>Confession</a><a href='/bulletin.pdf'>Bulletin</a><a href='/adoration'>Adoration</a>"
)
FEED = Reply('{"mass": "Sunday 9:00 am"}', headers={"Content-Type": "application/json"})
MASS = "<h1>Mass Times</h1><p>Sunday 9:00 am</p>"


def serve(web: Server, robots: str, home: str = LINKS + FILLER, tag: str = "", header: str = "") -> None:
    """A site whose robots.txt, homepage and the directives of that are given, and which answers for all its pages."""
    head = f"<!DOCTYPE html><html><head><title>St. Brendan</title>{tag}</head>"
    headers = {"X-Robots-Tag": header} if header else {}
    web.pages |= {
        f"{HOST}/robots.txt": Reply(robots),
        f"{HOST}/": Reply(f"{head}<body>{home}</body></html>", headers=headers),
        **{f"{HOST}{path}": Reply(f"{head}<body>{MASS}</body></html>") for path in PAGES},
    }


PAGES = ("/mass", "/private/mass-times", "/confession", "/adoration", "/bulletin.pdf", "/mass-times", "/sitemap.xml")
NOBODY_ASKS = "User-agent: *\nDisallow: /private/\n"


@dataclass(frozen=True)
class Site:
    """What a site says in its robots.txt, and in a tag and a header of its homepage; which paths that leaves open."""

    allowed: Callable[[str], bool]
    robots: str = ""
    tag: str = ""
    header: str = ""


def only(*paths: str) -> Callable[[str], bool]:
    return lambda path: path in paths


SITES = {
    "all of it": Site(only(), "User-agent: *\nDisallow: /"),
    "all of it, to us": Site(only(), "User-agent: DiocesanVitality\nDisallow: /\n\nUser-agent: *\nAllow: /"),
    "a folder": Site(lambda path: not path.startswith("/private/"), NOBODY_ASKS),
    "all but the homepage": Site(only("/"), "User-agent: *\nDisallow: /\nAllow: /$"),
    "files of a kind": Site(
        only("/", "/confession", "/adoration", "/sitemap.xml"), "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*mass"
    ),
    "links, by a tag": Site(only("/", "/sitemap.xml"), tag="<meta name='robots' content='nofollow'>"),
    "links, by a header": Site(only("/", "/sitemap.xml"), header="nofollow"),
    "links, by a header to us": Site(only("/", "/sitemap.xml"), header="diocesanvitality: nofollow"),
    "the homepage's words and links": Site(only("/"), tag="<meta name='robots' content='none'>"),
}


@pytest.mark.parametrize("case", SITES)
async def test_a_visit_asks_for_nothing_forbidden(web: Server, case: str) -> None:
    site = SITES[case]
    serve(web, site.robots, tag=site.tag, header=site.header)
    async with open_door(web.settings(), None) as door:
        seen = await visit(HOME, door.budget(20).get)
    assert [path for path in web.paths() if not site.allowed(path)] == []
    assert [asked.path for asked in web.asked].count("/robots.txt") == 1
    assert web.paths() or seen.outcome.reason is Reason.ROBOTS_DISALLOWED


async def test_the_same_site_is_read_where_it_forbids_nothing(web: Server) -> None:
    serve(web, "")
    async with open_door(web.settings(), None) as door:
        seen = await visit(HOME, door.budget(20).get)
    assert seen.services
    assert {"/", "/mass", "/private/mass-times", "/confession"} <= set(web.paths())


async def test_a_page_that_asks_not_to_be_read_tells_nothing(web: Server) -> None:
    serve(web, "", MASS, "<meta name='robots' content='noindex'>")
    async with open_door(web.settings(), None) as door:
        seen = await visit(HOME, door.budget(20).get)
    assert (seen.outcome.reason, seen.services) == (Reason.ROBOTS_DISALLOWED, ())
    assert "noindex" in seen.outcome.detail


DIOCESE = "www.diocese-of-lumen.example"
PARISHES = "".join(
    f"<div class='parish'><h3><a href='/parishes/{name}'>St. {name.title()}</a></h3>"
    f"<p>{number} Oak Street, Lumen, OH 4400{number}</p><p>330-555-010{number}</p></div>"
    for number, name in enumerate(("brendan", "clement", "dymphna", "eloi", "fina"), 1)
)


@pytest.mark.parametrize("asks", ["nofollow", ""])
async def test_a_directory_is_read_but_its_links_are_followed_only_where_they_may_be(web: Server, asks: str) -> None:
    more = "<a rel='next' class='next' href='/parishes?page=2'>Next</a>"
    web.pages[f"{DIOCESE}/parishes"] = Reply(
        f"<html><body>{PARISHES}{more}</body></html>", headers={"X-Robots-Tag": asks}
    )
    async with open_door(web.settings(), None) as door:
        page = await door.get(Request(f"http://{DIOCESE}/parishes", Purpose.LIST))
        assert isinstance(page, Page)
        found = await collect(Document(page), door.get, 20)
    assert len(found.reading.parishes) == 5
    assert ("/parishes?page=2" in web.paths()) is (not asks)
    assert ("none of its links" in found.reading.incomplete) is bool(asks)


async def test_a_search_for_a_directory_follows_no_link_of_a_homepage_that_asks_for_that(web: Server) -> None:
    web.pages[f"{DIOCESE}/"] = Reply(
        "<html><head><meta name='robots' content='nofollow'></head><body><a href='/parishes'>Find a Parish</a>" + FILLER
    )
    web.pages[f"{DIOCESE}/parishes"] = Reply(f"<html><body>{PARISHES}</body></html>")
    async with open_door(web.settings(), None) as door:
        search = await find_directory(f"http://{DIOCESE}/", door.budget(20).get)
    assert search.found is None
    assert "/parishes" not in web.paths()


SCRIPT = """
for (const path of ['/private/feed', '/open/feed']) {
    fetch(path).then(r => r.json()).then(t => { document.querySelector('main').textContent += t.mass })
}
"""
PARTS = (
    "<main></main><iframe src='/private/frame'></iframe><iframe src='/shy-frame'></iframe>"
    "<script src='/private/app.js'></script><script src='/app.js'></script>"
)


@pytest.mark.browser
@pytest.mark.skipif(find_browser() is None, reason="chromium and chromedriver are not installed")
async def test_a_page_in_the_browser_asks_for_nothing_forbidden(web: Server) -> None:
    serve(web, NOBODY_ASKS, PARTS)
    web.pages |= {
        f"{HOST}/app.js": Reply(SCRIPT, headers={"Content-Type": "text/javascript"}),
        f"{HOST}/private/app.js": Reply("document.write('forbidden')", headers={"Content-Type": "text/javascript"}),
        f"{HOST}/private/feed": FEED,
        f"{HOST}/open/feed": Reply(FEED.body, headers={**FEED.headers, "X-Robots-Tag": "noindex"}),
        f"{HOST}/private/frame": Reply(MASS),
        f"{HOST}/shy-frame": Reply(f"{MASS}<script>fetch('/from-shy')</script>", headers={"X-Robots-Tag": "noindex"}),
    }
    async with open_door(web.settings(browser="auto"), None) as door:
        page = await door.get(Request(HOME, Purpose.BROWSER))
    assert isinstance(page, Page)
    assert b"<main>Sunday 9:00 am</main>" in page.body
    assert sorted(set(web.paths())) == ["/", "/app.js", "/open/feed", "/shy-frame"]


@pytest.mark.browser
@pytest.mark.skipif(find_browser() is None, reason="chromium and chromedriver are not installed")
async def test_what_a_script_makes_a_page_ask_is_obeyed_too(web: Server) -> None:
    script = "<script>document.head.insertAdjacentHTML('beforeend', '<meta name=robots content=noindex>')</script>"
    serve(web, "", script + FILLER)
    async with open_door(web.settings(browser="auto"), None) as door:
        outcome = await door.get(Request(HOME, Purpose.BROWSER))
    assert not isinstance(outcome, Page)
    assert outcome.reason is Reason.ROBOTS_DISALLOWED
