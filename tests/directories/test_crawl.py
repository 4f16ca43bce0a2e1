"""A directory is read whole, with a bound, whatever its site does. The pages come from a scripted `fetch`."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest

from vitality_lib.directories.crawl import Collection, collect
from vitality_lib.document import Document
from vitality_lib.models import Outcome, Page, Purpose, Reason, Request, Route

SITE = "https://lakemont.example"
Answer = str | Outcome | Callable[[Request], str]


class Web:
    """Pages by address; what is not there answers 404. Remembers what was asked for."""

    def __init__(self, pages: dict[str, Answer]) -> None:
        self.pages = pages
        self.asked: list[Request] = []

    async def fetch(self, request: Request) -> Page | Outcome:
        self.asked.append(request)
        answer = self.pages.get(request.url.removeprefix(SITE), Outcome(Reason.HTTP_ERROR, "404"))
        if callable(answer):
            answer = answer(request)
        if isinstance(answer, Outcome):
            return answer
        return Page(request.url, answer.encode(), route="browser" if request.browser else "http")

    async def collect(self, body: str | bytes, path: str = "/parishes", most: int = 50) -> Collection:
        page = Page(SITE + path, body.encode() if isinstance(body, str) else body)
        return await collect(Document(page), self.fetch, most)


def card(name: str, website: bool = True, detail: str = "") -> str:
    title = f'<a href="{detail}">{name}</a>' if detail else name
    site = f'<a href="http://{name[4:].lower()}.example">Website</a>' if website else ""
    return f'<div class="card"><h3>{title}</h3><p>{len(name)} Elm St.<br>Alderton, OH 43001</p>{site}</div>'


def page(*cards: str, following: str = "") -> str:
    link = f'<a class="next" href="{following}">Next</a>' if following else ""
    return f"<html><body><h1>Parishes</h1>{''.join(cards)}{link}</body></html>"


def names(collection: Collection) -> list[str]:
    return [entry.name for entry in collection.reading.parishes]


FIRST = [card("St. Agatha"), card("St. Blaise"), card("St. Clement")]


async def test_next_pages_are_followed_to_the_last_even_when_it_holds_one_parish() -> None:
    web = Web({"/parishes?p=2": page(*map(card, ("St. Damian", "St. Edmund", "St. Felix")), following="/parishes?p=3"),
               "/parishes?p=3": page(card("St. Gall"))})  # fmt: skip
    read = await web.collect(page(*FIRST, following="/parishes?p=2"))
    assert names(read)[-2:] == ["St. Felix", "St. Gall"]
    assert len(read.reading.parishes) == 7
    assert read.outcome.reason is Reason.OK
    assert len(read.routes) == 3


async def test_an_endless_next_ends_with_the_first_page_that_brings_nothing_new() -> None:
    web = Web({f"/parishes?p={n}": page(*FIRST, following=f"/parishes?p={n + 1}") for n in range(2, 60)})
    read = await web.collect(page(*FIRST, following="/parishes?p=2"))
    assert len(web.asked) == 1
    assert len(read.reading.parishes) == 3


async def test_an_endless_list_of_new_rows_ends_with_the_bound_on_requests() -> None:
    def more(request: Request) -> str:
        number = int(request.url.rpartition("=")[2])
        return page(*(card(f"St. {letter}{number}") for letter in "ABC"), following=f"/parishes?p={number + 1}")

    web = Web({f"/parishes?p={n}": more for n in range(2, 400)})
    await web.collect(page(*FIRST, following="/parishes?p=2"), most=7)
    assert len(web.asked) == 7
    web.asked.clear()
    read = await web.collect(page(*FIRST, following="/parishes?p=2"), most=1000)
    assert len(web.asked) == 100
    assert "past 100 pages" in read.routes[-1]


async def test_detail_pages_are_fetched_when_the_list_lacks_the_websites() -> None:
    rows = [card(f"St. {name}", website=False, detail=f"/p/{name}") for name in ("Agatha", "Blaise", "Clement")]
    about = (
        '<html><body><main><h1>St. {0}</h1><p>740-555-0101</p><a href="http://{0}.example">Website</a></main></html>'
    )
    web = Web({f"/p/{name}": about.format(name) for name in ("Agatha", "Blaise")})
    read = await web.collect(page(*rows))
    assert [entry.website for entry in read.reading.parishes] == [
        "http://agatha.example",
        "http://blaise.example",
        None,
    ]
    assert read.reading.parishes[0].phone == "+17405550101"
    assert len(web.asked) == 3


LOCATOR = "<html><body><div id='wpsl-stores'></div><script>var wpslSettings = {}</script>%s</body></html>"
FEED = "/wp-admin/admin-ajax.php?action=store_search&autoload=1"
STORES = (
    '[{"store":"St. Agatha","address":"1 Elm St","city":"Alderton","state":"OH","zip":"43001","lat":"40","lng":"-82"}]'
)


async def test_a_page_with_a_locator_leads_to_its_feed_in_one_request() -> None:
    web = Web({FEED: STORES})
    read = await web.collect(LOCATOR % "")
    assert names(read) == ["St. Agatha"]
    assert (read.page_url, len(web.asked)) == (SITE + FEED, 1)


async def test_a_feed_that_fails_leaves_the_list_in_the_page() -> None:
    web = Web({FEED: Outcome(Reason.ROBOTS_DISALLOWED, "/wp-admin/")})
    read = await web.collect(LOCATOR % "".join(FIRST))
    assert names(read) == ["St. Agatha", "St. Blaise", "St. Clement"]
    assert read.outcome.ok


async def test_a_feed_that_fails_alone_is_the_outcome() -> None:
    read = await Web({FEED: Outcome(Reason.TIMEOUT, "10 s")}).collect(LOCATOR % "")
    assert read.outcome.reason is Reason.TIMEOUT
    assert read.reading.parishes == ()


async def test_a_map_is_read_with_a_browser_once() -> None:
    empty = '<html><body><h1>Parishes</h1><div id="parish-map"></div><script src="/a.js"></script></body></html>'
    web = Web({"/parishes": page(*FIRST)})
    read = await web.collect(empty)
    assert sum(request.browser for request in web.asked) == 1
    assert len(read.reading.parishes) == 3
    assert read.reading.route is Route.BROWSER
    assert f"browser {SITE}/parishes: the list is filled by script" in read.routes
    again = await Web({"/parishes": empty}).collect(empty)
    assert again.outcome.reason is Reason.NO_DIRECTORY


@pytest.mark.parametrize(
    ("body", "reason", "says"),
    [
        (b"", Reason.UNREADABLE, "empty"),
        (b"  \n", Reason.UNREADABLE, "empty"),
        (b'[{"store":"St. Agatha","address":"1 El', Reason.UNREADABLE, "cut off"),
        (b"\x00\x01\x02\x03" * 50, Reason.UNREADABLE, "no text"),
        (b"\xff\xfe\xfa\xb0\xb1" * 50, Reason.NO_DIRECTORY, "no parishes"),
        (b"{}", Reason.NO_DIRECTORY, "no parishes"),
        (b"<html><body><h1>Employment</h1><p>We are hiring.</p></body></html>", Reason.NO_DIRECTORY, "no parishes"),
        (b"<html><form action='/login'><input type='password'></form></html>", Reason.NO_DIRECTORY, "no parishes"),
    ],
)
async def test_what_is_no_directory_has_a_typed_outcome_and_no_row(body: bytes, reason: Reason, says: str) -> None:
    read = await Web({}).collect(body)
    assert read.outcome.reason is reason
    assert says in read.outcome.detail
    assert read.reading.parishes == ()


async def test_parishes_all_without_place_or_link_are_left_out_and_counted() -> None:
    place = '"address":"","city":"","lat":"","lng":""'
    stores = f'[{{"id":1,"store":"St. Agatha",{place}}},{{"id":2,"store":"St. Blaise",{place}}}]'
    read = await Web({}).collect(stores, FEED)
    assert read.outcome.reason is Reason.NO_DIRECTORY
    assert "2 rows were left out" in read.outcome.detail


# --- lists that do not end, or lead in circles -----------------------------------------------------------------------


async def test_a_next_that_loops_between_two_pages_ends() -> None:
    second = page(*map(card, ("St. Damian", "St. Edmund", "St. Felix")), following="/parishes?p=1")
    web = Web({"/parishes?p=2": second, "/parishes?p=1": page(*FIRST, following="/parishes?p=2")})
    read = await web.collect(page(*FIRST, following="/parishes?p=2"))
    assert len(read.reading.parishes) == 6
    assert len(web.asked) == 2


async def test_a_frame_that_frames_itself_ends_with_the_bound_on_frames() -> None:
    def deeper(request: Request) -> str:
        number = int(request.url.rpartition("=")[2])
        return f'<html><iframe title="parish map" src="/map?n={number + 1}"></iframe></html>'

    web = Web({f"/map?n={n}": deeper for n in range(50)})
    read = await web.collect('<html><h1>Parishes</h1><iframe title="parish map" src="/map?n=1"></iframe></html>')
    assert sum(request.purpose is Purpose.FRAME for request in web.asked) == 5
    assert read.outcome.reason is Reason.NO_DIRECTORY


COUNTIES = "".join(f'<a href="/parishes?county={n}">{name} County</a>' for n, name in enumerate("ABCDEFGHIJKLMNOPQR"))


async def test_regions_that_all_show_the_same_list_are_left_after_three() -> None:
    web = Web({f"/parishes?county={n}": page(*FIRST) for n in range(18)})
    read = await web.collect(f"<html><h1>Parishes by county</h1>{COUNTIES}</html>")
    assert names(read) == ["St. Agatha", "St. Blaise", "St. Clement"]
    assert len(web.asked) == 4


async def test_regions_that_cannot_be_had_are_left_and_are_the_outcome() -> None:
    web = Web({})
    read = await web.collect(f"<html><h1>Parishes by county</h1>{COUNTIES}</html>")
    assert sum(request.purpose is Purpose.NEXT for request in web.asked) == 8
    assert read.outcome.reason is Reason.HTTP_ERROR


def grid(rows: str, links: str, state: str) -> str:
    """A page of ASP.NET with a pager that posts."""
    hidden = (
        f'<input type="hidden" name="__VIEWSTATE" value="{state}"><input type="hidden" name="__EVENTTARGET" value="">'
    )
    body = f"<h1>Parishes</h1>{rows}<table><tr>{links}</tr></table>"
    return f'<html><form method="post" action="/parishes">{hidden}{body}</form></html>'


def to(number: int) -> str:
    return f"""<td><a href="javascript:__doPostBack('ctl00$Grid','Page${number}')">{number}</a></td>"""


async def test_a_pager_that_posts_is_followed_to_its_end() -> None:
    def posted(request: Request) -> str:
        fields = dict(parse_qsl(request.body or ""))
        assert fields["__EVENTTARGET"] == "ctl00$Grid"
        if fields["__EVENTARGUMENT"] == "Page$2":
            assert fields["__VIEWSTATE"] == "one"
            rows = "".join(map(card, ("St. Damian", "St. Edmund", "St. Felix")))
            return grid(rows, f"{to(1)}<td><span>2</span></td>{to(3)}", "two")
        assert (fields["__EVENTARGUMENT"], fields["__VIEWSTATE"]) == ("Page$3", "two")
        return grid(card("St. Gall"), f"{to(1)}{to(2)}<td><span>3</span></td>", "three")

    web = Web({"/parishes": posted})
    read = await web.collect(grid("".join(FIRST), f"<td><span>1</span></td>{to(2)}{to(3)}", "one"))
    assert names(read)[-2:] == ["St. Felix", "St. Gall"]
    assert [request.method for request in web.asked] == ["POST", "POST"]


async def test_a_login_wall_costs_no_request() -> None:
    web = Web({})
    read = await web.collect("<html><h1>Parish portal</h1><form method='post'><input type='password'></form></html>")
    assert read.outcome.reason is Reason.NO_DIRECTORY
    assert web.asked == []


# --- lists that are short --------------------------------------------------------------------------------------------


async def test_a_list_that_is_shorter_than_it_says_is_incomplete() -> None:
    read = await Web({}).collect(page("<p>Showing 1-3 of 185</p>", *FIRST))
    assert read.reading.claimed == 185
    assert read.reading.incomplete == "the page speaks of 185 parishes, 3 were read"
    assert read.outcome.ok
    assert "185" in read.outcome.detail


async def test_a_page_of_the_list_that_fails_makes_it_incomplete_and_a_dead_link_does_not() -> None:
    failing = Web({"/parishes?p=2": Outcome(Reason.TIMEOUT, "10 s")})
    read = await failing.collect(page(*FIRST, following="/parishes?p=2"))
    assert "/parishes?p=2 could not be had: timeout" in read.reading.incomplete
    read = await Web({}).collect(page(*FIRST, following="/parishes?p=2"))
    assert read.reading.incomplete == ""


DETAIL = "<html><main><h1>{0}</h1><p>{1} Oak St.<br>Alderton, OH 43001</p><p>740-555-010{1}</p></main></html>"
URLS = "".join(f"<url><loc>{SITE}/parish/{name}</loc></url>" for name in ("agatha", "blaise", "clement", "damian"))
SITEMAP = f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{SITE}/</loc></url><url><loc>{SITE}/news/parish-picnic</loc></url>{URLS}</urlset>"""
INDEX = f"""<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>
{SITE}/post-sitemap.xml</loc></sitemap><sitemap><loc>{SITE}/parish-sitemap.xml</loc></sitemap></sitemapindex>"""
ROWS = [card(f"St. {name}", detail=f"/parish/{name.lower()}") for name in ("Agatha", "Blaise", "Clement")]


