"""From a homepage to the page that lists the parishes: what is chosen was fetched and proved. The web is scripted."""

from collections.abc import Sequence

import pytest

from vitality_lib.discovery.find import NAMED, Search, find_directory
from vitality_lib.discovery.first_guesses import KNOWN
from vitality_lib.discovery.proof import prove
from vitality_lib.models import (
    Candidate,
    DirectoryReading,
    LeftOut,
    Outcome,
    Page,
    ParishEntry,
    Purpose,
    Reason,
    Request,
    Route,
)

HOME = "https://lakemont.example/"
LIST = "".join(
    f'<li class="parish"><b>St. {name}</b><br>{n} Elm St<br>Alderton, OH 43001</li>'
    for n, name in enumerate(("Agatha", "Blaise", "Clement", "Damian", "Edmund", "Felix", "Gall", "Hilary", "Irene"))
)


class Web:
    """Pages by address. Everything else answers 404, and every address asked for is kept."""

    def __init__(self, **pages: str) -> None:
        self.pages = {url if "//" in url else HOME + url.replace("_", "-"): body for url, body in pages.items()}
        self.asked: list[str] = []

    async def __call__(self, request: Request) -> Page | Outcome:
        self.asked.append(request.url)
        body = self.pages.get(f"{request.url} in a browser" if request.browser else request.url)
        if body is None:
            return Outcome(Reason.HTTP_ERROR, f"{request.url} answered 404")
        return Page(request.url, f"<html><body>{body}</body></html>".encode())


async def find(home: str, **pages: str) -> tuple[Search, Web]:
    web = Web(**{HOME: home}, **pages)
    return await find_directory(HOME, web), web


async def test_the_page_with_parishes_is_chosen_though_another_link_looks_better() -> None:
    home = '<nav><a href="/find-a-parish">Find a Parish</a><a href="/directory">Directory</a></nav>'
    search, web = await find(home, find_a_parish="<p>Coming soon</p>", directory=f"<ul>{LIST}</ul>")
    assert search.found is not None
    assert search.found.chosen.url == HOME + "directory"
    assert (search.found.proof.count, search.found.platform) == (9, "cards")
    assert search.found.chosen.url in web.asked
    assert any("find-a-parish" in route for route in search.outcome.routes)


async def test_a_certain_first_candidate_ends_the_search() -> None:
    home = '<nav><a href="/parishes">Parishes</a><a href="/churches">Churches</a></nav>'
    _, web = await find(home, parishes=f"<ul>{LIST}</ul>", churches=f"<ul>{LIST}</ul>")
    assert web.asked == [HOME, HOME + "parishes"]


async def test_a_directory_on_a_sub_domain_is_found() -> None:
    home = '<nav><a href="https://directory.lakemont.example/">Parish Directory</a></nav>'
    search, _ = await find(home, **{"https://directory.lakemont.example/": f"<ul>{LIST}</ul>"})
    assert search.found is not None
    assert search.found.chosen.url == "https://directory.lakemont.example/"


async def test_the_homepage_itself_may_be_the_list() -> None:
    search, _ = await find(f"<h1>Our parishes</h1><ul>{LIST}</ul>")
    assert search.found is not None
    assert search.found.chosen.url == HOME


async def test_a_page_that_names_its_feed_is_proved_by_it() -> None:
    home = '<nav><a href="/find-a-parish">Find a Parish</a></nav>'
    search, _ = await find(home, find_a_parish='<div id="wpsl-wrap"></div><script>var wpslSettings={}</script>')
    assert search.found is not None
    assert search.found.platform == "wp_store_locator"


RITA = '<div class="parish"><h3>St. Rita</h3><p>4 Elm St<br>Sipe, OH 43001</p><p>Phone: (614) 555-0101</p></div>'


@pytest.mark.parametrize(("listed", "found"), [(RITA, True), ("<p>No parishes.</p>", False)])
async def test_an_index_of_letters_is_proved_by_one_parish_under_s(listed: str, found: bool) -> None:
    letters = "".join(f'<a href="/parishes/{one}">{one.upper()}</a> ' for one in "abcdefghijklmnoprstuvw")
    home = '<nav><a href="/parishes">Parishes</a></nav>'
    pages = {HOME + "parishes": f"<h1>Parishes by City</h1>{letters}", HOME + "parishes/s": f"<h1>S</h1>{listed}"}
    search, web = await find(home, **pages)
    assert (search.found is not None) == found
    assert web.asked[:3] == [HOME, HOME + "parishes", HOME + "parishes/s"]


