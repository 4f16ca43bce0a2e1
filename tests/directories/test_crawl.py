"""A directory is read whole, with a bound, whatever its site does. The pages come from a scripted `fetch`."""

from collections.abc import Callable

import pytest

from vitality_lib.directories.crawl import Collection, collect
from vitality_lib.document import Document
from vitality_lib.models import Outcome, Page, Reason, Request

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
    assert [request.browser for request in web.asked] == [True]
    assert len(read.reading.parishes) == 3
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
    stores = '[{"store":"St. Agatha","address":"","lat":""},{"store":"St. Blaise","address":"","lat":"0"}]'
    read = await Web({}).collect(stores, FEED)
    assert read.outcome.reason is Reason.NO_DIRECTORY
    assert "2 rows were left out" in read.outcome.detail