async def test_a_sitemap_names_what_a_short_list_lacks() -> None:
    web = Web({"/robots.txt": f"User-agent: *\nSitemap: {SITE}/index.xml\n", "/index.xml": INDEX,
               "/parish-sitemap.xml": SITEMAP, "/parish/damian": DETAIL.format("St. Damian", 4)})  # fmt: skip
    read = await web.collect(page("<p>Showing 1-3 of 4</p>", *ROWS))
    assert names(read) == ["St. Agatha", "St. Blaise", "St. Clement", "St. Damian"]
    assert read.reading.parishes[-1].phone == "+17405550104"
    asked = [request.url.removeprefix(SITE) for request in web.asked]
    assert asked == ["/robots.txt", "/index.xml", "/parish-sitemap.xml", "/parish/damian"]


async def test_a_page_about_parishes_that_nobody_can_read_is_read_by_the_sitemap() -> None:
    details = {
        f"/parish/{name.lower()}": DETAIL.format(f"St. {name}", n) for n, name in enumerate(("Agatha", "Blaise"))
    }
    web = Web({"/sitemap.xml": SITEMAP, **details})
    read = await web.collect("<html><h1>Our Parishes</h1><p>Please call us for a list.</p></html>")
    assert names(read) == ["St. Agatha", "St. Blaise"]
    assert read.reading.platform == "detail_page"
    assert read.outcome.ok


async def test_a_sitemap_in_circles_or_without_end_is_left() -> None:
    circle = INDEX.replace("/post-sitemap.xml", "/sitemap.xml").replace("/parish-sitemap.xml", "/wp-sitemap.xml")
    web = Web({"/sitemap.xml": circle, "/wp-sitemap.xml": circle})
    read = await web.collect("<html><h1>Our Parishes</h1></html>")
    assert len(web.asked) <= 8
    assert read.outcome.reason is Reason.NO_DIRECTORY


async def test_a_feed_that_was_read_whole_costs_no_sitemap() -> None:
    web = Web({FEED: STORES})
    await web.collect(LOCATOR % "<p>Showing 1-20 of 185</p>")
    assert [request.purpose for request in web.asked] == [Purpose.FEED]