async def test_a_map_that_only_a_browser_can_read_is_proved_in_one() -> None:
    home = '<nav><a href="/find-a-parish">Find a Parish</a></nav>'
    empty = '<h1>Find a parish</h1><div id="parish-map"></div><script src="/map.js"></script>'
    rendered = {HOME + "find-a-parish in a browser": f"<ul>{LIST}</ul>"}
    search, web = await find(home, find_a_parish=empty, **rendered)
    assert search.found is not None
    assert (search.found.chosen.url, search.found.proof.count) == (HOME + "find-a-parish", 9)
    assert web.asked == [HOME, HOME + "find-a-parish", HOME + "map.js", HOME + "find-a-parish"]


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.TOO_LARGE, Reason.NEEDS_BROWSER])
async def test_a_map_that_the_browser_could_not_show_is_not_no_directory(reason: Reason) -> None:
    home = '<nav><a href="/find-a-parish">Find a Parish</a><a href="/churches">Churches</a></nav>'
    empty = '<h1>Find a parish</h1><div id="parish-map"></div><script src="/map.js"></script>'
    web = Web(**{HOME: home}, find_a_parish=empty, churches="<p>Our churches serve nine counties.</p>")

    async def fetch(request: Request) -> Page | Outcome:
        return Outcome(reason, f"{request.url}: why") if request.browser else await web(request)

    search = await find_directory(HOME, fetch)
    assert (search.outcome.reason, search.outcome.detail) == (reason, f"{HOME}find-a-parish: why")
    assert f"{HOME}find-a-parish: {reason}" in search.outcome.routes


async def test_a_map_that_the_browser_could_not_show_does_not_matter_where_another_page_has_the_list() -> None:
    home = '<nav><a href="/find-a-parish">Find a Parish</a><a href="/churches">Churches</a></nav>'
    empty = '<h1>Find a parish</h1><div id="parish-map"></div><script src="/map.js"></script>'
    search, _ = await find(home, find_a_parish=empty, churches=f"<ul>{LIST}</ul>")
    assert search.found is not None
    assert search.outcome.reason is Reason.OK


async def test_without_a_list_there_is_no_directory_and_no_invented_address() -> None:
    home = '<nav><a href="/parishes">Parishes</a><a href="javascript:void(0)">Find a Parish</a></nav>'
    search, web = await find(home, parishes="<h1>Parishes</h1><p>Our parishes serve nine counties.</p>")
    assert (search.outcome.reason, search.found) == (Reason.NO_DIRECTORY, None)
    assert web.asked == [HOME, HOME + "parishes", HOME + "robots.txt", HOME + "sitemap.xml"]


async def test_a_site_that_is_down_ends_with_its_own_reason() -> None:
    search = await find_directory("https://gone.example/", Web())
    assert (search.outcome.reason, search.found) == (Reason.HTTP_ERROR, None)


async def test_candidates_that_all_fail_end_with_their_reason_unless_the_homepage_has_the_list() -> None:
    search, _ = await find('<nav><a href="/parishes">Parishes</a></nav>')
    assert search.outcome.reason in {Reason.HTTP_ERROR, Reason.NO_DIRECTORY}
    assert any("http_error" in route for route in search.outcome.routes)


async def test_a_diocese_without_a_website_is_told_apart() -> None:
    assert (await find_directory(None, Web())).outcome.reason is Reason.NO_WEBSITE


def reading(count: int, place: bool = True, *following: Request) -> DirectoryReading:
    parishes = tuple(ParishEntry(f"St. {n}", city="Alderton" if place else None) for n in range(count))
    return DirectoryReading("cards", Route.STATIC, parishes, following)


@pytest.mark.parametrize(
    ("seen", "proved", "certain"),
    [
        (reading(2), False, False),
        (reading(3), True, False),
        (reading(8), True, True),
        (reading(8, place=False), False, False),
        (reading(0, True, Request(HOME + "feed", Purpose.FEED)), True, False),
        (reading(0, True, Request(HOME, Purpose.BROWSER)), False, False),
    ],
)
def test_a_page_proves_itself_by_parishes_with_a_place_or_by_a_feed(
    seen: DirectoryReading, proved: bool, certain: bool
) -> None:
    proof = prove(seen)
    assert (proof.proved, proof.certain) == (proved, certain)
    assert proof.why


