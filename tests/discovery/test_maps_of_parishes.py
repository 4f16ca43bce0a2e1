"""A map that only a browser can fill is a directory, too: a browser looks at it before a search is given up."""

from vitality_lib.discovery.find import find_directory
from vitality_lib.models import Outcome, Page, Reason, Request

HOME = "http://larkspur.example/"
MAP = "http://larkspur.example/parishes"
MENU = b'<html><body><nav><a href="/parishes">Find a Parish</a></nav><p>Welcome to the diocese.</p></body></html>'
EMPTY = b'<html><body><h1>Parish Map</h1><div id="parish-map"></div><script src="/map.js"></script></body></html>'
TOWNS = ("Larkspur", "Tamarack", "Bellwether", "Quillwater")
FILLED = EMPTY.replace(
    b'"parish-map">',
    b'"parish-map">'
    + b"".join(
        b'<div class="pin"><h3>St. %s Parish</h3><p>%d Bell Street</p><p>%s, OH 4500%d</p></div>'
        % (saint.encode(), number, town.encode(), number)
        for number, (saint, town) in enumerate(zip(("Anne", "Brendan", "Clare", "Dymphna"), TOWNS, strict=True), 1)
    ),
)


async def fetch(request: Request) -> Page | Outcome:
    if request.browser:
        return Page(MAP, FILLED, route="browser")
    return Page(request.url, MENU if request.url == HOME else EMPTY)


async def without_browser(request: Request) -> Page | Outcome:
    return Outcome(Reason.NEEDS_BROWSER, "no browser was found") if request.browser else await fetch(request)


async def test_a_map_is_read_with_a_browser_when_nothing_else_lists_parishes() -> None:
    search = await find_directory(HOME, fetch)
    assert search.outcome.reason is Reason.OK
    assert search.found is not None
    assert (search.found.chosen.url, search.found.proof.count) == (MAP, 4)


async def test_without_a_browser_the_search_ends_in_needs_browser_not_in_no_directory() -> None:
    search = await find_directory(HOME, without_browser)
    assert (search.outcome.reason, search.found) == (Reason.NEEDS_BROWSER, None)
    assert search.outcome.routes[0] == f"{HOME}: homepage"
