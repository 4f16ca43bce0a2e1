"""From a homepage to the page that lists the parishes: what is chosen was fetched and proved. The web is scripted."""

import pytest

from vitality_lib.discovery.find import Search, find_directory
from vitality_lib.discovery.proof import prove
from vitality_lib.models import DirectoryReading, Outcome, Page, ParishEntry, Purpose, Reason, Request, Route

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


async def test_a_map_that_only_a_browser_can_read_is_proved_in_one() -> None:
    home = '<nav><a href="/find-a-parish">Find a Parish</a></nav>'
    empty = '<h1>Find a parish</h1><div id="parish-map"></div><script src="/map.js"></script>'
    rendered = {HOME + "find-a-parish in a browser": f"<ul>{LIST}</ul>"}
    search, web = await find(home, find_a_parish=empty, **rendered)
    assert search.found is not None
    assert (search.found.chosen.url, search.found.proof.count) == (HOME + "find-a-parish", 9)
    assert web.asked == [HOME, HOME + "find-a-parish", HOME + "find-a-parish"]


async def test_without_a_list_there_is_no_directory_and_no_invented_address() -> None:
    home = '<nav><a href="/parishes">Parishes</a><a href="javascript:void(0)">Find a Parish</a></nav>'
    search, web = await find(home, parishes="<h1>Parishes</h1><p>Our parishes serve nine counties.</p>")
    assert (search.outcome.reason, search.found) == (Reason.NO_DIRECTORY, None)
    assert web.asked == [HOME, HOME + "parishes", HOME + "sitemap.xml"]


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