async def test_a_section_page_leads_on_to_the_list() -> None:
    home = '<nav><a href="/parishes">Parishes</a></nav>'
    section = '<h1>Parishes</h1><main><a href="/all">View all</a><a href="/forms">Parish forms</a></main>'
    search, web = await find(home, parishes=section, all=f"<ul>{LIST}</ul>")
    assert search.found is not None
    assert search.found.chosen.url == HOME + "all"
    assert web.asked == [HOME, HOME + "parishes", HOME + "all"]


async def test_a_sitemap_is_asked_when_no_link_leads_to_a_list() -> None:
    sitemap = f'<?xml version="1.0"?><urlset><url><loc>{HOME}our-parishes</loc></url></urlset>'
    web = Web(**{HOME: "<p>Welcome</p>", HOME + "our-parishes": f"<ul>{LIST}</ul>"})

    async def fetch(request: Request) -> Page | Outcome:
        if request.url.endswith("robots.txt"):
            return Page(request.url, f"User-agent: *\nSitemap: {HOME}map-of-pages.xml".encode())
        if request.url.endswith("map-of-pages.xml"):
            assert request.purpose is Purpose.SITEMAP
            return Page(request.url, sitemap.encode())
        return await web(request)

    search = await find_directory(HOME, fetch)
    assert search.found is not None
    assert search.found.chosen.url == HOME + "our-parishes"


async def test_a_menu_that_only_a_script_writes_is_read_in_a_browser() -> None:
    rendered = {HOME + " in a browser": '<nav><a href="/all">Parishes</a></nav>'}
    search, web = await find('<script src="/app.js"></script><p>Welcome</p>', all=f"<ul>{LIST}</ul>", **rendered)
    assert search.found is not None
    assert search.found.chosen.url == HOME + "all"
    assert web.asked == [HOME, HOME + "robots.txt", HOME + "sitemap.xml", HOME, HOME + "all"]


async def test_a_page_that_leads_back_to_the_homepage_is_not_the_directory() -> None:
    async def fetch(request: Request) -> Page | Outcome:
        return Page(HOME, f'<html><a href="/parishes">Parishes</a><ul>{LIST}</ul></html>'.encode())

    search = await find_directory(HOME, fetch)
    assert search.found is not None
    assert (search.found.chosen.url, search.found.chosen.label) == (HOME, "homepage")


SCHOOLS = '[{"store": "St. Odo School", "address": "1 Elm St", "lat": "40.1"}]'
LOCATOR = '<div id="wpsl-wrap"></div><script>var wpslSettings={}</script>'
FEED = HOME + "wp-admin/admin-ajax.php?action=store_search&autoload=1"


async def test_a_locator_of_schools_alone_does_not_win() -> None:
    home = '<nav><a href="/find-a-parish">Find a Parish</a><a href="/our">Our Churches</a></nav>'
    web = Web(**{HOME: home, "find_a_parish": LOCATOR, "our": f"<ul>{LIST}</ul>"})

    async def fetch(request: Request) -> Page | Outcome:
        return Page(FEED, SCHOOLS.encode()) if request.url == FEED else await web(request)

    search = await find_directory(HOME, fetch)
    assert search.found is not None
    assert search.found.chosen.url == HOME + "our"


async def test_no_site_is_asked_for_more_than_ten_pages() -> None:
    links = "".join(f'<a href="/parish-directory-{n}">Parish Directory</a>' for n in range(30))
    empty = '<h1>Find a parish</h1><div id="parish-map"></div><script src="/map.js"></script>' + links
    web = Web(**{HOME: empty}, **{f"parish_directory_{n}": empty for n in range(30)})
    search = await find_directory(HOME, web)
    assert search.found is None
    assert len(web.asked) <= 10


# --- what is known beforehand ----------------------------------------------------------------------------------------


async def named(pinned: str, **pages: str) -> tuple[Search, Web]:
    web = Web(**{HOME: '<nav><a href="/parishes">Parishes</a></nav>', "parishes": f"<ul>{LIST}</ul>"}, **pages)
    return await find_directory(HOME, web, pinned=pinned), web


async def test_what_a_person_named_wins_and_is_reported() -> None:
    search, web = await named(HOME + "odd", odd=f"<ul>{LIST}</ul>")
    assert search.found is not None
    assert (search.found.chosen.url, search.found.chosen.reasons) == (HOME + "odd", (NAMED,))
    assert NAMED in search.outcome.detail
    assert web.asked == [HOME + "odd"]


@pytest.mark.parametrize("odd", [{}, {"odd": "<p>Coming soon</p>"}])
async def test_what_a_person_named_in_vain_is_told_and_the_search_goes_on(odd: dict[str, str]) -> None:
    search, _ = await named(HOME + "odd", **odd)
    assert search.found is not None
    assert search.found.chosen.url == HOME + "parishes"
    assert f"{HOME}odd, {NAMED}, was of no use" in search.outcome.detail
    assert search.outcome.routes[0].startswith(f"{HOME}odd")


async def test_a_map_that_a_person_named_is_read_in_a_browser() -> None:
    empty = '<h1>Find a parish</h1><div id="parish-map"></div><script src="/map.js"></script>'
    search, _ = await named(HOME + "odd", odd=empty, **{HOME + "odd in a browser": f"<ul>{LIST}</ul>"})
    assert search.found is not None
    assert search.found.chosen.url == HOME + "odd"


@pytest.mark.parametrize("home", ["<p>Welcome</p>", '<nav><a href="/list">Diocesan news</a></nav>'])
async def test_an_address_known_from_before_is_tried_and_reported(home: str) -> None:
    web = Web(**{HOME: home, "list": f"<ul>{LIST}</ul>"})
    search = await find_directory(HOME, web, guess=HOME + "list")
    assert search.found is not None
    assert search.found.chosen.reasons[0].startswith(KNOWN)


async def test_an_address_known_from_before_that_is_gone_is_passed_over() -> None:
    home = '<nav><a href="/parishes">Parishes</a></nav>'
    web = Web(**{HOME: home, "parishes": f"<ul>{LIST}</ul>"})
    search = await find_directory(HOME, web, guess=HOME + "old-parish-finder")
    assert search.found is not None
    assert search.found.chosen.url == HOME + "parishes"


async def test_when_the_homepage_is_gone_the_address_known_from_before_is_tried() -> None:
    web = Web(**{"https://new.example/parishes": f"<ul>{LIST}</ul>"})
    search = await find_directory("https://gone.example/", web, guess="https://new.example/parishes")
    assert search.found is not None
    assert search.found.chosen.url == "https://new.example/parishes"


# --- a second opinion ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("order", "first"), [((1, 0), "churches"), ((), "parishes"), ((7, -1, 1), "churches")])
async def test_a_second_opinion_orders_close_candidates_once(order: tuple[int, ...], first: str) -> None:
    asked: list[list[str]] = []

    async def rank(candidates: Sequence[Candidate]) -> Sequence[int]:
        asked.append([candidate.label for candidate in candidates])
        return order

    home = '<nav><a href="/parishes">Parishes</a><a href="/churches">Churches</a><a href="/about">About</a></nav>'
    web = Web(**{HOME: home, "parishes": f"<ul>{LIST}</ul>", "churches": f"<ul>{LIST}</ul>"})
    search = await find_directory(HOME, web, rank=rank)
    assert search.found is not None
    assert search.found.chosen.url == HOME + first
    assert asked == [["Parishes", "Churches"]]


# --- proof -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "title"),
    [
        ([f"Rev. Alban {n}" for n in range(9)], "Directory"),
        ([f"St. {n}" for n in range(9)], "Catholic Schools"),
        ([f"St. {n}" for n in range(9)], "Parish Employment Opportunities"),
        (["St. Ann Church", "St. Odo Church", "St. Ita Chapel"], "Holy Family Parish"),
        ([f"Office {n}" for n in range(9)], "Parish Directory"),
    ],
)
def test_people_schools_jobs_and_one_parishs_churches_are_no_directory(names: list[str], title: str) -> None:
    parishes = tuple(ParishEntry(name, city="Alderton") for name in names)
    assert not prove(DirectoryReading("cards", Route.STATIC, parishes), title).proved


def test_a_title_that_names_clergy_beside_parishes_is_a_directorys() -> None:
    assert prove(reading(9), "Directory of Parishes, Priests & Schools").certain


def test_a_list_with_mostly_schools_proves_nothing() -> None:
    schools = tuple(LeftOut(f"St. {n} School", "a school") for n in range(20))
    assert not prove(DirectoryReading("cards", Route.STATIC, reading(5).parishes, left_out=schools)).proved


@pytest.mark.parametrize("address", ["http://[", "parishes", "", "ftp://lakemont.example/"])
async def test_an_address_that_is_none_ends_in_an_outcome(address: str) -> None:
    assert (await find_directory(address, Web(), guess=address, pinned=address)).found is None
